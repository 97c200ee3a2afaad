// Bars of the classes, with the current one marked.
#include "widgets/views/class_balance_view.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme/class_colors.h"

namespace paralif {
namespace {

constexpr int widestName = 80;  // pixels; the rest of a name is in the readout

}  // namespace

ClassBalanceView::ClassBalanceView(QWidget* parent)
    : PlotView(tr("Class balance"), parent), ticker_(new QCPAxisTickerText) {
  setUpAxisRect(axisRect(), tr("Class"), tr("Samples"));
  xAxis->setTicker(ticker_);
  xAxis->grid()->setVisible(false);
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
  while (bars_.size() > counts_.size()) removePlottable(bars_.takeLast());
  while (bars_.size() < counts_.size()) {
    bars_.append(new QCPBars(xAxis, yAxis));
    bars_.last()->setWidth(0.7);
    bars_.last()->setPen(Qt::NoPen);
  }
  QMap<double, QString> ticks;
  const QFontMetrics metrics(xAxis->tickLabelFont());
  const qsizetype every = std::max<qsizetype>(1, (counts_.size() + 11) / 12);
  for (qsizetype label = 0; label < counts_.size(); ++label) {
    bars_[label]->setData({double(label)}, {double(counts_[label])});
    if (label % every == 0) {
      ticks.insert(double(label),
                   metrics.elidedText(names_.value(label), Qt::ElideRight, widestName));
    }
  }
  ticker_->setTicks(ticks);
  const auto longest = std::ranges::max_element(names_, {}, &QString::size);
  xAxis->setTickLabelRotation(longest != names_.end() && longest->size() > 4 ? 30 : 0);
  paintBars(Theme::of(palette()));
}

void ClassBalanceView::fitAxes() {
  const auto most = std::ranges::max_element(counts_);
  xAxis->setRange(-0.6, std::max(1.0, double(counts_.size())) - 0.4);
  yAxis->setRange(0.0, most == counts_.end() ? 1.0 : std::max(1.0, double(*most)) * 1.1);
}

void ClassBalanceView::recolor(const Theme& colours) { paintBars(colours); }

void ClassBalanceView::paintBars(const Theme& colours) {
  for (qsizetype label = 0; label < bars_.size(); ++label) {
    const QColor colour = colours.classColor(label);
    const bool faded = current_ >= 0 && label != current_;
    bars_[label]->setBrush(QBrush(faded ? mix(colours.surface, colour, 0.5) : colour));
  }
}

QColor ClassBalanceView::colourOf(qint64 label) const {
  return label >= 0 && label < bars_.size() ? bars_[label]->brush().color() : QColor();
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
