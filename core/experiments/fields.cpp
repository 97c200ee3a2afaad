#include "core/experiments/fields.h"

#include <fmt/format.h>

#include <charconv>

#include "core/experiments/network_presets.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// cpu, cuda or cuda:N.
bool is_device(const std::string& text) {
  if (text == "cpu" || text == "cuda") return true;
  if (!text.starts_with("cuda:")) return false;
  int number = -1;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + 5, end, number);
  return read.ec == std::errc() && read.ptr == end && number >= 0;
}

}  // namespace

std::string_view field_group_title(FieldGroup group) {
  switch (group) {
    case FieldGroup::dataset: return "Dataset";
    case FieldGroup::network: return "Network";
    case FieldGroup::neuron: return "Neuron";
    case FieldGroup::training: return "Training";
    case FieldGroup::recording: return "Recording";
    case FieldGroup::execution: return "Execution";
  }
  return {};
}

const Field* find_field(std::string_view key_or_flag) {
  for (const Field& field : experiment_fields()) {
    if (field.is_named(key_or_flag)) return &field;
  }
  return nullptr;
}

std::optional<std::string> field_problem(const Field& field, const ParameterValue& value) {
  if (const auto* list = std::get_if<std::vector<std::int64_t>>(&value);
      list != nullptr && list->size() > most_layers) {
    return fmt::format("has {} entries: give at most {}", list->size(), most_layers);
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    if (field.key == "device" && !is_device(*text)) {
      return fmt::format("'{}' is unknown: choose cpu, cuda or cuda:N", *text);
    }
  }
  return value_problem(field, value);
}

std::string_view change_problem(const Field& field) {
  if (field.live) return {};
  if (field.on_resume) {
    return "cannot change while training: stop, change it, and resume the run";
  }
  switch (field.group) {
    case FieldGroup::dataset:
      return "cannot change during a run, which would go on with other data: start a new run";
    case FieldGroup::network:
    case FieldGroup::neuron:
      return "cannot change during a run, whose weights belong to this network: start a new run";
    case FieldGroup::training:
    case FieldGroup::recording:
    case FieldGroup::execution:
      return "cannot change during a run, which could not be repeated: start a new run";
  }
  return {};
}

ParameterValue parse_field(const Field& field, std::string_view text) {
  ParameterValue value = parse_parameter(field, text);
  if (field.type == ParameterType::layers) {
    return layers_text(network_named(std::get<std::string>(value)));
  }
  if (const auto problem = field_problem(field, value)) {
    throw Error(Error::Kind::setting, std::string(field.option()), *problem);
  }
  return value;
}

std::string format_field(const Field& field, const ParameterValue& value) {
  if (field.type != ParameterType::layers) return format_parameter(value);
  const std::string& text = std::get<std::string>(value);
  if (text.empty()) return "dense";
  const std::string_view preset = preset_name_of(layers_from_text(text));
  return preset.empty() ? text : std::string(preset);
}

std::string field_text(const Field& field, const Experiment& experiment) {
  return format_field(field, field.get(experiment));
}

bool same_value(const Field& field, const Experiment& a, const Experiment& b) {
  return field.get(a) == field.get(b);
}

}  // namespace paralif
