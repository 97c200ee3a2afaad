// Membranes of picked neurons and of the read-out, as two tabs.
#pragma once

#include <QTabWidget>
#include <memory>

#include "widgets/views/membrane_plot.h"
#include "widgets/views/neuron_picker.h"
#include "widgets/views/readout_plot.h"

namespace paralif {

class MembraneView : public QTabWidget {
  Q_OBJECT

 public:
  explicit MembraneView(QWidget* parent = nullptr);
  void setProbe(const std::shared_ptr<const SampleProbe>& probe);
  void setDataset(const QString& dataset);
  [[nodiscard]] NeuronPicker& picker() { return *picker_; }
  [[nodiscard]] MembranePlot& plot() { return *plot_; }
  [[nodiscard]] ReadoutPlot& readoutPlot() { return *readout_; }

 private:
  NeuronPicker* picker_;
  MembranePlot* plot_;
  ReadoutPlot* readout_;
};

}  // namespace paralif
