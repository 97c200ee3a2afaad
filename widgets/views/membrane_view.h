// Membranes of picked neurons and of the read-out, as two tabs.
#pragma once

#include <QTabWidget>
#include <memory>

#include "widgets/views/class_names.h"
#include "widgets/views/membrane_plot.h"
#include "widgets/views/neuron_picker.h"
#include "widgets/views/readout_plot.h"

namespace paralif {

class ViewCaption;

class MembraneView : public QTabWidget {
  Q_OBJECT

 public:
  explicit MembraneView(QWidget* parent = nullptr);
  /// A value of "membranes".
  void setProbe(const std::shared_ptr<const SampleProbe>& probe);
  [[nodiscard]] const std::shared_ptr<const SampleProbe>& probe() const { return probe_; }
  void setClassNames(const ClassNames& names);
  [[nodiscard]] ViewCaption& caption() { return *caption_; }
  /// Why other neurons cannot be traced; empty: they can.
  void setProblem(const QString& sentence);
  [[nodiscard]] NeuronPicker& picker() { return *picker_; }
  [[nodiscard]] MembranePlot& plot() { return *plot_; }
  [[nodiscard]] ReadoutPlot& readoutPlot() { return *readout_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  std::shared_ptr<const SampleProbe> probe_;
  NeuronPicker* picker_;
  ViewCaption* caption_;
  MembranePlot* plot_;
  ReadoutPlot* readout_;
};

}  // namespace paralif
