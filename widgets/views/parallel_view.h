// Runs as lines across the settings that differ, coloured by their test accuracy (parallel
// coordinates; Inselberg, 1985).
#pragma once

#include <map>
#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

/// A setting: numbers on a scale, or words that each have a place.
struct ParallelAxis {
  QString label;
  std::vector<QString> words;  ///< in order from below; empty: numbers
  bool logarithmic = false;    ///< all numbers are above 0
};

struct ParallelLine {
  QString name;
  std::vector<double> values;  ///< one an axis: the number, or the word's index; NaN: none
  double accuracy = 0.0;       ///< 0..1, the last axis
};

/// Dragging along an axis keeps the lines that pass there and fades the others; a click on the axis
/// lets all pass again, a double click anywhere frees every axis.
class ParallelView : public PlotView {
  Q_OBJECT

 public:
  explicit ParallelView(QWidget* parent = nullptr);

  void setLines(std::vector<ParallelAxis> axes, std::vector<ParallelLine> lines);
  [[nodiscard]] const std::vector<ParallelAxis>& axes() const { return axes_; }
  [[nodiscard]] const std::vector<ParallelLine>& lines() const { return lines_; }
  /// Of the lines that pass everywhere, in their order.
  [[nodiscard]] std::vector<std::size_t> chosen() const;
  /// "12 of 48 runs, 91.2 to 95.0 %"; empty without lines.
  [[nodiscard]] QString summary() const;
  void writeCsv(QTextStream& out) const override;

 Q_SIGNALS:
  void chosenChanged();

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  struct Scale {
    double low = 0.0, high = 1.0;
  };
  /// The accuracy, in per cent, stands behind the settings.
  [[nodiscard]] std::size_t axisCount() const { return axes_.size() + 1; }
  [[nodiscard]] double valueAt(const ParallelLine& line, std::size_t axis) const;
  [[nodiscard]] Scale scaleOf(std::size_t axis) const;
  /// 0 below, 1 above; NaN: the line has no value there.
  [[nodiscard]] double placeOf(const ParallelLine& line, std::size_t axis) const;
  [[nodiscard]] bool passes(const ParallelLine& line) const;
  [[nodiscard]] int axisNear(QPointF position) const;
  [[nodiscard]] int lineNear(QPointF position) const;
  void addMarks(std::size_t axis);
  void mark(std::size_t axis, double place, const QString& text);
  void changeInterval();

  std::vector<ParallelAxis> axes_;
  std::vector<ParallelLine> lines_;
  std::vector<Scale> scales_;
  std::map<std::size_t, QCPRange> passing_;  ///< by axis, in places; others let all pass
  int dragged_ = -1;                         ///< axis
  double from_ = 0.0;                        ///< place where the drag began
  std::vector<QCPGraph*> graphs_;            ///< one a line
  std::vector<QCPItemStraightLine*> rails_;
  std::vector<QCPItemText*> marks_;
  std::vector<QCPItemRect*> intervals_;  ///< one an axis, hidden where all pass
};

}  // namespace paralif
