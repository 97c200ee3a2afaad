// What a program that the studio writes is built on. Without Torch, for front ends.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/values/text.h"

namespace paralif {

enum class CodeFlavour : std::uint8_t {
  plain,    ///< PyTorch alone
  paralif,  ///< the modules of the published package "ParaLIF"
  snntorch  ///< the modules of snnTorch
};

struct CodeFlavourFacts {
  CodeFlavour flavour;
  std::string_view name;  ///< on the command line
  Text title;
  Text explanation;
};

/// In the order of a menu.
std::span<const CodeFlavourFacts> code_flavours();
/// Throws Error(setting) for an unknown name.
CodeFlavour code_flavour(std::string_view name);

}  // namespace paralif
