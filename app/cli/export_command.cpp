// `paralif export`: a trained network for other programs and for chips.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/nir_table.h"
#include "app/cli/output.h"
#include "app/cli/terminal.h"
#include "core/exchange/code_file.h"
#include "core/exchange/export_run.h"
#include "core/exchange/nir_targets.h"
#include "core/exchange/weights_file.h"
#include "core/experiments/experiment_file.h"
#include "core/library/tensorboard.h"
#include "core/values/json_document.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct ExportOptions {
  std::string with = "plain";
  NirExportPlan plan;
  std::string run;
  std::string to;
  bool json = false;
};

int export_weights(const ExportOptions& options) {
  WeightsWritten written;
  if (options.to.ends_with(".py")) {
    CodePlan plan;
    plan.flavour = code_flavour(options.with);
    plan.to = options.to;
    if (std::filesystem::is_regular_file(options.run)) {
      plan.experiment = load_experiment(options.run);
    } else {
      plan.run = options.run;
    }
    const CodeMade made = make_code(plan);
    written = {made.tensors, made.values};
  } else {
    written = write_run_weights(options.run, options.to);
  }
  if (options.json) {
    const nlohmann::ordered_json json{
        {"file", options.to}, {"tensors", written.tensors}, {"values", written.values}};
    fmt::print("{}\n", json.dump(2));
  } else {
    fmt::print("{}: {} tensors, {} values\n", printable(options.to), written.tensors,
               written.values);
  }
  return success;
}

int export_network(const ExportOptions& options) {
  if (!options.plan.target.empty() && !options.to.ends_with(".nir")) {
    throw Error(Error::Kind::setting, "--for", "is for NIR graphs alone", "leave it out, or end the name as .nir");
  }
  if (options.plan.approximate && !options.to.ends_with(".nir")) {
    throw Error(Error::Kind::setting, "--approximate", "is for NIR graphs alone", "leave it out, or end the name as .nir");
  }
  if (options.with != "plain" && !options.to.ends_with(".py")) {
    throw Error(Error::Kind::setting, "--with", "is for programs alone",
                "leave it out, or end the name as .py");
  }
  if (is_weights_file(options.to) || options.to.ends_with(".py")) return export_weights(options);
  if (options.to.ends_with(".tfevents")) {
    const std::int64_t scalars = write_tensorboard(options.run, options.to);
    if (options.json) {
      fmt::print("{}\n", json_line({{"file", options.to}, {"scalars", scalars}}));
    } else {
      fmt::print("{}: {} scalars\n", printable(options.to), scalars);
    }
    return success;
  }
  if (!options.to.ends_with(".nir")) {
    throw Error(Error::Kind::setting, "to",
                fmt::format("'{}' is no .nir, .pt, .py, .safetensors, .npz or .tfevents file", options.to),
                "give a name that ends with one of these");
  }
  NirExportPlan plan = options.plan;
  plan.run = options.run;
  plan.to = options.to;
  const InterruptGuard guard;
  ProgressLine line;
  const auto compared = unless_interrupted(line, [&] {
    return export_run(plan, [&](double part) {
      line.show(fmt::format("{} comparing graph and network", bar(part, 20)));
      return InterruptGuard::count() == 0;
    });
  });
  if (!compared) return InterruptGuard::status();
  const NirFidelity& fidelity = *compared;
  line.clear();
  if (options.json) {
    fmt::print("{}\n", json_of(fidelity, options.to).dump(2));
  } else {
    print_fidelity(fidelity, options.to);
  }
  for (const std::string& warning : fidelity.warnings) {
    fmt::print(stderr, "paralif: {} does not read it: {}\n", nir_target(plan.target).title,
               printable(warning));
  }
  return success;
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand(
      "export",
      "Write a run's network as a NIR graph, compared with it, its weights for PyTorch or NumPy, or "
      "its metrics for TensorBoard");
  command->add_option("RUN", options->run, "Folder of a run; for a .py also the file of an experiment, which "
                      "then has its first values")->required();
  command->add_option("--to", options->to, "The file to write: FILE.nir, .pt, .py (a program in PyTorch, with its weights), "
                      ".safetensors, .npz or .tfevents")
      ->required();
  command
      ->add_option("--samples", options->plan.samples,
                   "Test samples on which graph and network are compared. Default: 20; 0: none.")
      ->check(CLI::Range(0, 1000000));
  command->add_option("--for", options->plan.target,
                      "Write a graph in the forms that a program reads, and say what it does not: "
                      "snntorch, norse, spikingjelly, sinabs, lava, rockpool or spinnaker2");
  command->add_flag("--approximate", options->plan.approximate,
                    "Write what NIR cannot say as what comes nearest, where there is something, and "
                    "say so; the comparison shows what it costs");
  command->add_option("--with", options->with,
                      "What a program of .py is built on: plain (PyTorch alone), paralif (the "
                      "published package) or snntorch. Default: plain.");
  command->add_flag("--json", options->json, "Print the comparison as JSON");
  command->callback([&action, options] { action = [options] { return export_network(*options); }; });
}

}  // namespace paralif::cli
