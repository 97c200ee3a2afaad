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
  /// Settings to mark, such as those of an answer that came without its samples.
  void setMarks(std::vector<lab::LabNeuron> marks);
  /// What stands in the map while there are neither samples nor marks.
  void setEmptyText(const QString& text);
  void setAxes(Axis x, Axis y);
  [[nodiscard]] qsizetype shownCount() const { return shown_->dataCount(); }
  [[nodiscard]] qsizetype markCount() const { return marked_->dataCount(); }
  [[nodiscard]] bool isEmpty() const { return samples_.empty() && marks_.empty(); }
  static QString axisName(Axis axis);

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  [[nodiscard]] static double valueOf(const lab::SearchSample& sample, Axis axis);
  [[nodiscard]] static double valueOf(const lab::LabNeuron& neuron, Axis axis);
  void setUp(QCPAxis* axis, Axis kind);
  void fitAxes() override;

  std::vector<lab::SearchSample> samples_;
  std::vector<lab::LabNeuron> marks_;
  QString emptyText_;
  Axis x_ = tauMem;
  Axis y_ = gain;
  QCPGraph* failed_;
  QCPGraph* shown_;
  QCPGraph* marked_;
};

}  // namespace paralif
