// Where in parameter space a feature lives: the share of neurons that show it, over two axes.
#pragma once

#include "core/lab/search.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class SearchMap : public PlotView {
  Q_OBJECT

 public:
  enum Axis { tauMem, tauSyn, threshold, gain, background, axisCount };

  explicit SearchMap(QWidget* parent = nullptr);
  void setSamples(std::vector<lab::SearchSample> samples);
  void setAxes(Axis x, Axis y);
  [[nodiscard]] qsizetype shownCount() const { return shown_->dataCount(); }
  static QString axisName(Axis axis);

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  [[nodiscard]] static double valueOf(const lab::SearchSample& sample, Axis axis);
  void setUp(QCPAxis* axis, Axis kind);

  std::vector<lab::SearchSample> samples_;
  Axis x_ = tauMem;
  Axis y_ = gain;
  QCPGraph* failed_;
  QCPGraph* shown_;
};

}  // namespace paralif
