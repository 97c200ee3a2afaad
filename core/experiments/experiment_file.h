// Experiments as JSON files with a schema version.
#pragma once

#include <filesystem>
#include <string>

#include "core/experiments/experiment.h"

namespace paralif {

/// JSON text, indented, one member for every field of the table.
std::string to_json(const Experiment& experiment);

/// Reads what to_json wrote; missing fields keep their defaults. Unknown fields, wrong types and
/// newer schemas throw Error(file) that names `origin` and the field.
Experiment experiment_from_json(const std::string& text, const std::string& origin);

/// Throws Error(file) when the file cannot be read or is not an experiment.
Experiment load_experiment(const std::filesystem::path& path);

/// Writes aside, then renames. A file of an earlier schema that this replaces is kept beside it, as
/// "NAME.schema1.json". Throws Error(file).
void save_experiment(const Experiment& experiment, const std::filesystem::path& path);

/// The `paralif train ...` line that runs this experiment: only what differs from its defaults.
std::string command_line_of(const Experiment& experiment);

}  // namespace paralif
