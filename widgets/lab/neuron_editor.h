// One neuron's model and parameters, as sliders and fields.
#pragma once

#include <QWidget>
#include <vector>

#include "core/lab/advice.h"
#include "core/lab/lab_parameters.h"

class QComboBox;
class QLabel;
class QVBoxLayout;

namespace paralif {

class EquationView;
class ParameterSlider;

class NeuronEditor : public QWidget {
  Q_OBJECT

 public:
  explicit NeuronEditor(QWidget* parent = nullptr);

  [[nodiscard]] const lab::LabNeuron& neuron() const { return neuron_; }
  void setNeuron(const lab::LabNeuron& neuron);  ///< emits nothing
  /// Of the simulation, for the explanations of the equations.
  void setTimeStep(double seconds);
  /// What to know about this neuron, below its equations.
  void setAdvice(const std::vector<lab::Advice>& advice);
  [[nodiscard]] QComboBox& modelBox() { return *model_; }
  [[nodiscard]] QComboBox& ruleBox() { return *rule_; }
  [[nodiscard]] QString adviceText() const;
  /// The slider of a parameter by its key; null where the model does not have it.
  [[nodiscard]] ParameterSlider* slider(std::string_view key);

 Q_SIGNALS:
  void neuronEdited(const paralif::lab::LabNeuron& neuron);
  void editFinished();

 private:
  void makeRuleBox();
  void writeAdvice();
  void changeEvent(QEvent* event) override;
  void chooseModel(const QString& name);
  void showParameters();

  struct Row {
    const lab::LabParameter* parameter;
    ParameterSlider* slider;
  };
  lab::LabNeuron neuron_;
  QComboBox* model_;
  QWidget* ruleRow_;
  QComboBox* rule_;  ///< in the order of RefractoryRule
  EquationView* equation_;
  QLabel* notes_;
  std::vector<lab::Advice> advice_;
  std::vector<Row> rows_;
};

}  // namespace paralif
