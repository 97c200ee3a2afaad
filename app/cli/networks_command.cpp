// `paralif networks` and `paralif layers`: published networks, and what a network is made of.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/experiments/network_presets.h"
#include "core/layers/layer_kind.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const ParameterValue& value, const ParameterFacts& facts) {
  return std::visit(
      [&](const auto& v) -> std::string {
        using T = std::remove_cvref_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>)
          return std::string(facts.absent.english());
        else if constexpr (std::is_same_v<T, bool>) return v ? "true" : "false";
        else if constexpr (std::is_same_v<T, std::string>) return v;
        else if constexpr (std::is_arithmetic_v<T>) return fmt::format("{}", v);
        else return fmt::format("{} values", v.size());
      },
      value);
}

void print_kind(const LayerKind& kind) {
  fmt::print("{}\n  {}\n", kind.name(), kind.explanation().english());
  const auto defaults = kind.defaults();
  for (const ParameterFacts& facts : kind.parameters()) {
    std::string what = english_explanation(facts);
    if (!facts.unit.empty()) what += fmt::format(" In {}.", facts.unit.english());
    if (!facts.choices.empty()) what += fmt::format(" One of {}.", fmt::join(facts.choices, ", "));
    fmt::print("    {:<16} {}  [{}]\n", facts.key, what,
               text_of(defaults.at(std::string(facts.key)), facts));
  }
}

int layers(const std::string& name) {
  if (name.empty()) {
    for (const LayerKind* kind : layer_kinds()) print_kind(*kind);
    return success;
  }
  const LayerKind* kind = find_layer_kind(name);
  if (kind == nullptr) {
    std::string names;
    for (const LayerKind* one : layer_kinds()) {
      names += fmt::format("{}{}", names.empty() ? "" : ", ", one->name());
    }
    throw Error(Error::Kind::setting, "layers", fmt::format("'{}' is no kind of layer", name),
                "choose " + names);
  }
  print_kind(*kind);
  return success;
}

int networks(const std::string& name) {
  if (!name.empty()) {
    fmt::print("{}\n", Json{{"layers", to_json(network_named(name))}}.dump(2));
    return success;
  }
  for (const NetworkPreset& preset : network_presets()) {
    fmt::print("{:<28} {:<12} {}\n", preset.name, preset.dataset, preset.title);
  }
  return success;
}

}  // namespace

void add_networks(CLI::App& app, Action& action) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "networks", "List the published networks, or print one as a file for --network");
  command->add_option("NAME", *name, "A published network, or a file");
  command->callback([&action, name] { action = [name] { return networks(*name); }; });

  auto kind = std::make_shared<std::string>();
  CLI::App* kinds =
      app.add_subcommand("layers", "List the kinds of layers of a network and their parameters");
  kinds->add_option("KIND", *kind, "One kind alone");
  kinds->callback([&action, kind] { action = [kind] { return layers(*kind); }; });
}

}  // namespace paralif::cli
