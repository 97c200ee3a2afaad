#include "app/cli/train_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "core/experiments/published_scripts.h"
#include "core/runs/run_store.h"
#include "core/values/parameter_text.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

std::string help_of(const Field& field) {
  std::string text = english_explanation(field);
  if (!field.choices.empty()) {
    text += fmt::format(" One of {}.", fmt::join(field.choices, ", "));
  }
  if (!field.unit.empty()) text += fmt::format(" In {}.", field.unit.english());
  const ParameterValue value = field.get(published_defaults());
  std::string usual = std::holds_alternative<Absent>(value) ? std::string(field.absent.english())
                                                            : format_parameter(field, value);
  if (field.key == "title") usual = "dataset and neuron";
  if (field.key == "dataset.data_dir") return text;
  return text + fmt::format(" Default: {}.", usual);
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ","));
}

bool rate_coded(const Experiment& experiment) {
  return kind_of(experiment.dataset.name) == DataKind::points;
}

[[noreturn]] void conflict(const std::string& flag, const std::string& problem) {
  throw Error(Error::Kind::setting, flag, problem, "give one of them");
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
  if (options.values.contains("layers")) {
    conflict("layers", "and --hidden_size or --nb_layers both say how large the layers are");
  }
  auto& hidden = experiment.network.hidden;
  Field sizes_field = *find_field("layers");
  sizes_field.flag = "hidden_size";
  std::vector<std::int64_t> sizes{hidden.front()};
  if (!options.hidden_size.empty()) {
    sizes = std::get<std::vector<std::int64_t>>(parse_parameter(sizes_field, options.hidden_size));
  }
  std::size_t layers = sizes.size() > 1 ? sizes.size() : hidden.size();
  if (!options.nb_layers.empty()) {
    layers = static_cast<std::size_t>(
        whole("nb_layers", options.nb_layers, static_cast<std::int64_t>(most_list_values)));
  }
  if (sizes.size() > 1 && sizes.size() != layers) {
    conflict("hidden_size",
             fmt::format("has {} sizes and --nb_layers is {}", sizes.size(), layers));
  }
  if (sizes.size() == 1) sizes.assign(layers, sizes.front());
  hidden = sizes;
}

/// The published flag is a duration for recordings and, without any, the number of steps.
void apply_window(const TrainOptions& options, Experiment& experiment) {
  const auto window = options.values.find("window_size");
  if (window == options.values.end()) return;
  if (rate_coded(experiment)) {
    if (options.values.contains("steps")) {
      conflict("window_size", fmt::format("and --steps both say how many steps {} has",
                                          experiment.dataset.name));
    }
    Field steps = *find_field("steps");
    steps.flag = "window_size";
    try {
      steps.set(experiment, parse_parameter(steps, window->second));
    } catch (const Error&) {
      throw Error(Error::Kind::setting, "window_size",
                  fmt::format("'{}' is not a number of steps, which it is for {}", window->second,
                              experiment.dataset.name),
                  "give a whole number such as 100, or leave it out");
    }
    return;
  }
  const auto bins = options.values.find("bins");
  if (bins != options.values.end() && bins->second != "none") {
    conflict("window_size", "and --bins both say how samples are divided into steps");
  }
  const Field& field = *find_field("window_size");
  field.set(experiment, parse_parameter(field, window->second));
}

/// Flags of the dense network beside a network of layers, which they would not change.
void check_network(const TrainOptions& options, const Experiment& experiment) {
  if (experiment.network.layers.layers.empty()) return;
  const char* problem = "has no effect on a list of layers, which have their own parameters";
  if (!options.hidden_size.empty()) conflict("hidden_size", problem);
  if (!options.nb_layers.empty()) conflict("nb_layers", problem);
  for (const auto& [flag, text] : options.values) {
    const Field& field = *find_field(flag);
    const bool of_dense = field.group == FieldGroup::network || field.group == FieldGroup::neuron;
    const bool of_preset = flag == "neuron" && !preset_name_of(experiment.network.layers).empty();
    if (of_dense && field.type != ParameterType::layers && !of_preset) conflict(flag, problem);
  }
}

