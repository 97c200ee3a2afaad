// Which neurons to trace: add by layer and index, remove by a click on its chip.
#pragma once

#include <QWidget>
#include <vector>

#include "core/sessions/session.h"

class QComboBox;
class QHBoxLayout;
class QSpinBox;
class QToolButton;

namespace paralif {

class NeuronPicker : public QWidget {
  Q_OBJECT

 public:
  using Neuron = WatchRequest::Neuron;
  static constexpr std::size_t most = 8;  ///< strips that can be told apart

  explicit NeuronPicker(QWidget* parent = nullptr);

  /// Units of each hidden layer; neurons that no longer exist are dropped.
  void setLayers(const std::vector<std::int64_t>& hidden);
  [[nodiscard]] const std::vector<std::int64_t>& layers() const { return hidden_; }
  void setNeurons(std::vector<Neuron> neurons);
  [[nodiscard]] const std::vector<Neuron>& neurons() const { return neurons_; }

 Q_SIGNALS:
  void neuronsChanged();

 private:
  void addChosen();
  void remove(const Neuron& neuron);
  void rebuildChips();

  std::vector<std::int64_t> hidden_;
  std::vector<Neuron> neurons_;
  QComboBox* layer_;
  QSpinBox* index_;
  QToolButton* add_;
  QHBoxLayout* chips_;
};

}  // namespace paralif
