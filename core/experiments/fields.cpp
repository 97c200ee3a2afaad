#include "core/experiments/fields.h"

namespace paralif {

Text field_group_title(FieldGroup group) {
  switch (group) {
    case FieldGroup::dataset:
      return marked("Dataset");
    case FieldGroup::network:
      return marked("Network");
    case FieldGroup::neuron:
      return marked("Neuron");
    case FieldGroup::training:
      return marked("Training");
    case FieldGroup::recording:
      return marked("Recording");
    case FieldGroup::execution:
      return marked("Execution");
  }
  return {};
}

const Field* find_field(std::string_view key_or_flag) {
  for (const Field& field : experiment_fields()) {
    if (field.is_named(key_or_flag)) return &field;
  }
  return nullptr;
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

bool same_value(const Field& field, const Experiment& a, const Experiment& b) {
  return field.get(a) == field.get(b);
}

}  // namespace paralif
