#include "core/exchange/nir_interpreter.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/exchange/nir_nodes.h"
#include "datasets/error.h"

namespace paralif {
namespace {

[[noreturn]] void refuse(const std::string& node, const std::string& problem) {
  throw Error::shown_as(Error::Kind::setting, node, fmt::format("node '{}'", node), problem);
}

/// The order in which nodes run within a step, and the edges that close a cycle.
class Order {
 public:
  explicit Order(const NirGraph& graph) : graph_(graph) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) place_[graph.nodes[i].name] = i;
    state_.assign(graph.nodes.size(), State::open);
    late_.assign(graph.edges.size(), false);
    // From the inputs, so that a cycle is closed where it comes back to its beginning.
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      if (graph.nodes[i].type == "Input") visit(i);
    }
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) visit(i);
    std::ranges::reverse(order_);
  }

  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  [[nodiscard]] bool is_late(std::size_t edge) const { return late_[edge]; }
  [[nodiscard]] std::size_t place(const std::string& name) const { return place_.at(name); }

 private:
  enum class State : std::uint8_t { open, on_the_way, done };

  /// Depth first, without recursion: a chain may be long.
  void visit(std::size_t start) {
    if (state_[start] != State::open) return;
    std::vector<std::pair<std::size_t, std::size_t>> way{{start, 0}};  // node, next edge
    state_[start] = State::on_the_way;
    while (!way.empty()) {
      auto& [node, edge] = way.back();
      while (edge < graph_.edges.size() && graph_.edges[edge].first != graph_.nodes[node].name) ++edge;
      if (edge == graph_.edges.size()) {
        state_[node] = State::done;
        order_.push_back(node);
        way.pop_back();
        continue;
      }
      const std::size_t taken = edge++;
      const std::size_t next = place_.at(graph_.edges[taken].second);
      if (state_[next] == State::on_the_way) {
        late_[taken] = true;
      } else if (state_[next] == State::open) {
        state_[next] = State::on_the_way;
        way.emplace_back(next, 0);
      }
    }
  }

  const NirGraph& graph_;
  std::map<std::string, std::size_t> place_;
  std::vector<State> state_;
  std::vector<bool> late_;
  std::vector<std::size_t> order_;
};

struct Running {
  nir::Made made;
  nir::Shape input;
  nir::Values in, out, before;  ///< before: what came out one step earlier
  std::vector<std::pair<std::size_t, bool>> from;  ///< node, one step late
};

}  // namespace

const std::vector<std::string>& nir_types() {
  static const std::vector<std::string> types{
      "Input", "Output",    "Affine",  "Linear",    "Scale", "Conv1d", "Conv2d",
      "SumPool2d", "AvgPool2d", "Flatten", "Threshold", "Delay", "I",      "LI",
      "IF",    "LIF",       "CubaLI",  "CubaLIF"};
  return types;
}

NirRun run_nir(const NirGraph& graph, const Array<double>& input, double time_step_s) {
  if (!(time_step_s > 0)) {
    throw Error(Error::Kind::setting, "time step", fmt::format("is {}; it must be above 0", time_step_s));
  }
  if (input.shape.empty()) throw Error(Error::Kind::setting, "input", "has no time");
  const Order order(graph);
  const nir::Shape shape(input.shape.begin() + 1, input.shape.end());
  std::vector<Running> nodes(graph.nodes.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    nodes[order.place(graph.edges[e].second)].from.emplace_back(
        order.place(graph.edges[e].first), order.is_late(e));
  }
  NirRun run;
  std::optional<std::size_t> in;
  for (const std::size_t i : order.order()) {
    const NirNode& node = graph.nodes[i];
    Running& here = nodes[i];
    if (here.from.empty()) {
      if (node.type != "Input") refuse(node.name, "has nothing that leads to it");
      if (in) refuse(node.name, "is a second input; one is understood");
      in = i;
      here.input = shape;
    }
    for (const auto& [from, late] : here.from) {
      if (late) continue;  // of the shape of what comes in besides
      if (here.input.empty()) here.input = nodes[from].made.output;
      if (nir::size_of(here.input) != nir::size_of(nodes[from].made.output)) {
        refuse(node.name, fmt::format("gets {} and {} values at once", nir::size_of(here.input),
                                      nir::size_of(nodes[from].made.output)));
      }
    }
    here.made = nir::make_node(node, here.input, time_step_s);
    here.in.resize(static_cast<std::size_t>(nir::size_of(here.input)));
    here.out.resize(static_cast<std::size_t>(nir::size_of(here.made.output)));
    here.before.assign(here.out.size(), 0.0);
    if (node.type == "Output" && here.made.output.size() <= 8) run.output = node.name;
    run.nodes[node.name] = {here.made.output, {}, here.made.spikes};
  }
  if (!in) throw Error(Error::Kind::setting, "graph", "has no Input node");
  if (run.output.empty()) throw Error(Error::Kind::setting, "graph", "has no Output node");
  for (const Running& node : nodes) {
    for (const auto& [from, late] : node.from) {
      if (nodes[from].out.size() == node.in.size()) continue;
      refuse(graph.nodes[from].name, "leads back to a node of another size");
    }
  }
  const std::size_t each = nodes[*in].in.size();
  const auto steps = static_cast<std::size_t>(input.shape[0]);
  for (std::size_t t = 0; t < steps; ++t) {
    for (const std::size_t i : order.order()) {
      Running& node = nodes[i];
      std::ranges::fill(node.in, 0.0);
      if (i == *in) std::copy_n(input.values.begin() + static_cast<std::ptrdiff_t>(t * each), each, node.in.begin());
      for (const auto& [from, late] : node.from) {
        const nir::Values& values = late ? nodes[from].before : nodes[from].out;
        for (std::size_t k = 0; k < node.in.size(); ++k) node.in[k] += values[k];
      }
      node.made.node->step(node.in, node.out);
      auto& trace = run.nodes[graph.nodes[i].name].values;
      trace.insert(trace.end(), node.out.begin(), node.out.end());
    }
    for (Running& node : nodes) node.before = node.out;
  }
  // An output hands on what its source gives, spikes included.
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (graph.nodes[i].type != "Output" || nodes[i].from.empty()) continue;
    run.nodes[graph.nodes[i].name].spikes =
        nodes[i].from.size() == 1 && nodes[nodes[i].from.front().first].made.spikes;
  }
  return run;
}

}  // namespace paralif
