// What each type of NIR node does in one step. Private to the interpreter.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/exchange/nir_graph.h"

namespace paralif::nir {

using Shape = std::vector<std::int64_t>;
using Values = std::vector<double>;

std::int64_t size_of(const Shape& shape);

/// A node with its state.
class Node {
 public:
  virtual ~Node() = default;
  /// What comes out for what goes in, both of the shapes it was made with.
  virtual void step(const Values& in, Values& out) = 0;
};

struct Made {
  std::unique_ptr<Node> node;
  Shape output;
  bool spikes = false;
};

/// Throws Error(setting) whose subject is the node's name.
Made make_node(const NirNode& node, const Shape& input, double time_step_s);

}  // namespace paralif::nir
