// Lines, bands and crosses; scales; the reading under the cursor.
#include "widgets/timing/timing_plot.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>

#include "core/timing/timing_files.h"

namespace paralif {
namespace {

constexpr double reach = 40.0;  ///< pixels from the cursor to the point it reads

void include(QCPRange& range, bool& any, double value) {
  if (!(value > 0.0) || !std::isfinite(value)) return;
  range = any ? QCPRange(std::min(range.lower, value), std::max(range.upper, value))
              : QCPRange(value, value);
  any = true;
}

QCPRange fitted(QCPRange range, bool any, bool logarithmic) {
  if (!any) range = logarithmic ? QCPRange(1.0, 1000.0) : QCPRange(0.0, 1.0);
  if (!logarithmic) return {0.0, range.upper > 0.0 ? 1.06 * range.upper : 1.0};
  const double part = std::max(1.25, std::pow(range.upper / range.lower, 0.04));
  return {range.lower / part, range.upper * part};
}

}  // namespace

TimingPlot::TimingPlot(QWidget* parent) : PlotView(tr("Running time"), parent) {
  setUpAxisRect(axisRect(), tr("Sequence length (steps)"), tr("Time of a pass (ms)"));
  key_ = new QCPLegend;
  axisRect()->insetLayout()->addElement(key_, Qt::AlignTop | Qt::AlignLeft);
  key_->setLayer("legend");
  setScale(xAxis, logSteps_);
  setScale(yAxis, logTime_);
  rebuild();
}

void TimingPlot::setScale(QCPAxis* axis, bool logarithmic) {
  axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (logarithmic) {
    const QSharedPointer<QCPAxisTickerLog> ticker(new QCPAxisTickerLog);
    axis->setTicker(ticker);
  } else {
    axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
    axis->ticker()->setTickCount(5);
  }
}

void TimingPlot::setLogSteps(bool logarithmic) {
  logSteps_ = logarithmic;
  setScale(xAxis, logarithmic);
  applyTheme();
  follow();
}

void TimingPlot::setLogTime(bool logarithmic) {
  logTime_ = logarithmic;
  setScale(yAxis, logarithmic);
  applyTheme();
  follow();
}

void TimingPlot::setBaseline(const TimingBaseline& baseline) {
  baseline_ = baseline;
}

void TimingPlot::setResults(const TimingResults& results) {
  const bool same = results.plan.curves == results_.plan.curves &&
                    results.plan.devices == results_.plan.devices && !lines_.isEmpty();
  results_ = results;
  if (!same) {
    marked_ = -1;
    rebuild();
  }
  dataChanged();
}

void TimingPlot::addOverlay(const QString& name, const TimingResults& results) {
  overlays_.push_back(results);
  overlayNames_ << name;
  rebuild();
  dataChanged();
}

void TimingPlot::clearOverlays() {
  overlays_.clear();
  overlayNames_.clear();
  rebuild();
  dataChanged();
}

void TimingPlot::markPoint(qint64 point) {
  marked_ = point;
  dataChanged();
}

const TimingResults& TimingPlot::of(const Line& line) const {
  return line.source < 0 ? results_ : overlays_[static_cast<std::size_t>(line.source)];
}

qsizetype TimingPlot::colourOf(const TimingCurve& curve, const TimingDevice& device) const {
  const auto related = [&curve](const Line& line) {
    return line.curve.neuron == curve.neuron && line.curve.backend == curve.backend;
  };
  qsizetype next = 0;
  const Line* foreign = nullptr;
  for (const Line& line : lines_) {
    if (related(line) && line.device == device) return line.colour;
    // Overlays keep the colour of the same curve, whatever the device is called there.
    if (related(line)) foreign = &line;
    next = std::max(next, line.colour + 1);
  }
  const bool known =
      std::ranges::find(results_.plan.devices, device) != results_.plan.devices.end();
  return foreign != nullptr && !known ? foreign->colour : next;
}

void TimingPlot::addLines(const TimingResults& results, qsizetype source, const QString& origin) {
  for (const TimingDevice& device : results.plan.devices) {
    for (const TimingCurve& curve : results.plan.curves) {
      Line line;
      line.curve = curve;
      line.device = device;
      line.source = source;
      line.colour = colourOf(curve, device);
      line.low = addGraph();
      line.high = addGraph();
      line.median = addGraph();
      line.failed = addGraph();
      line.failed->setLineStyle(QCPGraph::lsNone);
      line.high->setChannelFillGraph(line.low);
      line.median->setName(lineName(results.plan, curve, device) + origin);
      line.median->addToLegend(key_);
      lines_.append(line);
    }
  }
}

void TimingPlot::rebuild() {
  key_->clearItems();
  clearGraphs();
  lines_.clear();
  addLines(results_, -1, QString());
  for (qsizetype i = 0; i < qsizetype(overlays_.size()); ++i) {
    addLines(overlays_[static_cast<std::size_t>(i)], i, " · " + overlayNames_[i]);
  }
  mark_ = addGraph();
  mark_->setLineStyle(QCPGraph::lsNone);
  key_->setVisible(!lines_.isEmpty());
  applyTheme();
}

void TimingPlot::fill(Line& line) {
  QVector<QCPGraphData> low, high, median, failed;
  double lowest = 0.0;
  for (const TimingResult& result : of(line).points) {
    if (!(result.point.curve == line.curve && result.point.device == line.device)) continue;
    const auto steps = static_cast<double>(result.point.steps);
    if (result.trials_ms.empty()) {
      if (!result.problem.empty()) failed.append({steps, 0.0});
      continue;
    }
    const Spread spread = result.spread();
    low.append({steps, spread.first_quartile});
    high.append({steps, spread.third_quartile});
    median.append({steps, spread.median});
    lowest = spread.median;
  }
  // A failed point stands at the end of its line: its own time is unknown.
  for (QCPGraphData& cross : failed) cross.value = lowest > 0.0 ? lowest : 1.0;
  line.low->data()->set(low, true);
  line.high->data()->set(high, true);
  line.median->data()->set(median, true);
  line.failed->data()->set(failed, true);
}

void TimingPlot::refreshData() {
  for (Line& line : lines_) fill(line);
  mark_->data()->clear();
  if (marked_ < 0 || marked_ >= qint64(results_.points.size())) return;
  const TimingResult& result = results_.points[static_cast<std::size_t>(marked_)];
  if (result.trials_ms.empty()) return;
  mark_->addData(double(result.point.steps), result.spread().median);
}

void TimingPlot::fitAxes() {
  QCPRange steps, times;
  bool anySteps = false;
  bool anyTimes = false;
  for (const std::int64_t length : results_.plan.lengths) include(steps, anySteps, double(length));
  for (const Line& line : lines_) {
    for (const QCPGraph* graph : {line.low, line.high, line.median, line.failed}) {
      for (const QCPGraphData& point : *graph->data()) {
        include(steps, anySteps, point.key);
        include(times, anyTimes, point.value);
      }
    }
  }
  xAxis->setRange(fitted(steps, anySteps, logSteps_));
  yAxis->setRange(fitted(times, anyTimes, logTime_));
}

void TimingPlot::recolor(const Theme& colours) {
  for (Line& line : lines_) {
    const QColor colour =
        colours.series[static_cast<std::size_t>(line.colour) % colours.series.size()];
    const bool overlay = line.source >= 0;
    QColor band = colour;
    band.setAlpha(overlay ? 24 : 52);
    line.low->setPen(Qt::NoPen);
    line.high->setPen(Qt::NoPen);
    line.high->setBrush(QBrush(band));
    const bool backward = line.curve.pass == TimingPass::forward_backward;
    line.median->setPen(QPen(colour, overlay ? 1.2 : 1.8,
                             backward  ? Qt::DotLine
                             : overlay ? Qt::DashLine
                                       : Qt::SolidLine));
    line.median->setScatterStyle(
        QCPScatterStyle(overlay ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssDisc,
                        QPen(colour, 1), overlay ? QBrush(Qt::NoBrush) : QBrush(colour), 5));
    line.failed->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCross, QPen(colour, 2.0), Qt::NoBrush, 10));
  }
  if (mark_ != nullptr) {
    mark_->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colours.text, 1.6), Qt::NoBrush, 12));
  }
}

