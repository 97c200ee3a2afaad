// Two strips with one time axis.
#include "widgets/lab/trials_plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/lab/lab_plot.h"
#include "widgets/lab/spike_rows.h"

namespace paralif {

TrialsPlot::TrialsPlot(QWidget* parent)
    : PlotView(tr("Trials"), parent), raster_(new QCPAxisRect(this)), rate_(new QCPAxisRect(this)) {
  plotLayout()->clear();
  plotLayout()->addElement(0, 0, raster_);
  plotLayout()->addElement(1, 0, rate_);
  plotLayout()->setRowStretchFactor(0, 3);
  plotLayout()->setRowStretchFactor(1, 2);
  plotLayout()->setRowSpacing(0);
  setUpAxisRect(raster_, QString(), tr("Trial"));
  setUpAxisRect(rate_, tr("Time (ms)"), tr("Rate (Hz)"));
  auto* margins = new QCPMarginGroup(this);
  for (QCPAxisRect* rect : {raster_, rate_}) {
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    rect->setMinimumMargins(QMargins(20, 4, 12, 4));
  }
  raster_->axis(QCPAxis::atBottom)->setTickLabels(false);
  raster_->axis(QCPAxis::atLeft)->setRangeReversed(true);
  raster_->axis(QCPAxis::atLeft)->grid()->setVisible(false);
  for (QCPAxisRect* rect : {raster_, rate_}) {
    rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
  }
  rows_ = new SpikeRows(raster_->axis(QCPAxis::atBottom), raster_->axis(QCPAxis::atLeft));
  mean_ = addGraph(rate_->axis(QCPAxis::atBottom), rate_->axis(QCPAxis::atLeft));
  mean_->setLineStyle(QCPGraph::lsStepCenter);
  const auto link = [this](QCPAxisRect* from, QCPAxisRect* to) {
    connect(from->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [to](const QCPRange& range) { to->axis(QCPAxis::atBottom)->setRange(range); });
  };
  link(raster_, rate_);
  link(rate_, raster_);
  applyTheme();
}

void TrialsPlot::setTrials(std::vector<std::vector<std::int32_t>> trials, const lab::Curve& mean,
                           double stepMs, double endMs, std::size_t neuron) {
  trials_ = std::move(trials);
  curve_ = mean;
  stepMs_ = stepMs;
  endMs_ = endMs;
  neuron_ = neuron;
  dataChanged();
}

void TrialsPlot::refreshData() {
  std::vector<SpikeRows::Row> rows;
  for (const auto& trial : trials_) {
    rows.push_back({trial, stepMs_, LabPlot::colourOf(theme(), neuron_)});
  }
  rows_->setRows(std::move(rows));
  mean_->setData(QVector<double>(curve_.x.begin(), curve_.x.end()),
                 QVector<double>(curve_.y.begin(), curve_.y.end()), true);
  recolor(theme());
}

void TrialsPlot::fitAxes() {
  raster_->axis(QCPAxis::atBottom)->setRange(0.0, endMs_);
  raster_->axis(QCPAxis::atLeft)->setRange(0.0, std::max<double>(1.0, double(trials_.size())));
  double highest = 1.0;
  for (const double y : curve_.y) highest = std::max(highest, y);
  rate_->axis(QCPAxis::atLeft)->setRange(0.0, 1.1 * highest);
}

void TrialsPlot::recolor(const Theme& theme) {
  const QColor colour = LabPlot::colourOf(theme, neuron_);
  mean_->setPen(QPen(colour, 1.4));
  QColor fill = colour;
  fill.setAlpha(60);
  mean_->setBrush(fill);
  std::vector<SpikeRows::Row> rows = rows_->rows();
  for (auto& row : rows) row.colour = colour;
  rows_->setRows(std::move(rows));
}

QString TrialsPlot::readout(const QCPAxisRect& rect, QPointF position) const {
  const double ms = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  if (&rect == raster_) {
    const int trial = static_cast<int>(rect.axis(QCPAxis::atLeft)->pixelToCoord(position.y()));
    return tr("trial %1\n%2 ms").arg(trial + 1).arg(ms, 0, 'g', 4);
  }
  const auto place = std::lower_bound(curve_.x.begin(), curve_.x.end(), ms);
  if (place == curve_.x.end()) return {};
  return tr("%1 ms\n%2 Hz").arg(ms, 0, 'g', 4).arg(curve_.y[std::size_t(place - curve_.x.begin())]);
}

void TrialsPlot::writeCsv(QTextStream& out) const {
  out << "trial,time_ms\n";
  for (std::size_t i = 0; i < trials_.size(); ++i) {
    for (const std::int32_t step : trials_[i]) out << i + 1 << "," << step * stepMs_ << "\n";
  }
}

}  // namespace paralif
