// `paralif robustness`: how much noise in its input a trained network bears.
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/terminal.h"
#include "app/cli/train_options.h"
#include "core/runs/run_store.h"
#include "core/training/robustness.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

struct RobustnessOptions {
  std::shared_ptr<TrainOptions> train;
  std::string run;
  std::string train_noise;
  std::string noise_type = "Flip";
  std::vector<std::string> levels{"none", "0", "5", "10", "15", "20"};
  int repeats = 5;
  std::string out;
};

RobustnessPlan plan_of(const RobustnessOptions& options) {
  if (options.noise_type != "Flip") {
    throw Error(Error::Kind::setting, "noise_type",
                fmt::format("'{}' is unknown; there is Flip", options.noise_type));
  }
  RobustnessPlan plan;
  plan.run = options.run;
  plan.repeats = options.repeats;
  plan.train_noise_db = level_of(options.train_noise, "train_noise_level");
  plan.levels.clear();
  for (const std::string& text : options.levels) plan.levels.push_back(level_of(text, "levels"));
  if (plan.run.empty() || !plan.train_noise_db) return plan;
  throw Error(Error::Kind::setting, "train_noise_level",
              "and --run exclude each other: a run has been trained", "give one of them");
}

Experiment experiment_for(const RobustnessOptions& options) {
  if (!options.run.empty()) return read_summary(options.run).experiment;
  TrainOptions train = *options.train;
  // Of the published script: the default, by a name as the running times have it.
  if (train.preset == "published") train.preset.clear();
  if (train.file.empty() && train.preset.empty() && train.script.empty() && !train.best_config) {
    train.values.try_emplace("nb_epochs", "100");
    train.values.try_emplace("schedule", "none");
  }
  return experiment_of(train);
}

int robustness(const RobustnessOptions& options) {
  const RobustnessPlan plan = plan_of(options);
  const Experiment experiment = experiment_for(options);
  const InterruptGuard guard;
  ProgressLine line;
  std::size_t told = 0;
  const auto tell_levels = [&](const RobustnessResults& results, bool all) {
    for (; told < results.levels.size(); ++told) {
      const NoiseResult& level = results.levels[told];
      if (!all && static_cast<int>(level.accuracies.size()) < plan.repeats) return;
      line.clear();
      if (!options.train->json) {
        fmt::print("{:<8} {:5.1f} % ± {:.1f}\n", level_text(level.level), 100 * level.mean(),
                   100 * level.deviation());
        flush_output();
      }
    }
  };
  const auto progress = [&](const RobustnessResults& so_far, const std::string& doing,
                            double part) {
    tell_levels(so_far, false);
    line.show(fmt::format("{} {}", bar(part, 20), doing));
    return InterruptGuard::count() == 0;
  };
  const auto tested =
      unless_interrupted(line, [&] { return run_robustness(experiment, plan, progress); });
  if (!tested) return InterruptGuard::status();
  const RobustnessResults& results = *tested;
  tell_levels(results, true);
  line.clear();
  const std::string json = robustness_json(experiment, plan, results);
  if (!options.out.empty()) write_file(options.out, json);
  if (options.train->json) fmt::print("{}", json);
  return success;
}

}  // namespace

void add_robustness(CLI::App& app, Action& action) {
  auto options = std::make_shared<RobustnessOptions>();
  CLI::App* command = app.add_subcommand(
      "robustness",
      "Train a network, or take a run, and test it with flipped spikes at several levels of noise");
  options->train = add_train_options(*command);
  for (const char* flag : {"--resume", "--dir", "--no-record", "--watch"}) {
    command->remove_option(command->get_option(flag));
  }
  command->get_option("--preset")->description(
      "A preset to begin from; see paralif presets. Default: published, the published experiment");
  command->add_option("--run,--checkpoint", options->run, "Test this run; nothing is trained");
  command->add_option("--train_noise_level", options->train_noise,
                      "Noise in training, dB of signal to noise. Default: none.");
  command->add_option("--noise_type", options->noise_type, "Flip: bins change by chance");
  command->add_option("--levels", options->levels,
                      "Levels to test at, none or dB. Default: none 0 5 10 15 20.");
  command->add_option("--repeats", options->repeats, "Tests at each level. Default: 5.")
      ->check(CLI::Range(1, 1000));
  command->add_option("--out", options->out, "Write the published result file here");
  command->callback([&action, options] { action = [options] { return robustness(*options); }; });
}

}  // namespace paralif::cli