qsizetype TimingPlot::failedPoints() const {
  qsizetype count = 0;
  for (const Line& line : lines_) count += line.failed->dataCount();
  return count;
}

QPointF TimingPlot::pixelOf(qsizetype point) const {
  const TimingResult& result = results_.points[static_cast<std::size_t>(point)];
  return {xAxis->coordToPixel(double(result.point.steps)),
          yAxis->coordToPixel(result.spread().median)};
}

QString TimingPlot::readout(const QCPAxisRect&, QPointF position) const {
  const TimingResult* nearest = nullptr;
  const Line* at = nullptr;
  double closest = reach * reach;
  for (const Line& line : lines_) {
    for (const QCPGraph* graph : {line.median, line.failed}) {
      for (const QCPGraphData& point : *graph->data()) {
        const double across = xAxis->coordToPixel(point.key) - position.x();
        const double up = yAxis->coordToPixel(point.value) - position.y();
        const double distance = across * across + up * up;
        if (distance >= closest) continue;
        closest = distance;
        at = &line;
        nearest = find_point(of(line), line.curve, line.device, std::llround(point.key));
      }
    }
  }
  if (nearest != nullptr) {
    QString text = readingOf(of(*at), *nearest, baseline_);
    if (at->source >= 0) text.prepend(overlayNames_[at->source] + "\n");
    return text;
  }
  return tr("%1 steps\n%2")
      .arg(std::llround(std::max(0.0, xAxis->pixelToCoord(position.x()))))
      .arg(QString::fromStdString(duration_text(yAxis->pixelToCoord(position.y()))));
}

void TimingPlot::writeCsv(QTextStream& out) const {
  out << QString::fromStdString(timing_csv(results_));
}

}  // namespace paralif
