// The editor of one parameter of a layer, chosen by its type.
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

 Q_SIGNALS:
  void edited(const paralif::ParameterValue& value);
  /// What is typed is no value at all.
  void unreadable(const QString& sentence);

 protected:
  /// The widget that takes the keyboard; its object name is the parameter's key.
  void setInput(const ParameterFacts& facts, QWidget* input);
};

ParameterEditor* makeParameterEditor(const ParameterFacts& facts, QWidget* parent);

}  // namespace paralif
