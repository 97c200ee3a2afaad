// Learning curves: loss and accuracy of training and test set over the epochs.
#pragma once

#include <QWidget>

#include "widgets/plots/plot_view.h"
#include "widgets/views/metric_series.h"

class QLabel;

namespace paralif {

class ViewCaption;

/// Loss at the left, accuracy in % at the right, both over epochs on axes that move together.
class CurvesPlot : public PlotView {
  Q_OBJECT

 public:
  explicit CurvesPlot(QWidget* parent = nullptr);

  /// The series is read where it lies; call again after every growth. Null clears.
  void setSeries(const MetricSeries* series);
  /// Right end of the epoch axis while following; 0: the data decides.
  void setEpochs(qint64 epochs);
  [[nodiscard]] qsizetype epochPoints() const { return trainLoss_->dataCount(); }
  [[nodiscard]] qsizetype batchPoints() const { return batchLoss_->dataCount(); }
  /// Vertical lines: settings that were changed while training.
  [[nodiscard]] qsizetype marks() const { return marks_.size(); }

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  QCPGraph* addCurve(QCPAxisRect* rect, const QString& name);
  void showChanges();

  const MetricSeries* series_ = nullptr;
  qint64 epochs_ = 0;
  struct Mark {
    QCPItemStraightLine* line;
    QCPItemText* text;
  };
  QVector<Mark> marks_;
  QCPAxisRect* loss_;
  QCPAxisRect* accuracy_;
  QCPGraph* batchLoss_;
  QCPGraph* trainLoss_;
  QCPGraph* validationLoss_;  ///< in the legend only where there is a validation part
  QCPGraph* testLoss_;
  QCPGraph* trainAccuracy_;
  QCPGraph* validationAccuracy_;
  QCPGraph* testAccuracy_;
  QCPLegend* key_ = nullptr;
};

/// The curves below a line with the newest figures.
class CurvesView : public QWidget {
  Q_OBJECT

 public:
  explicit CurvesView(QWidget* parent = nullptr);
  void setSeries(const MetricSeries* series, qint64 epochs);
  [[nodiscard]] CurvesPlot& plot() { return *plot_; }
  [[nodiscard]] ViewCaption& caption() { return *caption_; }

 private:
  QLabel* summary_;
  ViewCaption* caption_;
  CurvesPlot* plot_;
};

}  // namespace paralif
