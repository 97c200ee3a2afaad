// The editor of one parameter, chosen by its type: of an experiment, a layer or a plan.
#pragma once

#include <QWidget>

#include "core/values/parameter.h"

namespace paralif {

class ParameterEditor : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;
  /// Shows a value without emitting.
  virtual void setValue(const ParameterValue& value) = 0;
  /// The widget that takes the keyboard; its object name is the parameter's key.
  [[nodiscard]] QWidget* input() const { return input_; }

 Q_SIGNALS:
  void edited(const paralif::ParameterValue& value);
  /// What is typed is no value at all.
  void unreadable(const QString& sentence);

 protected:
  void setInput(const ParameterFacts& facts, QWidget* input);
  void addToRow(QWidget* widget);

 private:
  QWidget* input_ = nullptr;
};

/// What it is, what its choices mean and its unit, as a tool tip.
QString explanationOf(const ParameterFacts& facts);

ParameterEditor* makeParameterEditor(const ParameterFacts& facts, QWidget* parent);

}  // namespace paralif
