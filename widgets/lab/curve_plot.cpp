// Graphs and bars are made anew with every set of curves, of which there are few and short ones.
#include "widgets/lab/curve_plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/lab/lab_plot.h"

namespace paralif {

CurvePlot::CurvePlot(const QString& name, const QString& xLabel, const QString& yLabel,
                     QWidget* parent)
    : PlotView(name, parent), note_(new QCPItemText(this)) {
  setUpAxisRect(axisRect(), xLabel, yLabel);
  axisRect()->setMinimumMargins(QMargins(0, 4, 10, 0));
  note_->position->setAxisRect(axisRect());
  note_->position->setType(QCPItemPosition::ptAxisRectRatio);
  note_->position->setCoords(0.98, 0.02);
  note_->setPositionAlignment(Qt::AlignRight | Qt::AlignTop);
  note_->setTextAlignment(Qt::AlignRight);
  note_->setText(QString());
  applyTheme();
}

void CurvePlot::setCurves(std::vector<ShownCurve> curves) {
  curves_ = std::move(curves);
  dataChanged();
}

void CurvePlot::setNote(const QString& note) {
  if (note == note_->text()) return;
  note_->setText(note);
  dataChanged();
}

bool CurvePlot::hasOtherUnit() const {
  return std::ranges::any_of(curves_, &ShownCurve::ofOtherUnit);
}

void CurvePlot::refreshData() {
  clearPlottables();
  for (const ShownCurve& curve : curves_) {
    QCPAxis* const value = curve.ofOtherUnit ? yAxis2 : yAxis;
    if (curve.barWidth > 0.0) {
      auto* bars = new QCPBars(xAxis, value);
      bars->setWidth(curve.barWidth);
      bars->setData(curve.x, curve.y, true);
    } else {
      addGraph(xAxis, value)->setData(curve.x, curve.y, true);
    }
  }
  const bool other = hasOtherUnit();
  const bool only = other && std::ranges::all_of(curves_, &ShownCurve::ofOtherUnit);
  yAxis->setVisible(!only);
  yAxis2->setVisible(other);
  yAxis2->setTicks(other);
  yAxis2->setTickLabels(other);
  yAxis2->setTickLength(0, 4);
  yAxis2->ticker()->setTickCount(5);
  recolor(theme());
}

void CurvePlot::fitAxis(QCPAxis* axis, bool otherUnit) {
  double low = 0.0;
  double high = 0.0;
  for (const ShownCurve& curve : curves_) {
    if (curve.ofOtherUnit != otherUnit) continue;
    for (const double y : curve.y) {
      low = std::min(low, y);
      high = std::max(high, y);
    }
  }
  if (high - low <= 0.0) high = 1.0;  // a silent neuron: zero, and no negative rates
  // Room for the note above the curves.
  const auto lines = note_->text().isEmpty() ? 0 : note_->text().count('\n') + 1;
  const double size = high - low;
  axis->setRange(low < 0.0 ? low - 0.04 * size : 0.0, high + (0.12 + 0.12 * double(lines)) * size);
}

void CurvePlot::fitAxes() {
  bool any = false;
  QCPRange all;
  for (const ShownCurve& curve : curves_) {
    if (curve.x.isEmpty()) continue;
    const QCPRange range(curve.x.first() - 0.5 * curve.barWidth,
                         curve.x.last() + 0.5 * curve.barWidth);
    any ? all.expand(range) : void(all = range);
    any = true;
  }
  if (any && all.size() > 0.0) xAxis->setRange(all);
  fitAxis(yAxis, false);
  if (hasOtherUnit()) fitAxis(yAxis2, true);
}

void CurvePlot::recolor(const Theme& theme) {
  note_->setColor(theme.muted);
  QFont small = font();
  small.setPointSizeF(8.0);
  note_->setFont(small);
  for (int i = 0; i < plottableCount(); ++i) {
    const ShownCurve& curve = curves_[static_cast<std::size_t>(i)];
    const QColor colour = LabPlot::colourOf(theme, curve.colour);
    plottable(i)->setPen(curve.formula ? QPen(mix(theme.surface, colour, 0.75), 1.0, Qt::DashLine)
                                       : QPen(colour, 1.4));
    if (qobject_cast<QCPBars*>(plottable(i)) != nullptr) {
      QColor fill = colour;
      fill.setAlpha(110);
      plottable(i)->setBrush(fill);
    }
  }
}

QString CurvePlot::readout(const QCPAxisRect& rect, QPointF position) const {
  const double x = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  QString text = QString("%1: %2").arg(xAxis->label()).arg(x, 0, 'g', 4);
  for (const ShownCurve& curve : curves_) {
    if (curve.x.isEmpty()) continue;
    const auto place = std::lower_bound(curve.x.begin(), curve.x.end(), x);
    auto index = std::min<qsizetype>(place - curve.x.begin(), curve.x.size() - 1);
    if (index > 0 && x - curve.x[index - 1] < curve.x[index] - x) --index;
    text += QString("\n%1: %2").arg(curve.name).arg(curve.y[index], 0, 'g', 4);
  }
  return text;
}

void CurvePlot::writeCsv(QTextStream& out) const {
  out << "curve," << '"' << xAxis->label() << "\",\"" << yAxis->label() << "\"\n";
  for (const ShownCurve& curve : curves_) {
    for (qsizetype i = 0; i < curve.x.size(); ++i) {
      out << '"' << curve.name << "\"," << curve.x[i] << "," << curve.y[i] << "\n";
    }
  }
}

}  // namespace paralif
