// epochs/NNNN.h5: what is kept of an epoch for a replay.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <sstream>

#include "core/runs/run_checks.h"
#include "core/runs/run_files.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/readable.h"

namespace paralif::run_files {
namespace {

namespace fs = std::filesystem;

template <typename T>
T attribute(const Hdf5Reader& file, const std::string& object, const std::string& name) {
  const auto all = file.attributes(object);
  const auto found = all.find(name);
  if (found == all.end() || !std::holds_alternative<T>(found->second)) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}' has no good '{}'", object, name), "the file is damaged");
  }
  return std::get<T>(found->second);
}

/// A number that is out of all range stays so.
std::int32_t narrowed(std::int64_t value) {
  using Limits = std::numeric_limits<std::int32_t>;
  return static_cast<std::int32_t>(
      std::clamp<std::int64_t>(value, Limits::min(), Limits::max()));
}

void write_layer(Hdf5Writer& file, const std::string& name, const LayerActivity& layer) {
  Array<std::int32_t> spikes;
  spikes.shape = {static_cast<std::int64_t>(layer.spikes.size()), 2};
  for (const SpikeEvent& spike : layer.spikes) {
    spikes.values.push_back(spike.step);
    spikes.values.push_back(spike.neuron);
  }
  file.write(name + "/spikes", spikes);
  file.attribute(name + "/spikes", "columns", "time step, neuron");
  file.attribute(name, "name", layer.id);
  file.attribute(name, "neurons", layer.neurons);
  file.attribute(name, "rate", layer.rate);
}

LayerActivity read_layer(const Hdf5Reader& file, const std::string& name) {
  LayerActivity layer;
  layer.id = attribute<std::string>(file, name, "name");
  layer.neurons = attribute<std::int64_t>(file, name, "neurons");
  layer.rate = attribute<double>(file, name, "rate");
  const Array<std::int64_t> spikes = file.integers(name + "/spikes");
  if (spikes.shape.size() != 2 || spikes.shape[1] != 2) {
    throw Error(Error::Kind::file, file.path().string(),
                fmt::format("'{}/spikes' has a wrong shape", name), "the file is damaged");
  }
  for (std::size_t i = 0; i + 1 < spikes.values.size(); i += 2) {
    layer.spikes.push_back({narrowed(spikes.values[i]), narrowed(spikes.values[i + 1])});
  }
  return layer;
}

void write_trace(Hdf5Writer& file, const std::string& name, const MembraneTrace& trace) {
  file.write(name + "/membrane",
             Array<float>{{static_cast<std::int64_t>(trace.membrane.size())}, trace.membrane});
  file.attribute(name + "/membrane", "unit", "of the threshold, one value a time step");
  file.write(name + "/spike_steps",
             Array<std::int32_t>{{static_cast<std::int64_t>(trace.spike_steps.size())},
                                 trace.spike_steps});
  // Versions until 0.1 ask for it.
  file.attribute(name, "name", fmt::format("{}.{}", trace.layer, trace.neuron));
  file.attribute(name, "layer", trace.layer);
  file.attribute(name, "neuron", trace.neuron);
  if (trace.has_threshold) {
    file.attribute(name, "threshold", static_cast<double>(trace.threshold));
  }
  if (!trace.crossed.empty()) {
    file.write(name + "/crossed",
               Array<float>{{static_cast<std::int64_t>(trace.crossed.size())}, trace.crossed});
    file.attribute(name, "holds",
                   std::string("membrane: after the reset; crossed: before it, one a spike"));
  }
}

MembraneTrace read_trace(const Hdf5Reader& file, const std::string& name) {
  MembraneTrace trace;
  trace.layer = attribute<std::int64_t>(file, name, "layer");
  trace.neuron = attribute<std::int64_t>(file, name, "neuron");
  trace.membrane = file.floats(name + "/membrane").values;
  for (const std::int64_t step : file.integers(name + "/spike_steps").values) {
    trace.spike_steps.push_back(narrowed(step));
  }
  if (file.contains(name + "/crossed")) {
    trace.crossed = file.floats(name + "/crossed").values;
    if (trace.crossed.size() != trace.spike_steps.size()) {
      throw Error(Error::Kind::file, file.path().string(),
                  fmt::format("'{}/crossed' has a wrong length", name), "the file is damaged");
    }
  }
  trace.has_threshold = file.attributes(name).contains("threshold");
  if (trace.has_threshold) {
    trace.threshold = static_cast<float>(attribute<double>(file, name, "threshold"));
  }
  return trace;
}

/// "probe/layers/007": in the order of their numbers.
std::string entry(const std::string& group, std::size_t index) {
  return fmt::format("{}/{:03}", group, index);
}

