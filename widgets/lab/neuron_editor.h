// One neuron's model and parameters, as sliders and fields.
#pragma once

#include <QWidget>
#include <vector>

#include "core/lab/lab_neuron.h"

class QComboBox;
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
  [[nodiscard]] QComboBox& modelBox() { return *model_; }
  /// The slider of a parameter by its key; null where the model does not have it.
  [[nodiscard]] ParameterSlider* slider(std::string_view key);

 Q_SIGNALS:
  void neuronEdited(const paralif::lab::LabNeuron& neuron);
  void editFinished();

 private:
  void chooseModel(const QString& name);
  void showParameters();

  struct Row {
    const lab::LabParameter* parameter;
    ParameterSlider* slider;
  };
  lab::LabNeuron neuron_;
  QComboBox* model_;
  EquationView* equation_;
  std::vector<Row> rows_;
};

}  // namespace paralif
