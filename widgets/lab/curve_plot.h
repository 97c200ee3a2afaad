// Curves or bars of several neurons over one axis: f-I, impulse response, intervals.
#pragma once

#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

struct ShownCurve {
  QString name;
  QVector<double> x, y;
  double barWidth = 0.0;     ///< above 0: drawn as bars of this width
  std::size_t colour = 0;    ///< the neuron it belongs to
  bool formula = false;      ///< drawn dashed, beside what was simulated
  bool ofOtherUnit = false;  ///< drawn against the right axis
};

class CurvePlot : public PlotView {
  Q_OBJECT

 public:
  /// Labels with units.
  CurvePlot(const QString& name, const QString& xLabel, const QString& yLabel,
            QWidget* parent = nullptr);
  void setCurves(std::vector<ShownCurve> curves);
  /// Label of the right axis, which is shown while a curve is drawn against it.
  void setOtherLabel(const QString& label) { yAxis2->setLabel(label); }
  /// A line of text in the upper right corner.
  void setNote(const QString& note);
  [[nodiscard]] const std::vector<ShownCurve>& curves() const { return curves_; }
  [[nodiscard]] QString note() const { return note_->text(); }

  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  /// Of the curves against one axis; null: there are none.
  void fitAxis(QCPAxis* axis, bool otherUnit);
  [[nodiscard]] bool hasOtherUnit() const;

  std::vector<ShownCurve> curves_;
  QCPItemText* note_;
};

}  // namespace paralif
