// The list of the datasets.
#include "datasets/catalogue/catalogue.h"

#include <algorithm>

#include "datasets/error.h"
#include "datasets/sets/sets.h"

namespace paralif {

namespace {

std::vector<Dataset>& datasets() {
  static std::vector<Dataset> all{
      yin_yang_dataset(), heidelberg_dataset(), speech_commands_dataset(), ntidigits_dataset(),
      nmnist_dataset(),   gesture_dataset(),    cifar10_dataset(),         own_points_dataset()};
  return all;
}

}  // namespace

const std::vector<Dataset>& catalogue() {
  return datasets();
}

void register_dataset(Dataset dataset) {
  datasets().push_back(std::move(dataset));
}

bool Dataset::has_validation() const {
  return std::ranges::find(parts, DataPart::validation) != parts.end();
}

const Dataset* find_dataset(const std::string& name) {
  const auto found = std::ranges::find(catalogue(), name, &Dataset::name);
  return found == catalogue().end() ? nullptr : &*found;
}

const Dataset& dataset_named(const std::string& name) {
  if (const Dataset* found = find_dataset(name)) return *found;
  std::string names;
  for (const Dataset& dataset : catalogue()) names += (names.empty() ? "" : ", ") + dataset.name;
  throw Error(Error::Kind::setting, "dataset", "'" + name + "' is unknown", "choose " + names);
}

DataKind kind_of(const std::string& dataset) {
  const Dataset* found = find_dataset(dataset);
  return found == nullptr ? DataKind::audio : found->kind;
}

bool is_computed(const std::string& dataset) {
  const Dataset* found = find_dataset(dataset);
  return found != nullptr && found->is_computed();
}

std::string class_title(const std::string& dataset, std::int64_t label) {
  const Dataset* found = find_dataset(dataset);
  const auto at = static_cast<std::size_t>(label);
  if (found != nullptr && at < found->class_names.size()) return found->class_names[at];
  return std::to_string(label);
}

}  // namespace paralif
