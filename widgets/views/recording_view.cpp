// A raster above, a histogram of 10 ms bins below, on one time axis.
#include "widgets/views/recording_view.h"

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

constexpr double binS = 0.01;

}  // namespace

RecordingView::RecordingView(QWidget* parent) : PlotView(tr("Spikes"), parent) {
  plotLayout()->clear();
  raster_ = new QCPAxisRect(this);
  histogram_ = new QCPAxisRect(this);
  plotLayout()->addElement(0, 0, raster_);
  plotLayout()->addElement(1, 0, histogram_);
  plotLayout()->setRowStretchFactor(0, 3);
  auto* margins = new QCPMarginGroup(this);
  for (QCPAxisRect* rect : {raster_, histogram_}) rect->setMarginGroup(QCP::msLeft, margins);
  setUpAxisRect(raster_, QString(), tr("Channel"));
  setUpAxisRect(histogram_, tr("Time (s)"), tr("Spikes (kHz)"));
  histogram_->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
  connect(raster_->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
          histogram_->axis(QCPAxis::atBottom),
          [this](const QCPRange& range) { histogram_->axis(QCPAxis::atBottom)->setRange(range); });
  connect(histogram_->axis(QCPAxis::atBottom), qOverload<const QCPRange&>(&QCPAxis::rangeChanged),
          raster_->axis(QCPAxis::atBottom),
          [this](const QCPRange& range) { raster_->axis(QCPAxis::atBottom)->setRange(range); });
  spikes_ = addGraph(raster_->axis(QCPAxis::atBottom), raster_->axis(QCPAxis::atLeft));
  spikes_->setLineStyle(QCPGraph::lsNone);
  spikes_->setAdaptiveSampling(false);
  rate_ = addGraph(histogram_->axis(QCPAxis::atBottom), histogram_->axis(QCPAxis::atLeft));
  rate_->setLineStyle(QCPGraph::lsStepLeft);
  fitAxes();
  applyTheme();
}

void RecordingView::setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor,
                                 double tickS) {
  recording_ = std::move(recording);
  sensor_ = sensor;
  tickS_ = tickS;
  dataChanged();
}

double RecordingView::lastTime() const {
  return recording_ == nullptr || recording_->size() == 0 ? 0.0 : recording_->time.back() * tickS_;
}

void RecordingView::refreshData() {
  QVector<QCPGraphData> points;
  rates_.clear();
  if (recording_ != nullptr && recording_->size() > 0) {
    // A sample that claims hours is drawn in as many bins as a plot can show.
    const double width = std::max(binS, lastTime() / 20000);
    rates_.resize(qsizetype(lastTime() / width) + 1);
    points.reserve(qsizetype(recording_->size()));
    for (std::size_t i = 0; i < recording_->size(); ++i) {
      const double time = recording_->time[i] * tickS_;
      points.append({time, double(recording_->unit[i])});
      rates_[std::min(qsizetype(time / width), rates_.size() - 1)] += 1.0 / width;
    }
  }
  spikes_->data()->set(points, true);
  QVector<QCPGraphData> bins;
  const double width = std::max(binS, lastTime() / 20000);
  for (qsizetype i = 0; i < rates_.size(); ++i) bins.append({double(i) * width, rates_[i] / 1e3});
  if (!bins.isEmpty()) bins.append({double(rates_.size()) * width, bins.back().value});
  rate_->data()->set(bins, true);
}

void RecordingView::fitAxes() {
  const double end = std::max(lastTime(), binS);
  raster_->axis(QCPAxis::atBottom)->setRange(0.0, end * 1.01);
  raster_->axis(QCPAxis::atLeft)->setRange(-0.5, std::max(1.0, double(sensor_.units()) - 0.5));
  const double highest = rates_.isEmpty() ? 1e3 : *std::ranges::max_element(rates_);
  histogram_->axis(QCPAxis::atLeft)->setRange(0.0, std::max(1e-3, highest / 1e3) * 1.1);
}

void RecordingView::recolor(const Theme& colours) {
  spikes_->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssSquare, Qt::NoPen, QBrush(colours.series[0]), 1.6));
  spikes_->setPen(Qt::NoPen);
  rate_->setPen(QPen(colours.series[1], 1.2));
  rate_->setBrush(QBrush(mix(colours.surface, colours.series[1], 0.25)));
}

QString RecordingView::readout(const QCPAxisRect& rect, QPointF position) const {
  const double time = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  const double value = rect.axis(QCPAxis::atLeft)->pixelToCoord(position.y());
  if (&rect == raster_) {
    return tr("%1 s · channel %2").arg(time, 0, 'f', 4).arg(std::lround(value));
  }
  const auto bin = qsizetype(time / std::max(binS, lastTime() / 20000));
  if (bin < 0 || bin >= rates_.size()) return {};
  return tr("%1 s · %2 kHz").arg(time, 0, 'f', 3).arg(rates_[bin] / 1e3, 0, 'f', 2);
}

void RecordingView::writeCsv(QTextStream& out) const {
  out << "time_s,channel\n";
  if (recording_ == nullptr) return;
  for (std::size_t i = 0; i < recording_->size(); ++i) {
    out << recording_->time[i] * tickS_ << ',' << recording_->unit[i] << '\n';
  }
}

}  // namespace paralif
