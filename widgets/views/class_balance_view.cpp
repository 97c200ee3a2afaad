// Bars of the classes, with the current one marked.
#include "widgets/views/class_balance_view.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme/class_colors.h"

namespace paralif {

ClassBalanceView::ClassBalanceView(QWidget* parent)
    : PlotView(tr("Class balance"), parent), ticker_(new QCPAxisTickerText) {
  setUpAxisRect(axisRect(), tr("Class"), tr("Samples"));
  xAxis->setTicker(ticker_);
  xAxis->grid()->setVisible(false);
  for (std::size_t i = 0; i < classColors(theme()).size(); ++i) {
    bars_.push_back(new QCPBars(xAxis, yAxis));
    bars_.back()->setWidth(0.7);
  }
  mark_ = new QCPBars(xAxis, yAxis);
  mark_->setWidth(0.7);
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
  std::vector<QVector<QCPBarsData>> all(bars_.size());
  QVector<QCPBarsData> marked;
  QMap<double, QString> ticks;
  const qsizetype every = std::max<qsizetype>(1, (counts_.size() + 11) / 12);
  for (qsizetype label = 0; label < counts_.size(); ++label) {
    const auto colour = static_cast<std::size_t>(label) % bars_.size();
    (label == current_ ? marked : all[colour]).append({double(label), double(counts_[label])});
    if (label % every == 0) ticks.insert(double(label), names_.value(label));
  }
  ticker_->setTicks(ticks);
  const auto longest = std::ranges::max_element(names_, {}, &QString::size);
  xAxis->setTickLabelRotation(longest != names_.end() && longest->size() > 4 ? 30 : 0);
  for (std::size_t i = 0; i < bars_.size(); ++i) bars_[i]->data()->set(all[i], true);
  mark_->data()->set(marked, true);
  recolor(theme());
}

void ClassBalanceView::fitAxes() {
  const auto most = std::ranges::max_element(counts_);
  xAxis->setRange(-0.6, std::max(1.0, double(counts_.size())) - 0.4);
  yAxis->setRange(0.0, most == counts_.end() ? 1.0 : std::max(1.0, double(*most)) * 1.1);
}

void ClassBalanceView::recolor(const Theme& colours) {
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const QColor colour = colours.classColor(qint64(i));
    bars_[i]->setPen(Qt::NoPen);
    bars_[i]->setBrush(QBrush(mix(colours.surface, colour, current_ < 0 ? 0.8 : 0.5)));
  }
  mark_->setPen(QPen(colours.text, 1.4));
  mark_->setBrush(QBrush(colours.classColor(current_)));
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
