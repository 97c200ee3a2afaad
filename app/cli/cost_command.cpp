// `paralif cost`: what a run's network computes for a sample, and an estimate of its energy.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "core/exchange/run_cost.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct CostOptions {
  RunCostPlan plan;
  std::string run;
  std::string figures = "float32";
  std::optional<double> addition, multiplication, synapse, update;
  bool json = false;
};

/// "24 B" or "2.6 kB"; nothing for a layer that keeps nothing.
std::string memory_text(std::int64_t bytes) {
  constexpr std::int64_t kilobyte = 1000;
  if (bytes <= 0) return {};
  return bytes < kilobyte ? fmt::format("{} B", bytes)
                          : fmt::format("{:.1f} kB", static_cast<double>(bytes) / kilobyte);
}

EnergyFigures figures_of(const CostOptions& options) {
  EnergyFigures figures = energy_figures_named(options.figures);
  std::string own;
  const auto given = [&](const char* what) { own += (own.empty() ? " with own " : ", ") + std::string(what); };
  if (options.addition || options.multiplication) {
    if (options.addition) given("addition");
    if (options.multiplication) given("multiplication");
    const double addition = options.addition.value_or(figures.addition);
    const double multiplication = options.multiplication.value_or(figures.multiplication);
    if (figures.derived) {
      figures = arithmetic_figures(figures.name, figures.title, addition, multiplication, figures.source);
    } else {
      figures.addition = addition;
      figures.multiplication = multiplication;
    }
  }
  if (options.synapse) {
    given("synapse");
    figures.synapse = *options.synapse;
  }
  if (options.update) {
    given("update");
    figures.update = *options.update;
  }
  figures.title += own;
  return figures;
}

std::string thousands(double count) {
  if (count < 1e4) return fmt::format("{:.0f}", count);
  return count < 1e7 ? fmt::format("{:.1f} k", count / 1e3) : fmt::format("{:.1f} M", count / 1e6);
}

void print(const RunCost& cost, const EnergyFigures& figures) {
  fmt::print("A sample of {:.0f} steps, mean of {} test samples\n\n", cost.steps, cost.samples);
  fmt::print("{:<14} {:<18} {:>8} {:>12} {:>12} {:>14} {:>12} {:>10} {:>10}\n", "layer", "kind",
             "active", "additions", "multiplied", "of dense", "updates", "spikes", "memory");
  for (const RunCost::Layer& layer : cost.layers) {
    const bool weights = layer.dense > 0;
    fmt::print("{:<14} {:<18} {:>8} {:>12} {:>12} {:>14} {:>12} {:>10} {:>10}\n", printable(layer.id),
               layer.kind, std::isnan(layer.active) ? "" : fmt::format("{:.1f} %", 100 * layer.active),
               weights ? thousands(layer.additions) : "",
               layer.multiplications > 0 ? thousands(layer.multiplications) : "",
               weights ? fmt::format("{:.1f} %", 100 * layer.additions / layer.dense) : "",
               layer.updates > 0 ? thousands(layer.updates) : "",
               layer.spikes > 0 ? thousands(layer.spikes) : "",
               memory_text(layer.memory));
  }
  const CostEnergy energy = energy_of(cost, figures);
  fmt::print("\nEnergy of the arithmetic alone, by {} ({}):\n", figures.title, figures.source);
  fmt::print("an addition {:g} pJ, a multiplication {:g} pJ, a synapse {:g} pJ, an update {:g} pJ\n",
             figures.addition, figures.multiplication, figures.synapse, figures.update);
  if (!figures.arithmetic.empty()) {
    fmt::print("additions and multiplications, so the lines of ReLU too: {}\n", figures.arithmetic);
  }
  fmt::print("\n{:<44} {:>12.4g} uJ a sample\n", "spikes through synapses", energy.synapses);
  fmt::print("{:<44} {:>12.4g} uJ\n", "inputs that are more than spikes", energy.weighted);
  fmt::print("{:<44} {:>12.4g} uJ\n", "neurons", energy.updates);
  fmt::print("{:<44} {:>12.4g} uJ\n", "together", energy.spiking());
  fmt::print("{:<44} {:>12.4g} uJ\n", "the same weights with ReLU, in every step", energy.dense);
  fmt::print("{:<44} {:>12.4g} uJ\n", "the same weights with ReLU, once a sample", energy.dense_once);
}