/// `--neuron` beside a published network: its neurons, each with the published settings for them.
void apply_neuron(const TrainOptions& options, Experiment& experiment) {
  const auto neuron = options.values.find("neuron");
  if (neuron == options.values.end()) return;
  auto& layers = experiment.network.layers;
  std::string name(preset_name_of(layers));
  if (layers.layers.empty() || name.empty()) {
    const Field& field = *find_field("neuron");
    field.set(experiment, parse_parameter(field, neuron->second));
    return;
  }
  name.erase(std::min(name.find(':'), name.size()));
  layers = network_named(name + ":" + neuron->second);
}

/// A flag that contradicts --published.
void check_published(const Experiment& experiment) {
  Experiment published = experiment;
  restore_published(published);
  for (const Field& field : experiment_fields()) {
    if (same_value(field, published, experiment)) continue;
    conflict(std::string(field.flag),
             fmt::format("is {}, and --published makes it {}", parameter_text(field, experiment),
                         parameter_text(field, published)));
  }
}

/// The delay script writes its two flags as we do ours.
void take_delay_flags(TrainOptions& options) {
  if (options.script != "snn_delays") return;
  for (const char* name : {"dataset", "neuron"}) {
    const auto at = options.values.find(name);
    if (at == options.values.end()) continue;
    options.script_flags.push_back("--" + at->first);
    options.script_flags.push_back(at->second);
    options.values.erase(at);
  }
}

Experiment beginning(const TrainOptions& options) {
  const int given = (options.file.empty() ? 0 : 1) + (options.preset.empty() ? 0 : 1) +
                    (options.script.empty() ? 0 : 1) +
                    (options.best_config ? 1 : 0) + (options.resume.empty() ? 0 : 1);
  if (given > 1) {
    throw Error(Error::Kind::setting, "train",
                "an experiment file, --preset, --experiment, --best_config and --resume exclude each "
                "other",
                "give one of them");
  }
  if (!options.script.empty()) return experiment_of_script(options.script, options.script_flags);
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
    const auto text_of = [&](const char* flag) {
      const auto at = options.values.find(flag);
      return at == options.values.end() ? std::string() : at->second;
    };
    const Experiment defaults = published_defaults();
    Experiment recurrence;
    const Field& recurrent = *find_field("recurrent");
    if (const std::string text = text_of("recurrent"); !text.empty()) {
      recurrent.set(recurrence, parse_parameter(recurrent, text));
    }
    const std::string dataset = text_of("dataset");
    Experiment best = best_configuration(dataset.empty() ? defaults.dataset.name : dataset,
                                         recurrence.network.recurrent.any(true));
    best.neuron.name = defaults.neuron.name;
    return best;
  }
  return published_defaults();
}

/// The flag and its aliases, as the parser takes them.
std::string names_of(const Field& field) {
  std::string names = "--" + std::string(field.flag);
  for (const std::string_view alias : field.aliases) names += ",--" + std::string(alias);
  return names;
}

void add_field(CLI::App& command, const std::shared_ptr<TrainOptions>& options,
               const Field& field) {
  const std::string flag(field.flag);
  CLI::Option* option = nullptr;
  if (field.per_layer || field.type == ParameterType::wholes) {
    option = command.add_option_function<std::vector<std::string>>(
        names_of(field),
        [options, flag](const std::vector<std::string>& words) {
          options->values[flag] = joined(words);
        },
        help_of(field));
  } else {
    option = command.add_option_function<std::string>(
        names_of(field),
        [options, flag](const std::string& text) { options->values[flag] = text; },
        help_of(field));
  }
  option->group(std::string(field_group_title(field.group).english()));
  option->type_name("");
  // "--recurrent" alone is true, as in the published script; "--recurrent false" works too.
  if (field.type == ParameterType::flag) {
    option->expected(0, field.per_layer ? static_cast<int>(most_list_values) : 1)
        ->default_str("true");
  }
}

}  // namespace

