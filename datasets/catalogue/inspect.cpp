// What of a dataset a data folder holds.
#include <new>

#include "datasets/catalogue/catalogue.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/readers/points_reader.h"
#include "datasets/samples/whole_samples.h"
#include "datasets/yin_yang.h"

namespace paralif {
namespace {

bool cut_off(PartState& state, const std::string& dataset) {
  if (!is_cut_off(state.path.parent_path(), dataset)) return false;
  state.problem = state.path.string() +
                  ": is sample data that was cut off while it was written; write it again";
  return true;
}

PartState state_of_points(const std::filesystem::path& folder) {
  PartState state{DataPart::train, {}, 0, false, {}};
  state.path = find_points(folder);
  if (state.path.empty() || cut_off(state, "points")) return state;
  try {
    state.samples = static_cast<std::int64_t>(read_points(state.path).points.size());
  } catch (const Error& error) {
    state.problem = error.what();
  }
  state.sample_data = is_sample_data("points", state.path);
  return state;
}

PartState state_of(const std::string& dataset, DataPart part, const std::filesystem::path& folder) {
  PartState state{part, {}, 0, false, {}};
  try {
    state.path = find_part(dataset, part, folder);
    if (state.path.empty()) return state;
    state.sample_data = is_sample_data(dataset, state.path);
    if (cut_off(state, dataset)) return state;
    state.samples = dataset == "cifar10" ? open_images(part, folder)->size()
                                         : open_recordings(dataset, part, folder)->size();
  } catch (const Error& error) {
    state.problem = error.what();
  } catch (const std::bad_alloc&) {
    state.problem = state.path.string() + ": needs more memory than there is";
  }
  return state;
}

}  // namespace

std::vector<PartState> inspect(const CatalogueEntry& entry, const std::filesystem::path& folder) {
  std::vector<PartState> states;
  for (const DataPart part : entry.parts) {
    if (entry.name == "yinyang") {
      const YinYangSplit& split = part == DataPart::train ? yin_yang_train : yin_yang_test;
      states.push_back({part, "computed", static_cast<std::int64_t>(split.size), false, {}});
    } else if (entry.name == "points") {
      states.push_back(state_of_points(folder));
    } else {
      states.push_back(state_of(entry.name, part, folder));
    }
  }
  return states;
}

}  // namespace paralif
