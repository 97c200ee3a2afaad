// Running time over sequence length: medians, quartile bands, failed points, earlier results.
#pragma once

#include <vector>

#include "widgets/plots/plot_view.h"
#include "widgets/timing/timing_reading.h"

namespace paralif {

class TimingPlot : public PlotView {
  Q_OBJECT

 public:
  explicit TimingPlot(QWidget* parent = nullptr);

  void setResults(const TimingResults& results);
  [[nodiscard]] const TimingResults& results() const { return results_; }
  /// Earlier or foreign results, drawn dashed.
  void addOverlay(const QString& name, const TimingResults& results);
  void clearOverlays();
  [[nodiscard]] const std::vector<TimingResults>& overlays() const { return overlays_; }

  void setLogSteps(bool logarithmic);
  void setLogTime(bool logarithmic);
  [[nodiscard]] bool logSteps() const { return logSteps_; }
  [[nodiscard]] bool logTime() const { return logTime_; }
  void setBaseline(const TimingBaseline& baseline);
  [[nodiscard]] const TimingBaseline& baseline() const { return baseline_; }
  /// Rings one of results().points; below 0: none.
  void markPoint(qint64 point);

  [[nodiscard]] qsizetype lines() const { return lines_.size(); }
  [[nodiscard]] qsizetype pointsOf(qsizetype line) const {
    return lines_[line].median->dataCount();
  }
  /// Crosses of points that could not be measured.
  [[nodiscard]] qsizetype failedPoints() const;
  /// Where a point of results().points is drawn, in pixels of the widget.
  [[nodiscard]] QPointF pixelOf(qsizetype point) const;
  /// The reading at a place in the widget, as the cursor shows it.
  [[nodiscard]] QString readingAt(QPointF position) const { return readout(*axisRect(), position); }

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  struct Line {
    QCPGraph* low = nullptr;   ///< first quartile, invisible; the band's other edge
    QCPGraph* high = nullptr;  ///< third quartile, filled down to low
    QCPGraph* median = nullptr;
    QCPGraph* failed = nullptr;
    TimingCurve curve;
    TimingDevice device;
    qsizetype source = -1;  ///< index of an overlay; -1: the results
    qsizetype colour = 0;
  };
  void rebuild();
  void addLines(const TimingResults& results, qsizetype source, const QString& origin);
  void fill(Line& line);
  [[nodiscard]] const TimingResults& of(const Line& line) const;
  [[nodiscard]] qsizetype colourOf(const TimingCurve& curve, const TimingDevice& device) const;
  void setScale(QCPAxis* axis, bool logarithmic);

  TimingResults results_;
  std::vector<TimingResults> overlays_;
  QStringList overlayNames_;
  QVector<Line> lines_;
  QCPGraph* mark_ = nullptr;
  QCPLegend* key_;
  TimingBaseline baseline_;
  qint64 marked_ = -1;
  bool logSteps_ = true;
  bool logTime_ = true;
};

}  // namespace paralif
