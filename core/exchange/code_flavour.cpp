#include "core/exchange/code_flavour.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "datasets/error.h"

namespace paralif {

std::span<const CodeFlavourFacts> code_flavours() {
  static constexpr std::array rows{
      CodeFlavourFacts{CodeFlavour::plain, "plain", marked("PyTorch alone"),
                       marked("Every neuron is written out in the program, which needs nothing "
                              "but PyTorch.")},
      CodeFlavourFacts{CodeFlavour::paralif, "paralif", marked("The published ParaLIF package"),
                       marked("The modules LIF and ParaLIF of the published repository, which "
                              "must lie where Python finds it.")},
      CodeFlavourFacts{CodeFlavour::snntorch, "snntorch", marked("snnTorch"),
                       marked("snntorch.Synaptic, which has LIF and ParaLIF-T without "
                              "refractory period.")},
  };
  return rows;
}

CodeFlavour code_flavour(std::string_view name) {
  const auto rows = code_flavours();
  const auto found = std::ranges::find(rows, name, &CodeFlavourFacts::name);
  if (found != rows.end()) return found->flavour;
  throw Error(Error::Kind::setting, "with", fmt::format("'{}' is unknown", name),
              "choose plain, paralif or snntorch");
}

}  // namespace paralif
