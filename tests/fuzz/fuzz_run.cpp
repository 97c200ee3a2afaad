// Fuzzes what the files of a run say: status, metrics and a recorded epoch, in well-formed
// containers (the container itself is the HDF5 library's own matter).
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/runs/run_files.h"
#include "tests/fuzz/fuzz.h"
#include "tests/records.h"

namespace {

namespace fs = std::filesystem;
using namespace paralif;

/// Takes values from the input, zeros when it is used up.
class Source {
 public:
  explicit Source(std::string_view bytes) : bytes_(bytes) {}
  template <typename T>
  T take() {
    T value{};
    const std::size_t size = std::min(sizeof value, bytes_.size());
    std::memcpy(&value, bytes_.data(), size);
    bytes_.remove_prefix(size);
    return value;
  }
  /// A small number, for lengths.
  std::int64_t few() { return take<std::uint8_t>() % 5; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

MembraneTrace trace_of(Source& from) {
  MembraneTrace trace;
  trace.layer = from.take<std::int16_t>();
  trace.neuron = from.take<std::int16_t>();
  for (std::int64_t i = from.few(); i > 0; --i) trace.membrane.push_back(from.take<float>());
  trace.has_threshold = from.few() > 2;
  trace.threshold = from.take<float>();
  for (std::int64_t i = from.few(); i > 0; --i) trace.spike_steps.push_back(from.take<std::int32_t>());
  return trace;
}

Records records_of(Source& from) {
  Records records;
  SampleProbe probe;
  probe.sample = from.take<std::int64_t>();
  probe.label = from.take<std::int8_t>();
  probe.predicted = from.take<std::int8_t>();
  probe.steps = from.take<std::int8_t>();
  probe.time_step_s = from.take<double>();
  probe.epoch = from.take<std::int64_t>();
  for (std::int64_t i = from.few(); i > 0; --i) {
    LayerActivity layer;
    layer.id = "layer";
    layer.neurons = from.take<std::int16_t>();
    layer.rate = from.take<double>();
    for (std::int64_t k = from.few(); k > 0; --k) {
      layer.spikes.push_back({from.take<std::int32_t>(), from.take<std::int32_t>()});
    }
    probe.layers.push_back(layer);
  }
  for (std::int64_t i = from.few(); i > 0; --i) probe.traces.push_back(trace_of(from));
  for (std::int64_t i = from.few(); i > 0; --i) probe.readout.push_back(trace_of(from));
  testing::put(records, probe);
  ConfusionMatrix confusion;
  confusion.classes = from.few();
  confusion.epoch = from.take<std::int32_t>();
  for (std::int64_t i = confusion.classes * confusion.classes; i > 0; --i) {
    confusion.counts.push_back(from.take<std::int64_t>());
  }
  testing::put(records, confusion);
  return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fs::path folder =
      fs::temp_directory_path() / ("fuzz_run_" + std::to_string(::getpid()));
  fs::create_directories(folder / run_files::epochs);
  fuzz(data, size, [&](std::string_view bytes) {
    std::ofstream(folder / run_files::head, std::ios::binary)
        .write(bytes.data(), std::streamsize(bytes.size()));
    (void)run_files::read_head(folder);
  });
  fuzz(data, size, [&](std::string_view bytes) {
    Source from(bytes);
    run_files::Metrics metrics;
    while (!from.empty() && metrics.batches.size() < 20) {
      metrics.batches.push_back({from.take<std::int64_t>(), from.take<std::int64_t>(),
                                 from.take<std::int64_t>(), from.take<double>(),
                                 from.take<double>()});
    }
    run_files::write_metrics(folder, metrics);
    (void)run_files::read_metrics(folder);
  });
  return fuzz(data, size, [&](std::string_view bytes) {
    Source from(bytes);
    run_files::write_epoch(folder, 1, records_of(from));
    (void)run_files::read_epoch(folder, 1);
  });
}
