// What of a dataset a data folder holds.
#include <new>

#include "datasets/catalogue/catalogue.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/readers/points_reader.h"
#include "datasets/samples/whole_samples.h"

namespace paralif {
namespace {

bool cut_off(PartState& state, const std::string& dataset) {
  if (!is_cut_off(state.path.parent_path(), dataset)) return false;
  state.problem = state.path.string() +
                  ": is sample data that was cut off while it was written; write it again";
  return true;
}

PartState state_of_points(const Dataset& dataset, const std::filesystem::path& folder) {
  PartState state{DataPart::train, {}, 0, false, {}};
  state.path = find_points(folder);
  if (state.path.empty() || cut_off(state, dataset.name)) return state;
  try {
    state.samples = static_cast<std::int64_t>(read_points(state.path).points.size());
  } catch (const Error& error) {
    state.problem = error.what();
  }
  state.sample_data = is_sample_data(dataset.name, state.path);
  return state;
}

PartState state_of(const Dataset& dataset, DataPart part, const std::filesystem::path& folder) {
  PartState state{part, {}, 0, false, {}};
  try {
    state.path = find_part(dataset.name, part, folder);
    if (state.path.empty()) return state;
    state.sample_data = is_sample_data(dataset.name, state.path);
    if (cut_off(state, dataset.name)) return state;
    state.samples = dataset.is_recorded() ? open_recordings(dataset.name, part, folder)->size()
                                          : open_images(dataset.name, part, folder)->size();
  } catch (const Error& error) {
    state.problem = error.what();
  } catch (const std::bad_alloc&) {
    state.problem = state.path.string() + ": needs more memory than there is";
  }
  return state;
}

}  // namespace

std::vector<PartState> inspect(const Dataset& dataset, const std::filesystem::path& folder) {
  std::vector<PartState> states;
  for (const DataPart part : dataset.parts) {
    if (dataset.is_computed()) {
      const auto samples = static_cast<std::int64_t>(dataset.compute(part).points.size());
      states.push_back({part, "computed", samples, false, {}});
    } else if (dataset.kind == DataKind::points) {
      states.push_back(state_of_points(dataset, folder));
    } else {
      states.push_back(state_of(dataset, part, folder));
    }
  }
  return states;
}

}  // namespace paralif
