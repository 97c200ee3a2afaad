// A recorded run's network on a part of its data. Without Torch, for front ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/values/metrics.h"

namespace paralif {

struct RunTestPlan {
  std::filesystem::path run;
  std::string part = "test";       ///< test, validation or training
  std::optional<double> noise_db;  ///< bins of the input flipped at this signal to noise ratio
  double lost = 0.0;               ///< chance of an event of the input to be left out
  std::int64_t jitter = 0;         ///< steps by which an event of the input may move
  double weight_noise = 0.0;       ///< deviation added to weights, of the layer's own deviation
  std::filesystem::path weights{};  ///< of a file in place of the run's own
  bool bits_by_layer = false;      ///< also with each layer's weights rounded and the others whole
  std::filesystem::path spikes{};   ///< an HDF5 file for the spikes of some samples; empty: none
  std::int64_t spike_samples = 20;  ///< the first of the part
  /// Weights are rounded to so many bits each, one test for each; 2 to 16.
  std::vector<int> bits;
};

struct Prediction {
  std::int64_t sample = 0;
  std::int64_t label = 0;
  std::int64_t predicted = 0;
  double confidence = 0.0;  ///< softmax of the scores, of the predicted class
};

struct RunTest {
  struct Layer {
    std::string id;
    double spikes = 0.0;  ///< a sample
    double rate = 0.0;    ///< a neuron and step
  };
  struct Rounded {
    int bits = 0;
    std::string layer{};  ///< whose weights alone are rounded; empty: all
    double accuracy = 0.0;  ///< 0..1
  };
  std::string part;
  std::string weights;  ///< file in the run's folder, or the path of another
  std::int64_t samples = 0;
  double loss = 0.0;
  double accuracy = 0.0;           ///< 0..1
  std::optional<double> recorded;  ///< what the run says of its last epoch; of an unchanged test
  std::vector<std::string> class_names;  ///< one a class: as the data has them, or numbers
  ConfusionMatrix confusion;
  std::vector<Prediction> predictions;
  std::vector<Layer> layers;  ///< that fire
  std::vector<Rounded> rounded;
};

/// `progress` is told how many tests are done of all, in samples; false ends the work with
/// Interrupted. Throws Error(file) and Error(setting) ("part", "bits").
RunTest test_run(const RunTestPlan& plan, const std::function<bool(double)>& progress);

/// A class: how many of its samples are right, and what the others are mostly taken for.
struct ClassResult {
  std::int64_t samples = 0;
  std::int64_t right = 0;
  std::int64_t other = -1;  ///< the commonest wrong class; below 0: none
  std::int64_t taken = 0;   ///< how often
};
std::vector<ClassResult> by_class(const RunTest& test);

/// sample,label,predicted,right,confidence; classes by name, in the file's own quotes.
std::string predictions_csv(const RunTest& test);
/// A row a true class, a column a predicted one.
std::string confusion_csv(const RunTest& test);

}  // namespace paralif
