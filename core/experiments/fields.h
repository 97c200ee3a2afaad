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
Text field_group_title(FieldGroup group);

struct Field : Parameter<Experiment> {
  FieldGroup group{};
};

/// Every field, in the order a form shows them.
std::span<const Field> experiment_fields();

/// Why a field cannot be changed while a run trains, as a sentence; empty when it can.
std::string_view change_problem(const Field& field);

/// The field of a key or a flag; null when there is none.
const Field* find_field(std::string_view key_or_flag);

/// The value of a list of layers; and back. Throws Error(setting) for a text that is none.
std::string layers_text(const NetworkDescription& network);
NetworkDescription layers_from_text(const std::string& text);

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
