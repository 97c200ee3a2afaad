// The accuracy of runs, as boxes of those that differ in the seed only or against a number.
#pragma once

#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

struct OutcomePoint {
  QString run;
  std::size_t group = 0;
  double accuracy = 0.0;  ///< 0..1
  double x = 0.0;         ///< against which it is drawn; of no meaning with boxes
};

class OutcomeView : public PlotView {
  Q_OBJECT

 public:
  explicit OutcomeView(QWidget* parent = nullptr);

  /// A box for each group: median, quartiles, the furthest within 1.5 interquartile ranges, and
  /// each run as a point.
  void setBoxes(std::vector<QString> groups, std::vector<OutcomePoint> points);
  /// A point for each run, in the colour of its group, against `label`.
  void setScatter(std::vector<QString> groups, std::vector<OutcomePoint> points,
                  const QString& label);

  [[nodiscard]] const std::vector<OutcomePoint>& points() const { return points_; }
  [[nodiscard]] const std::vector<QString>& groups() const { return groups_; }
  [[nodiscard]] bool showsBoxes() const { return label_.isEmpty(); }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  [[nodiscard]] double placeOf(const OutcomePoint& point) const;

  std::vector<QString> groups_;
  std::vector<OutcomePoint> points_;
  QString label_;  ///< empty: boxes
  std::vector<QCPStatisticalBox*> boxes_;
  std::vector<QCPGraph*> dots_;
  QCPLegend* key_;
};

}  // namespace paralif