void write_facts(Hdf5Writer& file, const SampleProbe& probe) {
  file.attribute("probe", "sample", probe.sample);
  file.attribute("probe", "label", probe.label);
  file.attribute("probe", "predicted", probe.predicted);
  file.attribute("probe", "steps", probe.steps);
  file.attribute("probe", "epoch", probe.epoch);
  file.attribute("probe", "time_step_s", probe.time_step_s);
}

SampleProbe read_facts(const Hdf5Reader& file) {
  SampleProbe probe;
  probe.sample = attribute<std::int64_t>(file, "probe", "sample");
  probe.label = attribute<std::int64_t>(file, "probe", "label");
  probe.predicted = attribute<std::int64_t>(file, "probe", "predicted");
  probe.steps = attribute<std::int64_t>(file, "probe", "steps");
  probe.epoch = attribute<std::int64_t>(file, "probe", "epoch");
  probe.time_step_s = attribute<double>(file, "probe", "time_step_s");
  return probe;
}

/// The two records of a sample share a group and its attributes.
void write_probes(Hdf5Writer& file, const SampleProbe* spikes, const SampleProbe* membranes) {
  if (spikes != nullptr) {
    for (std::size_t i = 0; i < spikes->layers.size(); ++i) {
      write_layer(file, entry("probe/layers", i), spikes->layers[i]);
    }
  }
  if (membranes != nullptr) {
    for (std::size_t i = 0; i < membranes->traces.size(); ++i) {
      write_trace(file, entry("probe/traces", i), membranes->traces[i]);
    }
    for (std::size_t i = 0; i < membranes->readout.size(); ++i) {
      write_trace(file, entry("probe/readout", i), membranes->readout[i]);
    }
  }
  const SampleProbe* facts = spikes != nullptr ? spikes : membranes;
  const bool anything = facts != nullptr && (!facts->layers.empty() || !facts->readout.empty() ||
                                             !facts->traces.empty());
  if (anything) write_facts(file, *facts);
}

void each_member(const Hdf5Reader& file, const char* group,
                 const std::function<void(const std::string&)>& read) {
  if (!file.contains(group)) return;
  for (const std::string& name : file.members(group)) read(fmt::format("{}/{}", group, name));
}

SampleProbe read_spikes(const Hdf5Reader& file) {
  SampleProbe probe = read_facts(file);
  each_member(file, "probe/layers",
              [&](const std::string& n) { probe.layers.push_back(read_layer(file, n)); });
  return probe;
}

SampleProbe read_membranes(const Hdf5Reader& file) {
  SampleProbe probe = read_facts(file);
  each_member(file, "probe/traces",
              [&](const std::string& n) { probe.traces.push_back(read_trace(file, n)); });
  each_member(file, "probe/readout",
              [&](const std::string& n) { probe.readout.push_back(read_trace(file, n)); });
  return probe;
}

void write_map(Hdf5Writer& file, const DecisionMap& map) {
  Array<std::int32_t> predicted{{map.side, map.side}, {}};
  predicted.values.assign(map.predicted.begin(), map.predicted.end());
  file.write("map/predicted", predicted);
  file.attribute("map/predicted", "unit", "class; -1: not reached; row 0 is y = 0");
  file.write("map/confidence", Array<float>{{map.side, map.side}, map.confidence});
  file.attribute("map/confidence", "unit", "share of the softmax, 0 to 1");
  file.attribute("map", "epoch", map.epoch);
  file.attribute("map", "first_epoch", map.first_epoch);
}

DecisionMap read_map(const Hdf5Reader& file) {
  DecisionMap map;
  const Array<std::int64_t> predicted = file.integers("map/predicted");
  map.confidence = file.floats("map/confidence").values;
  map.epoch = attribute<std::int64_t>(file, "map", "epoch");
  const bool mixed = file.attributes("map").contains("first_epoch");
  map.first_epoch = mixed ? attribute<std::int64_t>(file, "map", "first_epoch") : map.epoch;
  if (predicted.shape.size() != 2 || predicted.shape[0] != predicted.shape[1] ||
      map.confidence.size() != predicted.values.size()) {
    throw Error(Error::Kind::file, file.path().string(), "'map' has a wrong shape",
                "the file is damaged");
  }
  map.side = predicted.shape[0];
  for (const std::int64_t at : predicted.values) {
    if (at < std::numeric_limits<std::int8_t>::min() ||
        at > std::numeric_limits<std::int8_t>::max()) {
      throw Error(Error::Kind::file, file.path().string(),
                  fmt::format("'map/predicted' has the class {}", at), "the file is damaged");
    }
    map.predicted.push_back(static_cast<std::int8_t>(at));
  }
  return map;
}

ConfusionMatrix read_confusion(const Hdf5Reader& file) {
  ConfusionMatrix matrix;
  const Array<std::int64_t> counts = file.integers("confusion/counts");
  if (counts.shape.size() != 2 || counts.shape[0] != counts.shape[1]) {
    throw Error(Error::Kind::file, file.path().string(), "'confusion' has a wrong shape",
                "the file is damaged");
  }
  matrix.classes = counts.shape[0];
  matrix.counts = counts.values;
  matrix.epoch = attribute<std::int64_t>(file, "confusion", "epoch");
  return matrix;
}

