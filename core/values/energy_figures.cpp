#include "core/values/energy_figures.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "datasets/error.h"

namespace paralif {

EnergyFigures arithmetic_figures(std::string name, std::string title, double addition,
                                 double multiplication, std::string source) {
  return {std::move(name), std::move(title), addition, multiplication, addition,
          multiplications_an_update * multiplication + additions_an_update * addition,
          std::move(source), {}, true};
}

const std::vector<EnergyFigures>& energy_figures() {
  static const std::string horowitz =
      "Horowitz, Computing's energy problem (and what we can do about it), ISSCC 2014";
  static const std::vector<EnergyFigures> all{
      arithmetic_figures("float32", "45 nm, 32-bit floating point", 0.9, 3.7, horowitz),
      arithmetic_figures("float16", "45 nm, 16-bit floating point", 0.4, 1.1, horowitz),
      arithmetic_figures("int32", "45 nm, 32-bit integer", 0.1, 3.1, horowitz),
      arithmetic_figures("int8", "45 nm, 8-bit integer", 0.03, 0.2, horowitz),
      // Of the same network of values there is no figure for the chip: that of 8-bit integers.
      {"loihi", "Loihi, measured on the chip", 0.03, 0.2, 23.6, 81.0,
       "Davies et al., Loihi: A neuromorphic manycore processor with on-chip learning, IEEE Micro "
       "38, 2018",
       "those of 45 nm, 8-bit integer (" + horowitz + "); the chip has none", false},
  };
  return all;
}

const EnergyFigures& energy_figures_named(std::string_view name) {
  const auto found = std::ranges::find(energy_figures(), name, &EnergyFigures::name);
  if (found != energy_figures().end()) return *found;
  std::vector<std::string> names;
  for (const EnergyFigures& figures : energy_figures()) names.push_back(figures.name);
  throw Error(Error::Kind::setting, "figures", fmt::format("'{}' is unknown", name),
              fmt::format("choose {}", fmt::join(names, ", ")));
}

}  // namespace paralif
