// A model's equations; hovering a term tells what it is and its value now.
#pragma once

#include <QLabel>

#include "core/lab/lab_neuron.h"

namespace paralif {

class EquationView : public QLabel {
  Q_OBJECT

 public:
  explicit EquationView(QWidget* parent = nullptr);
  void setNeuron(const lab::LabNeuron& neuron);
  /// What a term of the equations means; empty for a name that is no term.
  [[nodiscard]] QString meaningOf(const QString& term) const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void write();
  lab::LabNeuron neuron_;
};

}  // namespace paralif
