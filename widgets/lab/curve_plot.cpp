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

void CurvePlot::refreshData() {
  clearPlottables();
  for (const ShownCurve& curve : curves_) {
    if (curve.barWidth > 0.0) {
      auto* bars = new QCPBars(xAxis, yAxis);
      bars->setWidth(curve.barWidth);
      bars->setData(curve.x, curve.y, true);
    } else {
      addGraph()->setData(curve.x, curve.y, true);
    }
  }
  recolor(theme());
}

void CurvePlot::fitAxes() {
  rescaleAxes();
  const QCPRange range = yAxis->range();
  // Room for the note above the curves.
  const auto lines = note_->text().isEmpty() ? 0 : note_->text().count('\n') + 1;
  yAxis->setRange(range.lower - 0.04 * range.size(),
                  range.upper + (0.12 + 0.12 * double(lines)) * range.size());
}

void CurvePlot::recolor(const Theme& theme) {
  note_->setColor(theme.muted);
  QFont small = font();
  small.setPointSizeF(8.0);
  note_->setFont(small);
  for (int i = 0; i < plottableCount(); ++i) {
    const QColor colour = LabPlot::colourOf(theme, static_cast<std::size_t>(i));
    plottable(i)->setPen(QPen(colour, 1.4));
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
