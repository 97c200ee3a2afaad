// The form of an experiment, made from the table of fields.
#pragma once

#include <QHash>
#include <QScrollArea>
#include <QUndoStack>
#include <QVector>

#include "core/experiments/fields.h"

class QToolButton;

namespace paralif {

class FieldRow;

/// Shows the fields that have an effect, group by group; rarely changed ones fold away. Every
/// edit is undone and redone by undoStack().
class ExperimentForm : public QScrollArea {
  Q_OBJECT

 public:
  explicit ExperimentForm(QWidget* parent = nullptr);

  [[nodiscard]] const Experiment& experiment() const { return experiment_; }
  /// Starts over with another experiment: nothing is left to undo.
  void setExperiment(const Experiment& experiment);
  [[nodiscard]] QUndoStack* undoStack() { return &undo_; }

  /// Changes one field without a step to undo; ChangeField uses it.
  void applyField(const Field& field, const ParameterValue& value);
  /// What keeps the experiment from running, also text that is no value.
  [[nodiscard]] std::vector<Problem> problems() const;
  /// Brings a field into view and gives it the keyboard. False: there is no such field.
  bool focusField(const QString& key);
  [[nodiscard]] FieldRow* row(const QString& key) const { return rows_.value(key); }

 Q_SIGNALS:
  void experimentChanged();
  /// Several values of a field are wanted, in a sweep.
  void sweepRequested(const QString& key);

 protected:
  /// No narrower than its rows: they are never cut off at the side.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Section {
    FieldGroup group;
    QWidget* header;
    QToolButton* more;
    QVector<FieldRow*> rows;
  };
  void addSection(FieldGroup group, QWidget* parent);
  void edit(FieldRow& row, const ParameterValue& value);
  void showApplying();
  void showProblems();

  Experiment experiment_;
  QUndoStack undo_;
  QVector<Section> sections_;
  QHash<QString, FieldRow*> rows_;
  QHash<QString, QString> unreadable_;  ///< sentence by key
};

}  // namespace paralif
