// Firing rates by layer: now as bars, and over the epochs.
#pragma once

#include "widgets/plots/plot_view.h"
#include "widgets/views/metric_series.h"

namespace paralif {

/// Mean firing rate over the test set, in Hz: spikes per neuron and step over the time step.
class RatesView : public PlotView {
  Q_OBJECT

 public:
  explicit RatesView(QWidget* parent = nullptr);
  /// The series is read where it lies. Null clears.
  void setSeries(const MetricSeries* series, double timeStepS);
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  void setLayers(int layers);

  const MetricSeries* series_ = nullptr;
  double timeStepS_ = 1e-3;
  QCPAxisRect* now_;
  QCPAxisRect* history_;
  QSharedPointer<QCPAxisTickerText> names_;
  QVector<QCPBars*> bars_;
  QVector<QCPGraph*> lines_;
};

}  // namespace paralif
