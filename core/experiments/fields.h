// The one table of an experiment's fields: name, unit, range, choices and what the term means.
//
// The form, the command line, the file reader, the validator and the help text are all made
// from it; a new setting is one entry here and one member in experiment.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/experiments/experiment.h"

namespace paralif {

/// No value: no time constant, the default of the neuron, ... It is not 0.
struct Absent {
  bool operator==(const Absent&) const = default;
};
using LayerValue = std::variant<Absent, bool, std::int64_t, double>;

/// A setting that each layer may have of its own is a plain value where all layers share it.
using FieldValue = std::variant<bool, std::int64_t, double, std::string,
                                std::vector<std::int64_t>, Absent, std::vector<LayerValue>>;

/// The value of `layers` is the text of a JSON list of layers, empty for none.
enum class FieldKind { flag, integer, real, text, integers, layers };

enum class FieldGroup { dataset, network, neuron, training, execution };

/// "Dataset", "Network", ...
std::string_view field_group_title(FieldGroup group);

struct Field {
  std::string_view key{};      ///< dotted path in the JSON file, such as "neuron.tau_mem"
  std::string_view flag{};     ///< name on the command line, without dashes
  FieldGroup group{};
  FieldKind kind{};
  bool per_layer = false;      ///< one value, or one a layer
  std::string_view label{};    ///< short name for a form, such as "Membrane time constant"
  std::string_view unit{};     ///< of the stored value: "s", "steps", ... or empty
  std::string_view tooltip{};  ///< what the term means, for a newcomer
  double minimum = 0.0;      ///< inclusive; numbers only
  double maximum = 0.0;      ///< inclusive
  bool minimum_excluded = false;
  std::string_view absent{};  ///< word for no value, such as "none"; empty: a value is needed
  std::string_view zero_word{};  ///< another word for 0, where 0 of it is none of it; or empty
  bool zero_flag_is_absent = false;  ///< the published flag's 0 stands for none
  double display_factor = 1.0;    ///< shown value = stored value * factor
  std::string_view display_unit{};  ///< unit of the shown value, such as "ms"
  std::vector<std::string> choices{};  ///< text fields with a fixed set of values
  bool advanced = false;               ///< rarely changed: a form may fold it away
  bool live = false;                   ///< may change while training
  bool on_resume = false;              ///< may change when a run goes on

  std::function<FieldValue(const Experiment&)> get{};
  std::function<void(Experiment&, const FieldValue&)> set{};
  /// Whether the field has any effect in this experiment (refractory only for LIF, ...).
  std::function<bool(const Experiment&)> applies{};
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
std::optional<std::string> field_problem(const Field& field, const FieldValue& value);

/// Reads a value written as on the command line ("0.02", "true", "none", "128,64", "128 64").
/// Throws Error(setting) that names the field.
FieldValue parse_field(const Field& field, std::string_view text);

/// The value of a list of layers; and back. Throws Error(setting) for a text that is none.
std::string layers_text(const NetworkDescription& network);
NetworkDescription layers_from_text(const std::string& text);

/// Writes a value as parse_field reads it.
std::string format_field(const Field& field, const FieldValue& value);

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
