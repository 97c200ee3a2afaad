// Accuracy against noise: a line a network, with the deviation of its tests.
#pragma once

#include <optional>
#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

/// One network, tested at several levels.
struct RobustnessCurve {
  struct Point {
    std::optional<double> level;  ///< dB; absent: no noise
    double mean = 0.0;            ///< accuracy, 0..1
    double deviation = 0.0;
    int tests = 0;
  };
  QString name;
  std::vector<Point> points;
};

/// Levels stand side by side from the noisiest to "none", each as far from the next.
class RobustnessPlot : public PlotView {
  Q_OBJECT

 public:
  explicit RobustnessPlot(QWidget* parent = nullptr);
  void setCurves(std::vector<RobustnessCurve> curves);
  [[nodiscard]] const std::vector<RobustnessCurve>& curves() const { return curves_; }
  /// Place of a level along the axis; -1: no curve has it.
  [[nodiscard]] int placeOf(const std::optional<double>& level) const;
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  std::vector<RobustnessCurve> curves_;
  std::vector<std::optional<double>> levels_;  ///< in the order of the axis
  QSharedPointer<QCPAxisTickerText> ticks_;
  std::vector<QCPGraph*> lines_;
  std::vector<QCPErrorBars*> bars_;
};

}  // namespace paralif
