// The editor of one field of an experiment, chosen by the kind of its value.
#pragma once

#include <QWidget>

#include "core/experiments/fields.h"

namespace paralif {

class FieldEditor : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;
  /// Shows a value without emitting.
  virtual void setValue(const FieldValue& value) = 0;
  /// The widget that takes the keyboard; its object name is the field's key.
  [[nodiscard]] QWidget* input() const { return input_; }

 Q_SIGNALS:
  void edited(const paralif::FieldValue& value);
  /// What is typed is no value at all.
  void unreadable(const QString& sentence);

 protected:
  void setInput(const Field& field, QWidget* input);
  void addToRow(QWidget* widget);

 private:
  QWidget* input_ = nullptr;
};

FieldEditor* makeFieldEditor(const Field& field, QWidget* parent);

}  // namespace paralif
