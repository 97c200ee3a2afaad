// One edit of one field, as the undo stack keeps it.
#pragma once

#include <QString>
#include <QUndoCommand>
#include <optional>

#include "core/experiments/fields.h"

namespace paralif {

class ExperimentForm;

/// Consecutive edits of the same field become one.
class ChangeField : public QUndoCommand {
 public:
  ChangeField(ExperimentForm& form, const Field& field, ParameterValue before, ParameterValue after);

  /// With a part, edits become one only with those of the same part. An empty one stands alone.
  void setPart(const QString& part) { part_ = part; }

  void undo() override;
  void redo() override;
  [[nodiscard]] int id() const override;
  bool mergeWith(const QUndoCommand* next) override;

 private:
  ExperimentForm& form_;
  const Field& field_;
  ParameterValue before_;
  ParameterValue after_;
  std::optional<QString> part_;
};

}  // namespace paralif
