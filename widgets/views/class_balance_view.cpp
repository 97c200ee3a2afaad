// Bars of the classes, with the current one marked.
#include "widgets/views/class_balance_view.h"

#include <algorithm>
#include <cmath>

namespace paralif {

ClassBalanceView::ClassBalanceView(QWidget* parent)
    : PlotView(tr("Class balance"), parent), ticker_(new QCPAxisTickerText) {
  setUpAxisRect(axisRect(), tr("Class"), tr("Samples"));
  xAxis->setTicker(ticker_);
  xAxis->grid()->setVisible(false);
  bars_ = new QCPBars(xAxis, yAxis);
  mark_ = new QCPBars(xAxis, yAxis);
  for (QCPBars* bars : {bars_, mark_}) bars->setWidth(0.7);
  fitAxes();
  applyTheme();
}

void ClassBalanceView::setCounts(const QVector<qint64>& counts, const QStringList& names) {
  counts_ = counts;
  names_ = names;
  current_ = -1;
  dataChanged();
}

void ClassBalanceView::setCurrent(qint64 label) {
  if (label == current_) return;
  current_ = label;
  dataChanged();
}

void ClassBalanceView::refreshData() {
  QVector<QCPBarsData> all;
  QVector<QCPBarsData> marked;
  QMap<double, QString> ticks;
  const qsizetype every = std::max<qsizetype>(1, (counts_.size() + 11) / 12);
  for (qsizetype label = 0; label < counts_.size(); ++label) {
    (label == current_ ? marked : all).append({double(label), double(counts_[label])});
    if (label % every == 0) ticks.insert(double(label), names_.value(label));
  }
  ticker_->setTicks(ticks);
  const auto longest = std::ranges::max_element(names_, {}, &QString::size);
  xAxis->setTickLabelRotation(longest != names_.end() && longest->size() > 4 ? 30 : 0);
  bars_->data()->set(all, true);
  mark_->data()->set(marked, true);
}

void ClassBalanceView::fitAxes() {
  const auto most = std::ranges::max_element(counts_);
  xAxis->setRange(-0.6, std::max(1.0, double(counts_.size())) - 0.4);
  yAxis->setRange(0.0, most == counts_.end() ? 1.0 : std::max(1.0, double(*most)) * 1.1);
}

void ClassBalanceView::recolor(const Theme& colours) {
  bars_->setPen(Qt::NoPen);
  bars_->setBrush(QBrush(mix(colours.surface, colours.series[0], 0.55)));
  mark_->setPen(Qt::NoPen);
  mark_->setBrush(QBrush(colours.series[1]));
}

QString ClassBalanceView::readout(const QCPAxisRect& rect, QPointF position) const {
  const auto label = std::lround(rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x()));
  if (label < 0 || label >= counts_.size()) return {};
  return tr("%1: %n samples", nullptr, int(counts_[label])).arg(names_.value(label));
}

void ClassBalanceView::writeCsv(QTextStream& out) const {
  out << "label,class,samples\n";
  for (qsizetype label = 0; label < counts_.size(); ++label) {
    out << label << ',' << names_.value(label) << ',' << counts_[label] << '\n';
  }
}

}  // namespace paralif
