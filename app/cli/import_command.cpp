// `paralif import`: a shared run, or a network of another program, taken in as a run.
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/job_line.h"
#include "app/cli/nir_table.h"
#include "app/cli/output.h"
#include "app/cli/runs_root.h"
#include "app/cli/terminal.h"
#include "app/cli/train_options.h"
#include "core/exchange/import_run.h"
#include "core/exchange/import_weights.h"
#include "core/exchange/weights_file.h"
#include "core/experiments/fields.h"
#include "core/library/run_share.h"
#include "core/values/json_document.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct ImportOptions {
  std::string file;
  std::int64_t samples = 20;
  bool approximate = false;
  std::shared_ptr<TrainOptions> train;
};

std::filesystem::path root_of(const ImportOptions& options) {
  const std::string& chosen = options.train->runs_root;
  return chosen.empty() ? default_runs_root() : std::filesystem::path(chosen);
}

int import_share(const ImportOptions& options) {
  std::filesystem::path folder;
  const int status = as_job([&](JobControl& control) {
    folder = take_shared_run(options.file, root_of(options), control);
  });
  if (status == success) fmt::print("Run: {}\n", printable(folder.string()));
  return status;
}

[[noreturn]] void refuse(const std::string& flag, const std::string& problem) {
  throw Error(Error::Kind::setting, "--" + flag, problem, "leave it out");
}

/// What makes no sense of a run that is only made.
void refuse_making(const TrainOptions& t) {
  if (t.no_record) refuse("no-record", "makes no run");
  if (!t.resume.empty()) refuse("resume", "goes on with another run");
  if (t.processes > 1 || t.watch) refuse(t.watch ? "watch" : "processes", "is for training");
}

std::string what_next(const std::string& run) {
  return fmt::format(
      "Test it with: paralif test '{}'\nTrain it on with: paralif train --resume "
      "'{}' --nb_epochs 10\n",
      run, run);
}

/// The same, and what a graph decides itself.
void refuse_others(const TrainOptions& t) {
  refuse_making(t);
  for (const auto& [flag, text] : t.values) {
    const Field* field = find_field(flag);
    const bool network = field != nullptr && flag != "time_step" &&
                         (field->group == FieldGroup::network || field->group == FieldGroup::neuron);
    if (network) refuse(flag, "is said by the graph");
  }
  if (!t.hidden_size.empty() || !t.nb_layers.empty()) refuse("hidden_size", "is said by the graph");
}

NirImportPlan plan_of(const ImportOptions& options) {
  const TrainOptions& t = *options.train;
  refuse_others(t);
  if (!t.values.contains("time_step")) {
    throw Error(Error::Kind::setting, "time_step", "is missing: a NIR graph has none of its own",
                "give the seconds of one step that it was made for, such as --time_step 1e-3");
  }
  if (!t.values.contains("dataset") && t.preset.empty() && t.file.empty()) {
    throw Error(Error::Kind::setting, "dataset", "is missing: a graph does not say what it is for",
                "give --dataset, --preset or an experiment file");
  }
  NirImportPlan plan;
  plan.from = options.file;
  plan.samples = options.samples;
  plan.approximate = options.approximate;
  plan.experiment = experiment_of(t);
  plan.time_step_s = plan.experiment.neuron.time_step_s;
  if (!t.values.contains("title")) {
    plan.experiment.title = std::filesystem::path(options.file).stem().string();
  }
  plan.runs_root = root_of(options);
  return plan;
}

void print_import(const NirImport& made, const std::string& file) {
  for (const std::string& line : made.layers) fmt::print("{}\n", printable(line));
  fmt::print("\n");
  print_fidelity(made.fidelity, file);
  if (made.reference) {
    print_reference(*made.reference, std::filesystem::path(file).replace_extension(".h5").string());
  }
  for (const std::string& note : made.notes) fmt::print("Note: {}\n", printable(note));
  const std::string run = printable(made.run.string());
  fmt::print("\nRun: {}\n{}", run, what_next(run));
}

int import_graph(const ImportOptions& options) {
  const NirImportPlan plan = plan_of(options);
  const InterruptGuard guard;
  ProgressLine line;
  const auto made = unless_interrupted(line, [&] {
    return import_nir(plan, [&](double part) {
      line.show(fmt::format("{} comparing graph and network", bar(part, 20)));
      return InterruptGuard::count() == 0;
    });
  });
  if (!made) return InterruptGuard::status();
  line.clear();
  if (!options.train->json) {
    print_import(*made, options.file);
    return success;
  }
  nlohmann::ordered_json json = json_of(made->fidelity, options.file);
  json["run"] = made->run.string();
  json["notes"] = made->notes;
  if (made->reference) {
    nlohmann::ordered_json reference = json_of(
        *made->reference, std::filesystem::path(options.file).replace_extension(".h5").string());
    for (const char* no_label : {"nodes", "network_accuracy", "graph_accuracy"}) {
      reference.erase(no_label);
    }
    json["reference"] = std::move(reference);
  }
  fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  return success;
}

int import_others_weights(const ImportOptions& options) {
  const TrainOptions& t = *options.train;
  refuse_making(t);
  if (!t.values.contains("dataset") && t.preset.empty() && t.file.empty()) {
    throw Error(Error::Kind::setting, "dataset", "is missing: weights do not say what they are for",
                "give the network and the data by flags, --preset or an experiment file");
  }
  Experiment experiment = experiment_of(t);
  if (!t.values.contains("title")) {
    experiment.title = std::filesystem::path(options.file).stem().string();
  }
  const WeightsImport made = import_weights(options.file, experiment, root_of(options));
  const std::string run = printable(made.run.string());
  if (t.json) {
    fmt::print("{}\n", json_line({{"run", made.run.string()},
                                  {"tensors", made.tensors},
                                  {"values", made.values}}));
  } else {
    fmt::print("{}: {} tensors, {} values\n\nRun: {}\n{}", printable(options.file), made.tensors,
               made.values, run, what_next(run));
  }
  return success;
}

int import_file(const ImportOptions& options) {
  if (options.approximate && !options.file.ends_with(".nir")) {
    refuse("approximate", "is for NIR graphs alone");
  }
  if (options.file.ends_with(share_suffix)) return import_share(options);
  if (options.file.ends_with(".nir")) return import_graph(options);
  if (is_weights_file(options.file)) return import_others_weights(options);
  throw Error(Error::Kind::file, options.file,
              "is no shared run (.paralif), NIR graph (.nir) or file of weights (.pt, .pth, .npz, "
              ".safetensors)",
              "a file that ends otherwise cannot be imported");
}

}  // namespace

void add_import(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "import",
      "Take a shared run (.paralif), another program's network (.nir) or weights (.pt, .npz, "
      ".safetensors) in as a run.");
  auto options = std::make_shared<ImportOptions>();
  command->add_option("FILE", options->file, "FILE.paralif, .nir, .pt, .pth, .npz or .safetensors")
      ->required();
  command
      ->add_option("--samples", options->samples,
                   "Test samples on which graph and network are compared. Default: 20; 0: none.")
      ->check(CLI::Range(0, 1000000));
  command->add_flag("--approximate", options->approximate,
                    "Round delays to whole steps and take time constants below the time step as it; "
                    "what a graph has of these is refused otherwise");
  options->train = add_train_options(*command);
  command->callback(
      [&action, options] { action = [options] { return import_file(*options); }; });
}

}  // namespace paralif::cli
