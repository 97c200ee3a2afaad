// Bars of the last epoch at the left, lines over all epochs at the right.
#include "widgets/views/rates_view.h"

#include <algorithm>
#include <cmath>

namespace paralif {

RatesView::RatesView(QWidget* parent)
    : PlotView(tr("Firing rates"), parent), names_(new QCPAxisTickerText) {
  plotLayout()->clear();
  now_ = new QCPAxisRect(this);
  history_ = new QCPAxisRect(this);
  plotLayout()->addElement(0, 0, now_);
  plotLayout()->addElement(0, 1, history_);
  plotLayout()->setColumnStretchFactor(1, 1.6);
  setUpAxisRect(now_, tr("Hidden layer"), tr("Firing rate (Hz)"));
  setUpAxisRect(history_, tr("Epoch"), QString());
  now_->axis(QCPAxis::atBottom)->setTicker(names_);
  now_->axis(QCPAxis::atBottom)->grid()->setVisible(false);
  fitAxes();
  applyTheme();
}

void RatesView::setSeries(const MetricSeries* series, double timeStepS) {
  series_ = series;
  timeStepS_ = timeStepS;
  dataChanged();
}

void RatesView::setLayers(int layers) {
  if (layers == bars_.size()) return;
  clearPlottables();
  bars_.clear();
  lines_.clear();
  QMap<double, QString> ticks;
  for (int layer = 0; layer < layers; ++layer) {
    auto* bar = new QCPBars(now_->axis(QCPAxis::atBottom), now_->axis(QCPAxis::atLeft));
    bar->setWidth(0.6);
    bars_.append(bar);
    lines_.append(addGraph(history_->axis(QCPAxis::atBottom), history_->axis(QCPAxis::atLeft)));
    ticks.insert(layer + 1, QString::number(layer + 1));
  }
  names_->setTicks(ticks);
  applyTheme();
}

void RatesView::refreshData() {
  const bool any = series_ != nullptr && !series_->epochs.empty();
  setHint(any ? QString() : tr("Firing rates appear after the first epoch"));
  setLayers(any ? static_cast<int>(series_->epochs.back().layer_rates.size()) : 0);
  for (int layer = 0; layer < bars_.size(); ++layer) {
    const auto at = static_cast<std::size_t>(layer);
    QVector<QCPGraphData> points;
    for (const EpochMetrics& epoch : series_->epochs) {
      if (at < epoch.layer_rates.size()) {
        points.append({double(epoch.epoch), epoch.layer_rates[at] / timeStepS_});
      }
    }
    lines_[layer]->data()->set(points, true);
    bars_[layer]->data()->clear();
    bars_[layer]->addData(layer + 1, series_->epochs.back().layer_rates[at] / timeStepS_);
  }
}

void RatesView::fitAxes() {
  double highest = 0.0;
  double end = 1.0;
  for (const QCPGraph* line : lines_) {
    bool found = false;
    const QCPRange values = line->data()->valueRange(found);
    if (found) highest = std::max(highest, values.upper);
    const QCPRange keys = line->data()->keyRange(found);
    if (found) end = std::max(end, keys.upper);
  }
  const double top = highest > 0.0 ? highest * 1.12 : 1.0;
  now_->axis(QCPAxis::atBottom)->setRange(0.4, std::max<double>(1.0, double(bars_.size())) + 0.6);
  now_->axis(QCPAxis::atLeft)->setRange(0.0, top);
  history_->axis(QCPAxis::atBottom)->setRange(0.0, end * 1.03);
  history_->axis(QCPAxis::atLeft)->setRange(0.0, top);
}

void RatesView::recolor(const Theme& colours) {
  for (int layer = 0; layer < bars_.size(); ++layer) {
    const QColor colour = colours.layerColor(layer + 1);
    bars_[layer]->setPen(Qt::NoPen);
    bars_[layer]->setBrush(QBrush(mix(colours.surface, colour, 0.8)));
    lines_[layer]->setPen(QPen(colour, 1.5));
    lines_[layer]->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour, 1), colour, 4));
  }
}

QString RatesView::readout(const QCPAxisRect& rect, QPointF position) const {
  const double x = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  const auto nearest = std::lround(x);
  if (&rect == now_) {
    if (nearest < 1 || nearest > bars_.size()) return {};
    const EpochMetrics& last = series_->epochs.back();
    const auto layer = static_cast<std::size_t>(nearest - 1);
    QString text = tr("Hidden %1: %2 Hz").arg(nearest).arg(
        last.layer_rates[layer] / timeStepS_, 0, 'f', 1);
    if (layer < last.layer_spikes.size()) {
      text += tr("\n%1 spikes a sample").arg(last.layer_spikes[layer], 0, 'f', 1);
    }
    return text;
  }
  return tr("epoch %1 · %2 Hz")
      .arg(x, 0, 'f', 1)
      .arg(rect.axis(QCPAxis::atLeft)->pixelToCoord(position.y()), 0, 'f', 1);
}

void RatesView::writeCsv(QTextStream& out) const {
  out << "epoch,hidden_layer,firing_rate_hz,spikes_per_sample\n";
  if (series_ == nullptr) return;
  for (const EpochMetrics& epoch : series_->epochs) {
    for (std::size_t layer = 0; layer < epoch.layer_rates.size(); ++layer) {
      out << epoch.epoch << ',' << layer + 1 << ',' << epoch.layer_rates[layer] / timeStepS_ << ',';
      if (layer < epoch.layer_spikes.size()) out << epoch.layer_spikes[layer];
      out << '\n';
    }
  }
}

}  // namespace paralif
