// The subcommands of `paralif`. Each adds itself to the parser and returns its exit status.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>

namespace paralif::cli {

enum ExitStatus : int {
  success = 0,
  failure = 1,     ///< it ran and failed: a file, a disk, numbers out of tolerance
  wrong_usage = 2  ///< unknown flags, bad values, impossible settings
};

/// What to run once the command line has been read; empty until a subcommand was chosen.
using Action = std::function<int()>;

/// A number in a range; NaN is in none.
inline CLI::Validator finite_between(double from, double to) {
  return {[from, to](const std::string& text) {
            double value = 0;
            if (CLI::detail::lexical_cast(text, value) && value >= from && value <= to) return std::string();
            return "'" + text + "' is no number from " + CLI::detail::to_string(from) + " to " + CLI::detail::to_string(to);
          },
          "NUMBER"};
}

void add_train(CLI::App& app, Action& action);
void add_verify(CLI::App& app, Action& action);
void add_runs(CLI::App& app, Action& action);
void add_sweep(CLI::App& app, Action& action);
void add_share(CLI::App& app, Action& action);
void add_import(CLI::App& app, Action& action);
void add_mark(CLI::App& app, Action& action);
void add_bin(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_presets(CLI::App& app, Action& action);
void add_networks(CLI::App& app, Action& action);  ///< and `layers`
void add_datasets(CLI::App& app, Action& action);
void add_get(CLI::App& parent, Action& action);
void add_convert(CLI::App& parent, Action& action);  ///< of `datasets`
void add_robustness(CLI::App& app, Action& action);
void add_cost(CLI::App& app, Action& action);
void add_export(CLI::App& app, Action& action);
void add_test(CLI::App& app, Action& action);
void add_completion(CLI::App& app, Action& action);
void add_features(CLI::App& app, Action& action);
void add_timing(CLI::App& app, Action& action);
void add_classroom(CLI::App& app, Action& action);  ///< and the keeper of a seat

}  // namespace paralif::cli