nlohmann::ordered_json json_of(const RunCost& cost, const EnergyFigures& figures) {
  using Json = nlohmann::ordered_json;
  const CostEnergy energy = energy_of(cost, figures);
  Json json{{"samples", cost.samples}, {"steps", cost.steps}, {"layers", Json::array()}};
  for (const RunCost::Layer& layer : cost.layers) {
    json["layers"].push_back({{"id", layer.id},
                              {"kind", layer.kind},
                              {"parameters", layer.parameters},
                              {"active", std::isnan(layer.active) ? Json() : Json(layer.active)},
                              {"additions", layer.additions},
                              {"multiplications", layer.multiplications},
                              {"dense", layer.dense},
                              {"updates", layer.updates},
                              {"spikes", layer.spikes},
                              {"memory_bytes", layer.memory}});
  }
  json["figures_pj"] = {{"name", figures.name},
                        {"addition", figures.addition},
                        {"multiplication", figures.multiplication},
                        {"synapse", figures.synapse},
                        {"update", figures.update},
                        {"title", figures.title},
                        {"source", figures.source},
                        {"arithmetic", figures.arithmetic}};
  json["energy_uj"] = {{"synapses", energy.synapses},   {"weighted", energy.weighted},
                       {"updates", energy.updates},     {"spiking", energy.spiking()},
                       {"dense_relu", energy.dense},    {"dense_relu_once", energy.dense_once}};
  return json;
}

int cost(CostOptions options) {
  options.plan.run = options.run;
  const EnergyFigures figures = figures_of(options);
  const InterruptGuard guard;
  ProgressLine line;
  const auto counted = unless_interrupted(line, [&] {
    return cost_of_run(options.plan, [&](double part) {
      line.show(fmt::format("{} counting", bar(part, 20)));
      return InterruptGuard::count() == 0;
    });
  });
  if (!counted) return InterruptGuard::status();
  line.clear();
  if (options.json) {
    fmt::print("{}\n", json_of(*counted, figures).dump(2));
  } else {
    print(*counted, figures);
  }
  return success;
}

}  // namespace

void add_cost(CLI::App& app, Action& action) {
  auto options = std::make_shared<CostOptions>();
  CLI::App* command = app.add_subcommand(
      "cost", "Count the operations of a run's network for a sample, and estimate their energy");
  command->add_option("RUN", options->run, "Folder of a run")->required();
  command
      ->add_option("--samples", options->plan.samples, "Test samples to count over. Default: 100.")
      ->check(CLI::Range(1, 1000000));
  std::string names;
  for (const EnergyFigures& figures : energy_figures()) {
    names += (names.empty() ? "" : ", ") + figures.name;
  }
  command->add_option("--figures", options->figures,
                      fmt::format("Energy an operation: {}. Default: float32.", names));
  const auto joules = finite_between(0.0, 1e9);
  command->add_option("--addition", options->addition, "An addition, in pJ")->check(joules);
  command->add_option("--multiplication", options->multiplication, "A multiplication, in pJ")
      ->check(joules);
  command->add_option("--synapse", options->synapse, "A spike through a synapse, in pJ")->check(joules);
  command->add_option("--update", options->update, "A neuron's update, in pJ")->check(joules);
  command->add_flag("--json", options->json, "Print all as JSON");
  command->callback([&action, options] { action = [options] { return cost(*options); }; });
}

}  // namespace paralif::cli
