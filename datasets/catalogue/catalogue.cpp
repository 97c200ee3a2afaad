// The entries of the catalogue.
#include "datasets/catalogue/catalogue.h"

#include <algorithm>
#include <array>

#include "datasets/readers/cifar10_reader.h"
#include "datasets/readers/event_bytes.h"

namespace paralif {
namespace {

std::vector<CatalogueEntry> entries() {
  const std::vector both{DataPart::train, DataPart::test};
  return {
      {"yinyang", "Yin-Yang",
       "Points of the plane in three classes, computed; each coordinate is the rate of a spike "
       "train.",
       DataKind::points, 3, both, "", "", "nothing to download", "MIT",
       "Kriener, Göltz, Petrovici. The Yin-Yang dataset. NICE 2022."},
      {"heidelberg", "Spiking Heidelberg Digits (SHD)",
       "Spoken digits in German and English, through a model of the cochlea with 700 channels.",
       DataKind::audio, 20, both, "shd_train.h5, shd_test.h5",
       "https://zenkelab.org/resources/spiking-heidelberg-datasets-shd/", "0.2 GB", "CC BY 4.0",
       "Cramer, Stradmann, Schemmel, Zenke. The Heidelberg spiking data sets for the systematic "
       "evaluation of spiking neural networks. IEEE TNNLS 33, 2022.",
       {700, 1, 1}},
      {"ssc",
       "Spiking Speech Commands (SSC)",
       "35 spoken commands by many speakers, through the same model of the cochlea.",
       DataKind::audio,
       35,
       {DataPart::train, DataPart::validation, DataPart::test},
       "ssc_train.h5, ssc_valid.h5, ssc_test.h5",
       "https://zenkelab.org/resources/spiking-heidelberg-datasets-shd/",
       "2 GB",
       "CC BY 4.0",
       "Cramer, Stradmann, Schemmel, Zenke. The Heidelberg spiking data sets for the systematic "
       "evaluation of spiking neural networks. IEEE TNNLS 33, 2022.",
       {700, 1, 1}},
      {"ntidigits", "N-TIDIGITS",
       "Spoken digits recorded by a silicon cochlea with 64 channels; single digits are used.",
       DataKind::audio, 11, both, "n-tidigits.hdf5",
       "https://docs.google.com/document/d/1Uxe7GsKKXcy6SlDUX4hoJVAC0-UkH-8kr5UXp0Ndi1M", "1 GB",
       "see the publishers' page",
       "Anumula, Neil, Delbruck, Liu. Feature representations for neuromorphic audio spike "
       "streams. Frontiers in Neuroscience 12, 2018.",
       {64, 1, 1}},
      {"nmnist", "N-MNIST",
       "Handwritten digits seen by an event camera that makes three saccades; 34 x 34 pixels.",
       DataKind::camera, 10, both, "Train.zip and Test.zip as published, or unpacked: Train/0 .. Train/9 and Test/0 .. Test/9",
       "https://www.garrickorchard.com/datasets/n-mnist", "1.1 GB", "CC BY-SA 4.0",
       "Orchard, Jayawant, Cohen, Thakor. Converting static image datasets to spiking "
       "neuromorphic datasets using saccades. Frontiers in Neuroscience 9, 2015.",
       nmnist_sensor},
      {"dvsgesture", "DVS Gesture",
       "Hand and arm gestures seen by an event camera with 128 x 128 pixels, in three lights.",
       DataKind::camera, 10, both,
       "ibmGestureTrain and ibmGestureTest with .npy files, or the .aedat recordings with "
       "_labels.csv and trials_to_train.txt and trials_to_test.txt",
       "https://research.ibm.com/interactive/dvsgesture/", "2.9 GB", "CC BY 4.0",
       "Amir et al. A low power, fully event-based gesture recognition system. CVPR 2017.",
       gesture_sensor},
      {"cifar10", "Sequential CIFAR-10",
       "Small colour photographs, shown to the network column by column.", DataKind::images, 10,
       both, "data_batch_1.bin .. data_batch_5.bin and test_batch.bin (binary version)",
       "https://www.cs.toronto.edu/~kriz/cifar.html", "0.2 GB", "see the publishers' page",
       "Krizhevsky. Learning multiple layers of features from tiny images. 2009."},
      {"points",
       "Your own points",
       "Points of the plane in two to six classes from a CSV file, rate coded as Yin-Yang is.",
       DataKind::points,
       0,
       {DataPart::train},
       "points.csv with rows of x,y,class",
       "",
       "nothing to download",
       "yours",
       ""},
  };
}

constexpr std::array<const char*, 10> gesture_names{
    "hand clap",         "right hand wave",    "left hand wave",   "right arm clockwise",
    "right arm counter", "left arm clockwise", "left arm counter", "arm roll",
    "air drums",         "air guitar"};

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
  static const std::vector<CatalogueEntry> all = entries();
  return all;
}

const CatalogueEntry* find_entry(const std::string& name) {
  const auto found = std::ranges::find(catalogue(), name, &CatalogueEntry::name);
  return found == catalogue().end() ? nullptr : &*found;
}

DataKind kind_of(const std::string& dataset) {
  const CatalogueEntry* entry = find_entry(dataset);
  return entry == nullptr ? DataKind::audio : entry->kind;
}

bool is_computed(const std::string& dataset) {
  const CatalogueEntry* entry = find_entry(dataset);
  return entry != nullptr && entry->files.empty();
}

std::string class_title(const std::string& dataset, std::int64_t label) {
  static constexpr std::array<const char*, 3> yin_yang{"yang", "yin", "dot"};
  const auto at = static_cast<std::size_t>(label);
  if (dataset == "yinyang" && at < yin_yang.size()) return yin_yang[at];
  if (dataset == "dvsgesture" && at < gesture_names.size()) return gesture_names[at];
  if (dataset == "cifar10" && at < cifar10_class_names().size()) return cifar10_class_names()[at];
  if (dataset == "ntidigits" && label == 10) return "oh";
  return std::to_string(label);
}

}  // namespace paralif