std::shared_ptr<TrainOptions> add_train_options(CLI::App& command) {
  auto options = std::make_shared<TrainOptions>();
  command.add_option("EXPERIMENT", options->file, "An experiment file to begin from");
  command.add_option("--preset", options->preset, "A preset to begin from; see paralif presets");
  command.add_option("--experiment", options->script,
                     "Train what another published script trains, plif_net, seqcifar10 or snn_delays, "
                     "with its flags as written there: --experiment plif_net -dataset_name NMNIST "
                     "-best_config");
  command.add_option("--script-flag", options->script_flags)->group("")->expected(1)->take_all();
  command.add_flag("--best_config", options->best_config,
                   "Begin from the published best configuration of the dataset");
  command.add_option("--resume", options->resume, "Go on with the run of this folder");
  command.add_option("--dir", options->runs_root, "Folder that holds the runs");
  command.add_flag("--no-record", options->no_record, "Leave nothing on disk");
  command
      .add_option("--processes", options->processes,
                  "Train in several processes on this machine, each on its share of every batch")
      ->check(CLI::Range(1, 64));
  command.add_flag("--show-recording", options->show_recording,
                   "Print what --record keeps of an epoch and what that costs; train nothing");
  command.add_flag("--watch", options->watch, "Make the window's views too, to measure their cost");
  command.add_flag("--json", options->json, "Print metrics as JSON, a line an epoch");
  command.add_flag("--published", options->published,
                   "Train as the published code does also where our defaults differ for a reason: "
                   "see docs/published.md");
  for (const Field& field : experiment_fields()) add_field(command, options, field);
  const auto sizes = [options](const std::vector<std::string>& words) {
    options->hidden_size = joined(words);
  };
  command
      .add_option_function<std::vector<std::string>>(
          "--hidden_size", sizes, "Units of every hidden layer, or one number a layer. "
                                  "Default: 128.")
      ->group("Network")
      ->type_name("");
  command.add_option("--nb_layers", options->nb_layers, "Number of hidden layers. Default: 3.")
      ->group("Network")
      ->type_name("");
  command
      .add_option_function<std::string>(
          "--scheduler", [](const std::string&) {},
          "Accepted and without effect, as in the published script: the learning rate follows "
          "--schedule.")
      ->group("Training")
      ->type_name("")
      ->expected(0, 1)
      ->default_str("true");
  return options;
}

std::vector<std::string> with_script_flags(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool named = std::ranges::any_of(words, [](const std::string& word) {
    return word == "--experiment" || word.starts_with("--experiment=");
  });
  if (!named) return words;
  std::vector<std::string> gathered;
  bool of_script = false;  // whether the word before began with one dash
  for (const std::string& word : words) {
    const bool number = word.size() > 1 && word[0] == '-' && (std::isdigit(static_cast<unsigned char>(word[1])) != 0 || word[1] == '.');
    const bool dash = word.starts_with("-") && !word.starts_with("--") && word.size() > 1 && word != "-h";
    if ((dash && !number) || (of_script && (number || !word.starts_with("-")))) {
      gathered.push_back("--script-flag=" + word);
      of_script = true;
    } else {
      gathered.push_back(word);
      of_script = false;
    }
  }
  return gathered;
}

Experiment experiment_of(const TrainOptions& given) {
  TrainOptions options = given;
  take_delay_flags(options);
  Experiment experiment = beginning(options);
  if (options.published) restore_published(experiment);
  apply_published_sizes(options, experiment);
  for (const auto& [flag, text] : options.values) {
    if (flag == "window_size" || flag == "neuron") continue;
    const Field& field = *find_field(flag);
    field.set(experiment, parse_parameter(field, text));
  }
  apply_neuron(options, experiment);
  // A preset's title names its dataset and neurons: not those given beside it.
  const bool other = std::ranges::any_of(std::array{"dataset", "neuron", "network"},
                                         [&](const char* flag) { return options.values.contains(flag); });
  if (!options.preset.empty() && other && !options.values.contains("title")) {
    experiment.title.clear();
  }
  apply_window(options, experiment);
  check_network(options, experiment);
  if (options.published) check_published(experiment);
  if (experiment.title.empty()) {
    experiment.title = fmt::format("{}, {}", experiment.dataset.name, network_title(experiment));
  }
  validate(experiment);
  return experiment;
}

}  // namespace paralif::cli
