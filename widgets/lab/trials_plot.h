// Many trials of one stochastic neuron: a raster above their mean rate.
#pragma once

#include "core/lab/analysis.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class SpikeRows;

class TrialsPlot : public PlotView {
  Q_OBJECT

 public:
  explicit TrialsPlot(QWidget* parent = nullptr);
  /// `mean` is the rate in Hz against ms.
  void setTrials(std::vector<std::vector<std::int32_t>> trials, const lab::Curve& mean,
                 double stepMs, double endMs, std::size_t neuron);
  [[nodiscard]] std::size_t trialCount() const { return trials_.size(); }

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  QCPAxisRect* raster_;
  QCPAxisRect* rate_;
  SpikeRows* rows_;
  QCPGraph* mean_;
  std::vector<std::vector<std::int32_t>> trials_;
  lab::Curve curve_;
  double stepMs_ = 1.0;
  double endMs_ = 100.0;
  std::size_t neuron_ = 0;
};

}  // namespace paralif
