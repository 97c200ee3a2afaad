#include "widgets/views/parallel_view.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/theme/numbers.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr double percent = 100.0;
constexpr double axisReach = 14.0;  // pixels beside an axis that take hold of it
constexpr double lineReach = 10.0;
constexpr double smallestInterval = 0.01;
constexpr int markDigits = 4;

double distance(QPointF point, QPointF from, QPointF to) {
  const QPointF along = to - from;
  const double length = QPointF::dotProduct(along, along);
  const double share =
      length > 0 ? std::clamp(QPointF::dotProduct(point - from, along) / length, 0.0, 1.0) : 0.0;
  const QPointF off = point - (from + share * along);
  return std::hypot(off.x(), off.y());
}

}  // namespace

ParallelView::ParallelView(QWidget* parent) : PlotView(tr("Settings and outcome"), parent) {
  setUpAxisRect(axisRect(), {}, {});
  setInteractions({});
  setAutoAddPlottableToLegend(false);
  yAxis->setVisible(false);
  yAxis->grid()->setVisible(false);
  xAxis->grid()->setVisible(false);
  setToolTip(tr("A line is a run. Drag along an axis to keep the runs that pass there; click it to "
                "free it, double-click to free all"));
  setLines({}, {});
  fitAxes();
  applyTheme();
}

void ParallelView::setLines(std::vector<ParallelAxis> axes, std::vector<ParallelLine> lines) {
  const bool same = axes.size() == axes_.size() &&
                    std::ranges::equal(axes, axes_, {}, &ParallelAxis::label, &ParallelAxis::label);
  if (!same) passing_.clear();
  axes_ = std::move(axes);
  lines_ = std::move(lines);
  scales_.clear();
  for (std::size_t axis = 0; axis < axisCount(); ++axis) scales_.push_back(scaleOf(axis));
  setHint(lines_.empty()   ? tr("Choose runs above that have been tested")
          : axes_.empty() ? tr("These runs have the same settings")
                          : QString());
  dataChanged();
  Q_EMIT chosenChanged();
}

double ParallelView::valueAt(const ParallelLine& line, std::size_t axis) const {
  if (axis == axes_.size()) return percent * line.accuracy;
  const double value = line.values[axis];
  return axes_[axis].logarithmic ? std::log(value) : value;
}

ParallelView::Scale ParallelView::scaleOf(std::size_t axis) const {
  if (axis < axes_.size() && !axes_[axis].words.empty()) {
    return {0.0, static_cast<double>(axes_[axis].words.size() - 1)};
  }
  Scale scale{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
  for (const ParallelLine& line : lines_) {
    const double value = valueAt(line, axis);
    if (!std::isfinite(value)) continue;
    scale.low = std::min(scale.low, value);
    scale.high = std::max(scale.high, value);
  }
  return scale;
}

double ParallelView::placeOf(const ParallelLine& line, std::size_t axis) const {
  const Scale& scale = scales_[axis];
  const double value = valueAt(line, axis);
  if (!std::isfinite(value)) return std::numeric_limits<double>::quiet_NaN();
  return scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : 0.5;
}

bool ParallelView::passes(const ParallelLine& line) const {
  return std::ranges::all_of(passing_, [&](const auto& one) {
    const double place = placeOf(line, one.first);
    return std::isfinite(place) && one.second.contains(place);
  });
}

std::vector<std::size_t> ParallelView::chosen() const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (passes(lines_[i])) all.push_back(i);
  }
  return all;
}

QString ParallelView::summary() const {
  if (lines_.empty()) return {};
  const auto runs = chosen();
  QString text = tr("%1 of %2 runs").arg(runs.size()).arg(lines_.size());
  if (runs.empty()) return text;
  const auto accuracy = [&](std::size_t i) { return lines_[i].accuracy; };
  const auto [least, most] = std::ranges::minmax(runs, {}, accuracy);
  return text + tr(", %1 to %2 %")
                    .arg(percent * accuracy(least), 0, 'f', 1)
                    .arg(percent * accuracy(most), 0, 'f', 1);
}

