// A run, or an experiment that has not begun, as a program in PyTorch with its weights. Without
// Torch, for front ends.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/exchange/code_flavour.h"
#include "core/experiments/experiment.h"

namespace paralif {

struct CodePlan {
  std::filesystem::path
      run{};  ///< a folder; empty: `experiment`, with the first values of its seed
  Experiment experiment{};
  CodeFlavour flavour = CodeFlavour::plain;
  std::filesystem::path to{};  ///< ends as .py; empty: nothing is written
};

struct CodeMade {
  std::string text;  ///< of the program
  std::int64_t tensors = 0;
  std::int64_t values = 0;
};

/// Makes the program and, where `to` is given, writes it and NAME.weights.pt beside it, both or
/// neither. Opens the data, whose shape the network has. Throws Error(file), and Error(setting)
/// with the id of a layer that the flavour has no code for.
CodeMade make_code(const CodePlan& plan);

}  // namespace paralif
