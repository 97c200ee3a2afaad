#include "app/cli/train_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/experiments/presets.h"
#include "core/session/run_store.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

/// What the published script runs when no flag is given.
Experiment published_defaults() {
  Experiment experiment;
  experiment.title.clear();
  experiment.network.hidden = {128, 128, 128};
  experiment.training.epochs = 200;
  experiment.training.save_model = false;
  return experiment;
}

std::string help_of(const Field& field) {
  std::string text(field.tooltip);
  if (!field.choices.empty()) {
    text += fmt::format(" One of {}.", fmt::join(field.choices, ", "));
  }
  if (!field.unit.empty()) text += fmt::format(" In {}.", field.unit);
  return text;
}

bool is_flag(const Field& field) {
  return std::holds_alternative<bool>(field.get(Experiment{}));
}

std::int64_t whole(const std::string& flag, const std::string& text, std::int64_t largest) {
  std::size_t end = 0;
  std::int64_t value = 0;
  try {
    value = std::stoll(text, &end);
  } catch (const std::exception&) {
    end = 0;
  }
  if (end != text.size() || text.empty() || value < 1 || value > largest) {
    throw Error(Error::Kind::setting, flag,
                fmt::format("'{}' is not a whole number from 1 to {}", text, largest));
  }
  return value;
}

void apply_published_sizes(const TrainOptions& options, Experiment& experiment) {
  if (options.hidden_size.empty() && options.nb_layers.empty()) return;
  auto& hidden = experiment.network.hidden;
  const std::int64_t size = options.hidden_size.empty()
                                ? hidden.front()
                                : whole("hidden_size", options.hidden_size, 100000);
  const std::int64_t layers = options.nb_layers.empty()
                                  ? static_cast<std::int64_t>(hidden.size())
                                  : whole("nb_layers", options.nb_layers, 100);
  hidden.assign(static_cast<std::size_t>(layers), size);
}

Experiment beginning(const TrainOptions& options) {
  const int given = (options.file.empty() ? 0 : 1) + (options.preset.empty() ? 0 : 1) +
                    (options.best_config ? 1 : 0) + (options.resume.empty() ? 0 : 1);
  if (given > 1) {
    throw Error(Error::Kind::setting, "train",
                "an experiment file, --preset, --best_config and --resume exclude each other",
                "give one of them");
  }
  if (!options.resume.empty()) return read_summary(options.resume).experiment;
  if (!options.file.empty()) return load_experiment(options.file);
  if (!options.preset.empty()) {
    const auto found = std::ranges::find(presets(), options.preset, &Preset::id);
    if (found == presets().end()) {
      throw Error(Error::Kind::setting, "preset", fmt::format("'{}' is unknown", options.preset),
                  "see paralif presets");
    }
    return found->experiment;
  }
  if (options.best_config) {
    const auto text = [&](const char* flag, const char* otherwise) {
      const auto at = options.values.find(flag);
      return at == options.values.end() ? std::string(otherwise) : at->second;
    };
    const Field& recurrent = *find_field("recurrent");
    return best_configuration(text("dataset", "yinyang"),
                              std::get<bool>(parse_field(recurrent, text("recurrent", "false"))));
  }
  return published_defaults();
}

}  // namespace

std::shared_ptr<TrainOptions> add_train_options(CLI::App& command) {
  auto options = std::make_shared<TrainOptions>();
  command.add_option("EXPERIMENT", options->file, "An experiment file to begin from");
  command.add_option("--preset", options->preset, "A preset to begin from; see paralif presets");
  command.add_flag("--best_config", options->best_config,
                   "Begin from the published best configuration of the dataset");
  command.add_option("--resume", options->resume, "Go on with the run of this folder");
  command.add_option("--dir", options->runs_root, "Folder that holds the runs");
  command.add_flag("--no-record", options->no_record, "Leave nothing on disk");
  command.add_flag("--watch", options->watch, "Make the window's views too, to measure their cost");
  command.add_flag("--json", options->json, "Print metrics as JSON, a line an epoch");
  for (const Field& field : experiment_fields()) {
    const std::string flag(field.flag);
    std::string name = "--" + flag;
    if (flag == "layers") name += ",--hidden";
    if (flag == "window_size" || flag == "data-dir") {
      std::string other = flag;
      std::ranges::replace(other, flag == "data-dir" ? '-' : '_', flag == "data-dir" ? '_' : '-');
      name += ",--" + other;
    }
    auto* option = command.add_option_function<std::string>(
        name, [options, flag](const std::string& text) { options->values[flag] = text; },
        help_of(field));
    option->group(std::string(field_group_title(field.group)));
    option->type_name("");
    // "--recurrent" alone is true, as in the published script; "--recurrent false" works too.
    if (is_flag(field)) option->expected(0, 1)->default_str("true");
  }
  command.add_option("--hidden_size", options->hidden_size, "Units of every hidden layer")
      ->group("Network")
      ->type_name("");
  command.add_option("--nb_layers", options->nb_layers, "Number of hidden layers")
      ->group("Network")
      ->type_name("");
  return options;
}

Experiment experiment_of(const TrainOptions& options) {
  Experiment experiment = beginning(options);
  apply_published_sizes(options, experiment);
  for (const auto& [flag, text] : options.values) {
    const Field& field = *find_field(flag);
    field.set(experiment, parse_field(field, text));
  }
  if (experiment.title.empty()) {
    experiment.title = fmt::format("{}, {}", experiment.dataset.name, experiment.neuron.name);
  }
  validate(experiment);
  return experiment;
}

}  // namespace paralif::cli
