// Test loss and test accuracy of several runs on the same axes.
#pragma once

#include <vector>

#include "core/values/metrics.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

struct ComparedRun {
  QString name;
  std::vector<EpochMetrics> epochs;
};

class CompareView : public PlotView {
  Q_OBJECT

 public:
  /// More runs than this cannot be told apart by colour and line.
  static constexpr std::size_t mostRuns = 12;

  explicit CompareView(QWidget* parent = nullptr);
  /// The first mostRuns of them are drawn.
  void setRuns(std::vector<ComparedRun> runs);
  [[nodiscard]] const std::vector<ComparedRun>& runs() const { return runs_; }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  std::vector<ComparedRun> runs_;
  QCPAxisRect* loss_;
  QCPAxisRect* accuracy_;
  QCPLegend* key_;
  std::vector<QCPGraph*> losses_;
  std::vector<QCPGraph*> accuracies_;
};

}  // namespace paralif
