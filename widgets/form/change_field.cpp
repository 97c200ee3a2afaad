// The command holds two values of one field, never a whole experiment.
#include "widgets/form/change_field.h"

#include <QCoreApplication>

#include "widgets/form/experiment_form.h"
#include "widgets/theme/words.h"

namespace paralif {

ChangeField::ChangeField(ExperimentForm& form, const Field& field, ParameterValue before,
                         ParameterValue after)
    : form_(form), field_(field), before_(std::move(before)), after_(std::move(after)) {
  setText(QCoreApplication::translate("ChangeField", "%1").arg(textOf(field.label).toLower()));
}

void ChangeField::undo() { form_.applyField(field_, before_); }

void ChangeField::redo() { form_.applyField(field_, after_); }

int ChangeField::id() const {
  return static_cast<int>(&field_ - experiment_fields().data());
}

bool ChangeField::mergeWith(const QUndoCommand* next) {
  const auto& later = *static_cast<const ChangeField*>(next);
  if (later.part_ != part_ || (part_ && part_->isEmpty())) return false;
  after_ = later.after_;
  setObsolete(after_ == before_);
  return true;
}

}  // namespace paralif
