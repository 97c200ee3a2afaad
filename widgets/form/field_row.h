// One line of the form: label, editor, and below them what is wrong, if anything is.
#pragma once

#include <QWidget>

#include "core/experiments/fields.h"

class QLabel;
class QToolButton;

namespace paralif {

class ParameterEditor;

class FieldRow : public QWidget {
  Q_OBJECT

 public:
  FieldRow(const Field& field, QWidget* parent);

  [[nodiscard]] const Field& field() const { return field_; }
  [[nodiscard]] ParameterEditor& editor() { return *editor_; }
  /// A button behind the editor, for a dialog about the field.
  QToolButton* addButton(const QString& text, const QString& tip);
  /// Empty: nothing is wrong.
  void setProblem(const QString& sentence);
  [[nodiscard]] QString problem() const { return problem_; }
  /// What is to be known about the field while nothing is wrong with it; empty: nothing.
  void setNote(const QString& sentence);
  [[nodiscard]] QString note() const { return note_; }

 Q_SIGNALS:
  void severalRequested();  ///< by the menu of the label

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void showSentence();
  void colourSentence();

  const Field& field_;
  ParameterEditor* editor_;
  QLabel* label_;
  QLabel* sentence_;
  QString problem_;
  QString note_;
};

}  // namespace paralif