void ParallelView::mark(std::size_t axis, double place, const QString& text) {
  auto* item = new QCPItemText(this);
  item->setClipToAxisRect(false);
  item->setLayer("legend");  // above the lines
  item->position->setCoords(static_cast<double>(axis), place);
  item->setPositionAlignment((axis == axes_.size() ? Qt::AlignRight : Qt::AlignLeft) |
                             Qt::AlignVCenter);
  item->setPadding(QMargins(5, 0, 5, 0));
  item->setText(text.size() > 22 ? text.left(21) + "…" : text);
  marks_.push_back(item);
}

void ParallelView::addMarks(std::size_t axis) {
  const Scale& scale = scales_[axis];
  if (axis < axes_.size() && !axes_[axis].words.empty()) {
    const auto& words = axes_[axis].words;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto last = static_cast<double>(words.size() - 1);
      mark(axis, last > 0 ? static_cast<double>(i) / last : 0.5, words[i]);
    }
    return;
  }
  if (!(scale.high >= scale.low)) return;  // no line has a value here
  const bool logarithmic = axis < axes_.size() && axes_[axis].logarithmic;
  const bool one = scale.high == scale.low;
  for (const double place : one ? std::vector{0.5} : std::vector{0.0, 0.5, 1.0}) {
    const double value = one ? scale.low : scale.low + place * (scale.high - scale.low);
    mark(axis, place, numberText(logarithmic ? std::exp(value) : value, markDigits));
  }
}

void ParallelView::refreshData() {
  clearPlottables();
  clearItems();
  graphs_.clear();
  rails_.clear();
  marks_.clear();
  intervals_.clear();
  for (const ParallelLine& line : lines_) {
    QCPGraph* graph = addGraph();
    for (std::size_t axis = 0; axis < axisCount(); ++axis) {
      graph->addData(static_cast<double>(axis), placeOf(line, axis));
    }
    graphs_.push_back(graph);
  }
  const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
  for (std::size_t axis = 0; axis < axisCount(); ++axis) {
    const auto x = static_cast<double>(axis);
    names->addTick(x, axis < axes_.size() ? QString(axes_[axis].label).replace(' ', '\n')
                                          : tr("Test\naccuracy\n(%)"));
    if (lines_.empty() || axes_.empty()) continue;
    auto* rail = new QCPItemStraightLine(this);
    rail->point1->setCoords(x, 0.0);
    rail->point2->setCoords(x, 1.0);
    rails_.push_back(rail);
    addMarks(axis);
    intervals_.push_back(new QCPItemRect(this));
  }
  xAxis->setTicker(names);
  xAxis->setTickLabels(!lines_.empty() && !axes_.empty());
  recolor(theme());
}

void ParallelView::fitAxes() {
  xAxis->setRange(-0.12, static_cast<double>(axes_.size()) + 0.12);
  yAxis->setRange(-0.06, 1.06);
}

void ParallelView::recolor(const Theme& colours) {
  const std::size_t last = axes_.size();
  for (std::size_t i = 0; i < graphs_.size() && i < lines_.size(); ++i) {
    const bool kept = passes(lines_[i]);
    QColor colour = mix(colours.series[0], colours.series[1], placeOf(lines_[i], last));
    if (!kept) colour = mix(colours.surface, colours.muted, 0.25);
    graphs_[i]->setPen(QPen(colour, kept ? 1.6 : 1.0));
    graphs_[i]->setLayer(kept ? "main" : "grid");
  }
  for (QCPItemStraightLine* rail : rails_) rail->setPen(QPen(colours.axis, 1));
  QFont small = xAxis->tickLabelFont();
  for (QCPItemText* item : marks_) {
    item->setFont(small);
    item->setColor(colours.text);
    QColor ground = colours.surface;
    ground.setAlpha(225);
    item->setBrush(QBrush(ground));
  }
  QColor fill = colours.accent;
  fill.setAlpha(70);
  const double half = 6.0 * xAxis->range().size() / std::max(1, axisRect()->width());
  for (std::size_t axis = 0; axis < intervals_.size(); ++axis) {
    QCPItemRect* box = intervals_[axis];
    const auto passing = passing_.find(axis);
    box->setVisible(passing != passing_.end());
    if (passing == passing_.end()) continue;
    const auto x = static_cast<double>(axis);
    box->topLeft->setCoords(x - half, passing->second.upper);
    box->bottomRight->setCoords(x + half, passing->second.lower);
    box->setPen(QPen(colours.accent, 1));
    box->setBrush(QBrush(fill));
  }
}

