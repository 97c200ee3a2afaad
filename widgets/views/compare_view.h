// Test loss and test accuracy of several runs on the same axes.
#pragma once

#include <vector>

#include "core/values/metrics.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

struct ComparedRun {
  QString name;
  std::vector<EpochMetrics> epochs;
  /// Of a mean over several runs, for each epoch: drawn as a band. Empty: of one run.
  std::vector<double> loss_deviation;
  std::vector<double> accuracy_deviation;
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
  /// One deviation below and above a curve.
  std::vector<QCPGraph*> addBand(const QCPGraph& curve, const std::vector<double>& deviations,
                                 double factor);

  std::vector<ComparedRun> runs_;
  QCPAxisRect* loss_;
  QCPAxisRect* accuracy_;
  QCPLegend* key_;
  std::vector<QCPGraph*> losses_;
  std::vector<QCPGraph*> accuracies_;
  std::vector<std::vector<QCPGraph*>> bands_;  ///< of each run: low and high of both, or none
};

}  // namespace paralif
