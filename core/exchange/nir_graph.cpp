#include "core/exchange/nir_graph.h"

#include <fmt/format.h>

#include <algorithm>

#include "datasets/error.h"
#include "datasets/hdf5_probe.h"
#include "datasets/hdf5_texts.h"
#include "datasets/readers/readable.h"

namespace paralif {
namespace {

constexpr int deepest = 16;              // graphs within graphs
constexpr std::size_t most_nodes = 100'000;

class Reader {
 public:
  explicit Reader(const std::filesystem::path& path) : path_(path), file_(path) {}

  NirGraph read() {
    NirGraph graph;
    if (!file_.contains("node") || !file_.contains("version")) {
      refuse("is no NIR graph: it has no 'version' or no 'node'");
    }
    graph.version = text("version");
    take_graph("node", "", 0, graph);
    return graph;
  }

 private:
  [[noreturn]] void refuse(const std::string& problem) const {
    throw Error(Error::Kind::file, path_.string(), problem,
                "give a graph as the nir package writes it");
  }

  [[nodiscard]] std::string text(const std::string& name) const {
    const Array<std::string> texts = read_hdf5_texts(path_, name);
    if (texts.values.size() != 1) refuse(fmt::format("'{}' is not one text", name));
    return texts.values.front();
  }

  void take_graph(const std::string& group, const std::string& prefix, int depth,
                  NirGraph& graph) {
    if (depth > deepest) refuse(fmt::format("'{}' lies too deep in other graphs", group));
    if (!file_.contains(group + "/nodes")) refuse(fmt::format("'{}' has no nodes", group));
    std::map<std::string, std::pair<std::string, std::string>> inner;  // graph: its ends
    for (const std::string& name : file_.members(group + "/nodes")) {
      const std::string at = group + "/nodes/" + name;
      if (!file_.contains(at + "/type")) refuse(fmt::format("node '{}' has no type", name));
      const std::string type = text(at + "/type");
      if (type == "NIRGraph") {
        take_graph(at, prefix + name + ".", depth + 1, graph);
        inner[name] = {end_of(at, prefix + name + ".", "Input"),
                       end_of(at, prefix + name + ".", "Output")};
      } else {
        graph.nodes.push_back(node(at, prefix + name, type));
      }
      if (graph.nodes.size() > most_nodes) refuse("has too many nodes");
    }
    const Array<std::string> edges = read_hdf5_texts(path_, group + "/edges");
    if (edges.values.empty()) return;
    if (edges.shape.size() != 2 || edges.shape[1] != 2) {
      refuse(fmt::format("'{}/edges' is not a list of pairs", group));
    }
    for (std::size_t i = 0; i < edges.values.size(); i += 2) {
      const auto from = inner.find(edges.values[i]);
      const auto to = inner.find(edges.values[i + 1]);
      graph.edges.emplace_back(
          from == inner.end() ? prefix + edges.values[i] : from->second.second,
          to == inner.end() ? prefix + edges.values[i + 1] : to->second.first);
    }
  }

  /// The one node of a type within an inner graph, under its full name.
  [[nodiscard]] std::string end_of(const std::string& group, const std::string& prefix,
                                   const char* type) const {
    std::string found;
    for (const std::string& name : file_.members(group + "/nodes")) {
      if (text(group + "/nodes/" + name + "/type") != type) continue;
      if (!found.empty()) refuse(fmt::format("graph '{}' has several nodes {}", prefix, type));
      found = prefix + name;
    }
    if (found.empty()) refuse(fmt::format("graph '{}' has no node {}", prefix, type));
    return found;
  }

  [[nodiscard]] NirNode node(const std::string& at, const std::string& name,
                             const std::string& type) const {
    NirNode made{name, type};
    for (const std::string& key : file_.members(at)) {
      if (key == "type" || file_.is_group(at + "/" + key)) continue;  // such as metadata
      try {
        made.values[key] = file_.doubles(at + "/" + key);
      } catch (const Error&) {
        made.words[key] = text(at + "/" + key);  // throws where it is neither
      }
    }
    return made;
  }

  std::filesystem::path path_;
  Hdf5Reader file_;
};

}  // namespace

const Array<double>* NirNode::find(const std::string& key) const {
  const auto at = values.find(key);
  return at == values.end() ? nullptr : &at->second;
}

NirGraph read_nir(const std::filesystem::path& path) {
  require_readable_file(path);
  require_survivable(path, [&] { (void)Reader(path).read(); });
  NirGraph graph = Reader(path).read();
  for (const auto& [from, to] : graph.edges) {
    for (const std::string& name : {from, to}) {
      if (std::ranges::find(graph.nodes, name, &NirNode::name) != graph.nodes.end()) continue;
      throw Error(Error::Kind::file, path.string(),
                  fmt::format("an edge leads to '{}', which is no node", name));
    }
  }
  return graph;
}

}  // namespace paralif