int ParallelView::axisNear(QPointF position) const {
  if (lines_.empty() || axes_.empty() || !axisRect()->rect().contains(position.toPoint())) return -1;
  const int axis = int(std::lround(xAxis->pixelToCoord(position.x())));
  if (axis < 0 || axis >= int(axisCount())) return -1;
  return std::abs(xAxis->coordToPixel(axis) - position.x()) <= axisReach ? axis : -1;
}

int ParallelView::lineNear(QPointF position) const {
  int nearest = -1;
  double least = lineReach;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (!passes(lines_[i])) continue;
    for (std::size_t axis = 0; axis + 1 < axisCount(); ++axis) {
      const auto at = [&](std::size_t a) {
        return QPointF(xAxis->coordToPixel(static_cast<double>(a)),
                       yAxis->coordToPixel(placeOf(lines_[i], a)));
      };
      const double away = distance(position, at(axis), at(axis + 1));
      if (!(away < least)) continue;  // NaN too
      least = away;
      nearest = int(i);
    }
  }
  return nearest;
}

QString ParallelView::readout(const QCPAxisRect& /*rect*/, QPointF position) const {
  const int i = lineNear(position);
  if (i < 0) return {};
  const ParallelLine& line = lines_[std::size_t(i)];
  QStringList rows{line.name};
  for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
    const double value = line.values[axis];
    if (!std::isfinite(value)) continue;
    const auto& words = axes_[axis].words;
    rows << QString("%1: %2").arg(axes_[axis].label,
                                  words.empty() ? numberText(value, markDigits)
                                                : words[static_cast<std::size_t>(value)]);
  }
  rows << tr("Test accuracy: %1 %").arg(percent * line.accuracy, 0, 'f', 1);
  return rows.join('\n');
}

/// The lines stay; only their colours change while an axis is dragged along.
void ParallelView::changeInterval() {
  recolor(theme());
  replot(QCustomPlot::rpQueuedReplot);
  Q_EMIT chosenChanged();
}

void ParallelView::mousePressEvent(QMouseEvent* event) {
  dragged_ = event->button() == Qt::LeftButton ? axisNear(event->position()) : -1;
  if (dragged_ < 0) return PlotView::mousePressEvent(event);
  from_ = yAxis->pixelToCoord(event->position().y());
  if (passing_.erase(std::size_t(dragged_)) > 0) changeInterval();
}

void ParallelView::mouseMoveEvent(QMouseEvent* event) {
  if (dragged_ < 0) {
    setCursor(axisNear(event->position()) >= 0 ? Qt::SizeVerCursor : Qt::ArrowCursor);
    if (event->buttons() == Qt::NoButton) PlotView::mouseMoveEvent(event);
    return;
  }
  const double to = yAxis->pixelToCoord(event->position().y());
  if (std::abs(to - from_) < smallestInterval) return;
  passing_[std::size_t(dragged_)] = QCPRange(std::min(from_, to), std::max(from_, to));
  changeInterval();
}

void ParallelView::mouseReleaseEvent(QMouseEvent* event) {
  if (dragged_ < 0) return PlotView::mouseReleaseEvent(event);
  dragged_ = -1;
}

void ParallelView::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
  dragged_ = -1;
  if (passing_.empty()) return;
  passing_.clear();
  changeInterval();
}

// Its axes are places of settings: there is nothing to zoom.
void ParallelView::wheelEvent(QWheelEvent* event) {
  event->ignore();
}

void ParallelView::writeCsv(QTextStream& out) const {
  out << "run";
  for (const ParallelAxis& axis : axes_) out << ',' << csvText(axis.label);
  out << ",test_accuracy\n";
  for (const std::size_t i : chosen()) {
    const ParallelLine& line = lines_[i];
    out << csvText(line.name);
    for (std::size_t axis = 0; axis < axes_.size(); ++axis) {
      const double value = line.values[axis];
      out << ',';
      if (!std::isfinite(value)) continue;
      const auto& words = axes_[axis].words;
      if (words.empty()) out << value;
      else out << csvText(words[static_cast<std::size_t>(value)]);
    }
    out << ',' << line.accuracy << '\n';
  }
}

}  // namespace paralif
