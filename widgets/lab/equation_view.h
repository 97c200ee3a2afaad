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
  /// In force when a decay is explained.
  void setTimeStep(double seconds) { step_s_ = seconds; }
  /// What a term of the equations means; empty for a name that is no term.
  [[nodiscard]] QString meaningOf(const QString& term) const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void write();
  [[nodiscard]] QString refractoryMeaning() const;
  lab::LabNeuron neuron_;
  double step_s_ = 1e-3;
};

}  // namespace paralif
