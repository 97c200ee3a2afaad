#include "widgets/views/outcome_view.h"

#include <algorithm>
#include <cmath>

#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr double percent = 100.0;

/// Between the two values around its place, as usual (type 7 of Hyndman and Fan, 1996).
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

/// A long name on several lines, as a tick can show it.
QString broken(const QString& name) { return QString(name).replace(", ", ",\n"); }

}  // namespace

OutcomeView::OutcomeView(QWidget* parent) : PlotView(tr("Outcome"), parent), key_(legend) {
  setUpAxisRect(axisRect(), {}, tr("Test accuracy (%)"));
  key_->setVisible(false);
  auto* side = new QCPLayoutGrid;
  plotLayout()->addElement(0, 1, side);
  axisRect()->insetLayout()->take(key_);
  side->addElement(0, 0, key_);
  side->addElement(1, 0, new QCPLayoutElement);
  side->setRowStretchFactor(0, 0.001);
  plotLayout()->setColumnStretchFactor(1, 0.001);
  key_->setFillOrder(QCPLayoutGrid::foRowsFirst);
  setAutoAddPlottableToLegend(false);
  setBoxes({}, {});
  fitAxes();
  applyTheme();
}

void OutcomeView::setBoxes(std::vector<QString> groups, std::vector<OutcomePoint> points) {
  setScatter(std::move(groups), std::move(points), {});
}

void OutcomeView::setScatter(std::vector<QString> groups, std::vector<OutcomePoint> points,
                             const QString& label) {
  groups_ = std::move(groups);
  points_ = std::move(points);
  label_ = label;
  setHint(points_.empty() ? tr("Choose runs above that have been tested") : QString());
  dataChanged();
}

double OutcomeView::placeOf(const OutcomePoint& point) const {
  return showsBoxes() ? static_cast<double>(point.group) + 1.0 : point.x;
}

void OutcomeView::refreshData() {
  clearPlottables();
  key_->clear();
  boxes_.clear();
  dots_.clear();
  const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const double place = static_cast<double>(g) + 1.0;
    names->addTick(place, broken(groups_[g]));
    std::vector<double> values;
    QCPGraph* dots = addGraph();
    dots->setLineStyle(QCPGraph::lsNone);
    dots->setName(groups_[g]);
    for (const OutcomePoint& point : points_) {
      if (point.group != g) continue;
      values.push_back(percent * point.accuracy);
      dots->addData(placeOf(point), percent * point.accuracy);
    }
    dots_.push_back(dots);
    if (!showsBoxes() && !values.empty()) dots->addToLegend(key_);
    if (!showsBoxes() || values.size() < 2) continue;
    std::ranges::sort(values);
    const double low = quantile(values, 0.25);
    const double high = quantile(values, 0.75);
    const double reach = 1.5 * (high - low);
    const auto first = std::ranges::find_if(values, [&](double v) { return v >= low - reach; });
    const auto last = std::find_if(values.rbegin(), values.rend(),
                                   [&](double v) { return v <= high + reach; });
    auto* box = new QCPStatisticalBox(xAxis, yAxis);
    box->setWidth(0.5);
    box->addData(place, *first, low, quantile(values, 0.5), high, *last);
    boxes_.push_back(box);
  }
  xAxis->setTicker(showsBoxes() ? QSharedPointer<QCPAxisTicker>(names)
                                : QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  xAxis->setLabel(label_);
  key_->setVisible(!showsBoxes() && !points_.empty());
  recolor(theme());
}

void OutcomeView::fitAxes() {
  double lowest = percent;
  double highest = 0.0;
  QCPRange places(0.0, 1.0);
  bool any = false;
  for (const OutcomePoint& point : points_) {
    lowest = std::min(lowest, percent * point.accuracy);
    highest = std::max(highest, percent * point.accuracy);
    const QCPRange own(placeOf(point), placeOf(point));
    places = any ? places.expanded(own) : own;
    any = true;
  }
  if (showsBoxes()) {
    xAxis->setRange(0.4, std::max(1.0, static_cast<double>(groups_.size())) + 0.6);
  } else {
    const double margin = places.size() > 0 ? 0.06 * places.size()
                                            : std::max(0.1 * std::abs(places.lower), 1e-3);
    xAxis->setRange(places.lower - margin, places.upper + margin);
  }
  yAxis->setRange(any ? std::max(0.0, std::floor((lowest - 1.0) / 5.0) * 5.0) : 0.0,
                  any ? std::min(percent, std::ceil((highest + 1.0) / 5.0) * 5.0) : percent);
}

void OutcomeView::recolor(const Theme& colours) {
  key_->setBorderPen(Qt::NoPen);
  key_->setBrush(Qt::NoBrush);
  for (std::size_t g = 0; g < dots_.size(); ++g) {
    const QColor colour = colours.series[g % colours.series.size()];
    // A second round through the colours is open circles.
    const bool open = (g / colours.series.size()) % 2 == 1;
    dots_[g]->setScatterStyle(QCPScatterStyle(open ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDisc,
                                              QPen(colour, 1.4), open ? QBrush() : QBrush(colour), 7));
  }
  for (QCPStatisticalBox* box : boxes_) {
    box->setPen(QPen(colours.muted, 1));
    box->setWhiskerPen(QPen(colours.muted, 1));
    box->setWhiskerBarPen(QPen(colours.muted, 1));
    box->setMedianPen(QPen(colours.text, 2));
    box->setBrush(Qt::NoBrush);
  }
}

QString OutcomeView::readout(const QCPAxisRect& /*rect*/, QPointF position) const {
  constexpr double reach = 12.0;  // pixels
  QStringList lines;
  for (const OutcomePoint& point : points_) {
    const QPointF at(xAxis->coordToPixel(placeOf(point)), yAxis->coordToPixel(percent * point.accuracy));
    if (std::hypot(at.x() - position.x(), at.y() - position.y()) > reach) continue;
    lines << tr("%1: %2 %").arg(point.run).arg(percent * point.accuracy, 0, 'f', 1);
  }
  return lines.mid(0, 8).join('\n');
}

void OutcomeView::writeCsv(QTextStream& out) const {
  out << "run,group,test_accuracy" << (showsBoxes() ? QString() : "," + csvText(label_)) << "\n";
  for (const OutcomePoint& point : points_) {
    out << csvText(point.run) << ',' << csvText(groups_[point.group]) << ',' << point.accuracy;
    if (!showsBoxes()) out << ',' << point.x;
    out << '\n';
  }
}

}  // namespace paralif