/// "records/<id>": an array a dataset, under its own name.
void write_record(Hdf5Writer& file, const std::string& id, const Record& record) {
  const std::string group = "records/" + id;
  for (const RecordArray& array : record.arrays) {
    const std::string path = fmt::format("{}/{}", group, array.name);
    file.write(path, Array<float>{array.shape, array.values});
    if (!array.unit.empty()) file.attribute(path, "unit", array.unit);
  }
  if (record.arrays.empty()) return;
  file.attribute(group, "epoch", record.epoch);
  if (record.sample >= 0) file.attribute(group, "sample", record.sample);
  if (!record.labels.empty()) {
    file.attribute(group, "labels", fmt::format("{}", fmt::join(record.labels, "\n")));
  }
}

Record read_record(const Hdf5Reader& file, const std::string& group) {
  Record record;
  record.epoch = attribute<std::int64_t>(file, group, "epoch");
  if (file.attributes(group).contains("sample")) {
    record.sample = attribute<std::int64_t>(file, group, "sample");
  }
  if (file.attributes(group).contains("labels")) {
    std::istringstream labels(attribute<std::string>(file, group, "labels"));
    for (std::string line; std::getline(labels, line);) record.labels.push_back(line);
  }
  for (const std::string& name : file.members(group)) {
    const std::string path = fmt::format("{}/{}", group, name);
    Array<float> array = file.floats(path);
    const bool has_unit = file.attributes(path).contains("unit");
    record.arrays.push_back({name, std::move(array.shape), std::move(array.values),
                             has_unit ? attribute<std::string>(file, path, "unit") : ""});
  }
  return record;
}

}  // namespace

fs::path epoch_file(const fs::path& folder, std::int64_t epoch) {
  return folder / epochs / fmt::format("{:04}.h5", epoch);
}

void write_epoch(const fs::path& folder, std::int64_t epoch, const Records& records) {
  const fs::path path = epoch_file(folder, epoch);
  std::error_code ignored;  // the write says what is wrong
  fs::create_directory(path.parent_path(), ignored);
  replace_file(path, [&](const fs::path& aside) {
    Hdf5Writer file(aside);
    file.attribute("/", "schema", std::int64_t{1});
    write_probes(file, value_of<SampleProbe>(records, "spikes").get(),
                 value_of<SampleProbe>(records, "membranes").get());
    for (const auto& [id, record] : records) {
      if (const auto* map = std::get_if<DecisionMap>(&record->value)) write_map(file, *map);
      if (const auto* matrix = std::get_if<ConfusionMatrix>(&record->value)) {
        file.write("confusion/counts",
                   Array<std::int64_t>{{matrix->classes, matrix->classes}, matrix->counts});
        file.attribute("confusion/counts", "unit", "test samples; rows: true class, columns: predicted");
        file.attribute("confusion", "epoch", matrix->epoch);
      }
      write_record(file, id, *record);
    }
    file.close();
  });
}

Records read_epoch(const fs::path& folder, std::int64_t epoch,
                   const std::function<bool(std::string_view)>& wanted) {
  const fs::path path = epoch_file(folder, epoch);
  require_readable_file(path);
  const Hdf5Reader file(path);
  Records records;
  const auto wants = [&](const std::string& id) { return !wanted || wanted(id); };
  const auto add = [&](const char* id, auto value) {
    Record record;
    record.epoch = value.epoch;
    if constexpr (std::is_same_v<decltype(value), SampleProbe>) record.sample = value.sample;
    record.value = std::move(value);
    records[id] = std::make_shared<const Record>(std::move(record));
  };
  const auto has = [&](const char* id, const char* group) {
    return wants(id) && file.contains(group);
  };
  if (has("spikes", "probe/layers")) add("spikes", read_spikes(file));
  if (has("membranes", "probe/readout")) add("membranes", read_membranes(file));
  if (has("decision_map", "map")) add("decision_map", read_map(file));
  if (has("confusion", "confusion")) add("confusion", read_confusion(file));
  if (file.contains("records")) {
    for (const std::string& id : file.members("records")) {
      if (!wants(id)) continue;
      records[id] = std::make_shared<const Record>(read_record(file, "records/" + id));
    }
  }
  check(records, path);
  return records;
}

std::vector<std::int64_t> list_epochs(const fs::path& folder) {
  std::vector<std::int64_t> found;
  std::error_code code;
  for (const auto& at : fs::directory_iterator(folder / epochs, code)) {
    const std::string stem = at.path().stem().string();
    std::int64_t epoch = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), epoch);
    if (error == std::errc{} && end == stem.data() + stem.size() &&
        at.path().extension() == ".h5" && epoch > 0) {
      found.push_back(epoch);
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace paralif::run_files
