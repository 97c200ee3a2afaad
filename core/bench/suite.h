// The standard measurements of `paralif bench`, and what comes out of them.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "core/bench/probe.h"

namespace paralif::bench {

/// Requests that are timed together, in turns.
struct Group {
  std::string title;
  std::vector<Request> requests;
  int rounds = 5;          ///< samples of each request, at most
  double budget_s = 4.0;   ///< a request gets fewer samples when they would take longer
  bool memory = false;     ///< also measure the peak memory of each
};

/// Under 50 s on two cores: every neuron, forward and forward + backward, at two shapes.
std::vector<Group> quick_suite(int threads, const std::string& device);
/// All shapes and backends, sparse Linear layers, and whole training steps.
std::vector<Group> full_suite(int threads, const std::string& device);

/// Whole training steps of the published convolutional and delay networks alone.
std::vector<Group> network_suite(int threads, const std::string& device);

struct Result {
  Request request;
  Samples samples;
  /// Most memory a run held above what the process had before it was set up, MiB.
  double peak_mib = std::numeric_limits<double>::quiet_NaN();
};

/// Measures a group with Google Benchmark: one run first, which is not counted unless it took
/// five times the budget, then the samples of all requests in random turns.
std::vector<Result> run_group(const Group& group);

/// The result of the same work in another form, null where it was not measured: the copy of a
/// neuron pass's shape, and the published backend of a pass or a training step.
const Result* copy_of(const NeuronPass& pass, const std::vector<Result>& results);
/// The copy of what a convolution gives.
const Result* copy_of(const ConvolutionPass& pass, const std::vector<Result>& results);
const Result* published_form_of(const Request& request, const std::vector<Result>& results);

/// The step of the same network with ReLU units; null where it was not measured.
const Result* relu_form_of(const TrainingStep& step, const std::vector<Result>& results);

}  // namespace paralif::bench
