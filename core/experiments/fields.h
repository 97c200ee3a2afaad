// The one table of an experiment's fields: name, unit, range, choices and what the term means.
//
// The form, the command line, the file reader, the validator and the help text are all made
// from it; a new setting is one entry here and one member in experiment.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/experiments/experiment.h"
#include "core/values/parameter.h"

namespace paralif {

enum class FieldGroup { dataset, network, neuron, training, recording, execution };

/// "Dataset", "Network", ...
std::string_view field_group_title(FieldGroup group);

struct Field : Parameter<Experiment> {
  FieldGroup group{};
};

/// Every field, in the order a form shows them.
std::span<const Field> experiment_fields();

/// Hidden layers, and values of any list.
inline constexpr std::size_t most_layers = 1000;

/// Why a field cannot be changed while a run trains, as a sentence; empty when it can.
std::string_view change_problem(const Field& field);

/// The field of a key or a flag; null when there is none.
const Field* find_field(std::string_view key_or_flag);

/// What is wrong with a value for this field, as a sentence; nothing when it is good.
std::optional<std::string> field_problem(const Field& field, const ParameterValue& value);

/// Reads a value written as on the command line ("0.02", "true", "none", "128,64", "128 64").
/// Throws Error(setting) that names the field.
ParameterValue parse_field(const Field& field, std::string_view text);

/// The value of a list of layers; and back. Throws Error(setting) for a text that is none.
std::string layers_text(const NetworkDescription& network);
NetworkDescription layers_from_text(const std::string& text);

/// Writes a value as parse_field reads it.
std::string format_field(const Field& field, const ParameterValue& value);
/// The value that an experiment has.
std::string field_text(const Field& field, const Experiment& experiment);

/// Whether two experiments have the same value.
bool same_value(const Field& field, const Experiment& a, const Experiment& b);

/// One thing that keeps an experiment from running.
struct Problem {
  std::string key;       ///< the field to mend
  std::string sentence;  ///< for people
};

/// Everything that is wrong with an experiment, field by field and in combination.
std::vector<Problem> problems_of(const Experiment& experiment);

/// Throws Error(setting) with the first problem, if there is any.
void validate(const Experiment& experiment);

}  // namespace paralif
