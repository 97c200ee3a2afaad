// Fuzzes what a NIR graph says: types, parameters, shapes and edges come from the input (the
// container itself is the HDF5 library's own matter).
#include <cstring>
#include <iterator>
#include <string>

#include "core/exchange/nir_import.h"
#include "core/exchange/nir_interpreter.h"
#include "datasets/error.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return fuzz(data, size, [](std::string_view bytes) {
    using namespace paralif;
    static const char* const keys[] = {
        "weight", "bias",   "tau",     "tau_mem",  "tau_syn",   "r",           "v_leak",
        "w_in",   "scale",  "delay",   "stride",   "padding",   "kernel_size", "dilation",
        "groups", "v_reset", "threshold", "v_threshold", "start_dim", "end_dim"};
    constexpr std::size_t record = 16;  // what, key, 4 extents, 2 to come, a value
    NirGraph graph;
    graph.nodes.push_back({"0", "Input"});
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
    for (std::size_t at = 0; at + record <= bytes.size() && graph.nodes.size() < 12; at += record) {
      double value = 0;
      std::memcpy(&value, bytes.data() + at + 8, sizeof value);
      if (byte(at) % 3 == 0) {
        const auto& types = nir_types();
        graph.nodes.push_back({std::to_string(graph.nodes.size()), types[byte(at + 1) % types.size()]});
        graph.edges.emplace_back(std::to_string(byte(at + 2) % graph.nodes.size()),
                                 graph.nodes.back().name);
      } else if (byte(at) % 3 == 1) {
        Array<double> array;
        std::size_t count = 1;
        for (std::size_t d = 0; d < byte(at + 6) % 5U; ++d) {
          array.shape.push_back(byte(at + 2 + d) % 5);
          count *= byte(at + 2 + d) % 5U;
        }
        array.values.assign(count, value);
        graph.nodes.back().values[keys[byte(at + 1) % std::size(keys)]] = array;
        if (byte(at + 7) == 7) graph.nodes.back().words["padding"] = "same";
      } else {
        graph.edges.emplace_back(std::to_string(byte(at + 1) % graph.nodes.size()),
                                 std::to_string(byte(at + 2) % graph.nodes.size()));
      }
    }
    const std::uint8_t form = bytes.empty() ? 0 : byte(bytes.size() - 1);
    Array<double> input{{3}, {}};
    if ((form & 1) != 0) input.shape.push_back(2);
    input.shape.push_back(4);
    if ((form & 2) != 0) input.shape.push_back(4);
    std::size_t values = 1;
    for (const std::int64_t extent : input.shape) values *= static_cast<std::size_t>(extent);
    input.values.assign(values, 1.0);
    Array<double> shape{{static_cast<std::int64_t>(input.shape.size()) - 1}, {}};
    for (std::size_t d = 1; d < input.shape.size(); ++d) {
      shape.values.push_back(static_cast<double>(input.shape[d]));
    }
    graph.nodes.front().values["shape"] = shape;
    try {
      (void)network_from_nir(graph, 1e-3);
    } catch (const Error&) {
      // No chain that layers compute: it may run all the same.
    }
    (void)run_nir(graph, input, 1e-3);
  });
}
