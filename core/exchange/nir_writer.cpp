// The layout of the nir package: /version, /node/edges, /node/nodes/<name>/{type, parameters}.
#include <set>

#include "core/exchange/nir_graph.h"
#include "datasets/atomic_file.h"
#include "datasets/hdf5_texts.h"

namespace paralif {
namespace {

/// Parameters that count; the others are float32.
bool is_whole(const std::string& key) {
  static const std::set<std::string> keys{"shape",   "stride", "padding",     "dilation",
                                          "groups",  "kernel_size", "start_dim", "end_dim",
                                          "input_type", "input_shape"};
  return keys.contains(key);
}

Array<std::string> one(const std::string& text) { return {{}, {text}}; }

}  // namespace

void write_nir(const NirGraph& graph, const std::filesystem::path& path) {
  replace_file(path, [&](const std::filesystem::path& aside) {
    std::map<std::string, Array<std::string>> texts{{"version", one(graph.version)},
                                                    {"node/type", one("NIRGraph")}};
    Array<std::string>& edges = texts["node/edges"];
    edges.shape = {static_cast<std::int64_t>(graph.edges.size()), 2};
    for (const auto& [from, to] : graph.edges) {
      edges.values.push_back(from);
      edges.values.push_back(to);
    }
    Hdf5Writer file(aside, Hdf5Writer::Storage::plain);
    for (const NirNode& node : graph.nodes) {
      const std::string group = "node/nodes/" + node.name + "/";
      texts[group + "type"] = one(node.type);
      for (const auto& [key, word] : node.words) texts[group + key] = one(word);
      for (const auto& [key, array] : node.values) {
        if (is_whole(key)) {
          file.write(group + key, Array<std::int64_t>{array.shape, {array.values.begin(),
                                                                    array.values.end()}});
        } else {
          file.write(group + key, Array<float>{array.shape, {array.values.begin(),
                                                             array.values.end()}});
        }
      }
    }
    file.close();
    append_hdf5_texts(aside, texts);
  });
}

}  // namespace paralif
