// The flags of `paralif train` as an experiment: the published names, and ours.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "core/experiments/experiment.h"

namespace paralif::cli {

struct TrainOptions {
  std::map<std::string, std::string> values;  ///< by flag, as written; lists joined by commas
  std::string file;                           ///< an experiment file to begin from
  std::string preset;                         ///< or a preset's id
  std::string script;                         ///< or a published script, with
  std::vector<std::string> script_flags;      ///< its flags as written there
  std::string resume;                         ///< a run folder to go on with
  std::string runs_root;                      ///< --dir; empty: the usual place
  std::string hidden_size;                    ///< published: units of the hidden layers
  std::string nb_layers;                      ///< published: number of hidden layers
  bool best_config = false;
  bool published = false;  ///< what docs/published.md lists as published
  bool json = false;
  bool no_record = false;
  bool watch = false;
  bool show_recording = false;  ///< what an epoch's recording would cost; nothing is trained
  std::int64_t processes = 1;
};

/// The words of a command line with the flags of a published script, which begin with one dash,
/// gathered behind --script-flag each, where --experiment names a script.
std::vector<std::string> with_script_flags(int argc, char** argv);

/// Adds every flag of the table of fields, and those of the published script.
std::shared_ptr<TrainOptions> add_train_options(CLI::App& command);

/// Published defaults, then file, preset or best configuration, then the flags, in this order.
/// Throws Error(setting) that names the flag.
Experiment experiment_of(const TrainOptions& options);

}  // namespace paralif::cli
