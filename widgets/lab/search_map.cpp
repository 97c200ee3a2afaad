// Points: pale where the feature is not shown, strong where it is.
#include "widgets/lab/search_map.h"

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

constexpr std::size_t mostPoints = 6000;  // of those that fail; those that show it all count
constexpr double absentMs = 0.5;          // where "none" stands on the scale of time constants

}  // namespace

SearchMap::SearchMap(QWidget* parent) : PlotView(tr("Map of the search"), parent) {
  setUpAxisRect(axisRect(), QString(), QString());
  failed_ = addGraph();
  shown_ = addGraph();
  marked_ = addGraph();
  for (QCPGraph* graph : {failed_, shown_, marked_}) graph->setLineStyle(QCPGraph::lsNone);
  xAxis->setRange(1.0, 50.0);  // until there are samples
  yAxis->setRange(0.05, 30.0);
  setAxes(tauMem, gain);
  applyTheme();
}

QString SearchMap::axisName(Axis axis) {
  switch (axis) {
    case tauMem:
      return tr("Membrane time constant (ms)");
    case tauSyn:
      return tr("Synaptic time constant (ms; 0.5: none)");
    case threshold:
      return tr("Threshold");
    case gain:
      return tr("Gain");
    case background:
      return tr("Background");
    case axisCount:
      break;
  }
  return {};
}

double SearchMap::valueOf(const lab::SearchSample& sample, Axis axis) {
  switch (axis) {
    case tauMem:
      return sample.tau_mem_s * 1e3;
    case tauSyn:
      return sample.tau_syn_s > 0.0F ? sample.tau_syn_s * 1e3 : absentMs;
    case threshold:
      return sample.threshold;
    case gain:
      return sample.gain;
    case background:
      return sample.background;
    case axisCount:
      break;
  }
  return 0.0;
}

double SearchMap::valueOf(const lab::LabNeuron& neuron, Axis axis) {
  lab::SearchSample sample;
  sample.tau_mem_s = static_cast<float>(neuron.tau_mem_s);
  sample.tau_syn_s = static_cast<float>(neuron.tau_syn_s);
  sample.threshold = static_cast<float>(neuron.threshold);
  sample.gain = static_cast<float>(neuron.gain);
  sample.background = static_cast<float>(neuron.background);
  return valueOf(sample, axis);
}

void SearchMap::setUp(QCPAxis* axis, Axis kind) {
  axis->setLabel(axisName(kind));

  // Backgrounds have both signs; thresholds of a squashed mode span little.
  double least = 1e300;
  double most = 0.0;
  for (const lab::SearchSample& sample : samples_) {
    least = std::min(least, valueOf(sample, kind));
    most = std::max(most, valueOf(sample, kind));
  }
  for (const lab::LabNeuron& mark : marks_) {
    least = std::min(least, valueOf(mark, kind));
    most = std::max(most, valueOf(mark, kind));
  }
  const bool logarithmic =
      kind != background && least > 0.0 && (samples_.empty() || most > 8.0 * least);
  const bool wide = samples_.empty() || most > 200.0 * least;

  axis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (logarithmic) {
    const QSharedPointer<QCPAxisTickerLog> ticker(new QCPAxisTickerLog);
    ticker->setLogBase(wide ? 10.0 : 2.0);
    axis->setTicker(ticker);
  } else {
    axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTicker));
  }
  axis->setNumberFormat("g");
  axis->setNumberPrecision(3);
}

void SearchMap::setAxes(Axis x, Axis y) {
  x_ = x;
  y_ = y;
  follow();
  dataChanged();
}

void SearchMap::setSamples(std::vector<lab::SearchSample> samples) {
  samples_ = std::move(samples);
  dataChanged();
}

void SearchMap::setMarks(std::vector<lab::LabNeuron> marks) {
  marks_ = std::move(marks);
  dataChanged();
}

void SearchMap::setEmptyText(const QString& text) {
  emptyText_ = text;
  dataChanged();
}

void SearchMap::fitAxes() {
  if (isEmpty()) return;
  rescaleAxes();
  // A few marks alone have no range of their own, and stand on no edge.
  for (QCPAxis* axis : {xAxis, yAxis}) {
    if (!samples_.empty()) continue;
    const QCPRange range = axis->range();
    if (axis->scaleType() == QCPAxis::stLogarithmic) {
      axis->setRange(range.lower / 4.0, range.upper * 4.0);
    } else {
      const double room = std::max(range.size(), 0.5);
      axis->setRange(range.lower - room, range.upper + room);
    }
  }
}

void SearchMap::refreshData() {
  QVector<double> xs[2];
  QVector<double> ys[2];
  const std::size_t every = std::max<std::size_t>(1, samples_.size() / mostPoints);
  for (std::size_t i = 0; i < samples_.size(); ++i) {
    const lab::SearchSample& sample = samples_[i];
    if (!sample.shown && i % every != 0) continue;
    const int kind = sample.shown ? 1 : 0;
    xs[kind].append(valueOf(sample, x_));
    ys[kind].append(valueOf(sample, y_));
  }
  QVector<double> markX;
  QVector<double> markY;
  for (const lab::LabNeuron& mark : marks_) {
    markX.append(valueOf(mark, x_));
    markY.append(valueOf(mark, y_));
  }
  marked_->setData(markX, markY);
  setHint(isEmpty() ? emptyText_ : QString());
  axisRect()->setVisible(!isEmpty());  // axes without data would say that there is some
  setUp(xAxis, x_);
  setUp(yAxis, y_);
  failed_->setData(xs[0], ys[0]);
  shown_->setData(xs[1], ys[1]);
}

void SearchMap::recolor(const Theme& theme) {
  failed_->setScatterStyle(QCPScatterStyle(
      QCPScatterStyle::ssDot, QPen(mix(theme.surface, theme.muted, 0.55), 1.5), Qt::NoBrush, 3));
  marked_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.text, 1.4),
                                           QBrush(theme.series[2]), 11));
  QColor strong = theme.series[2];
  strong.setAlpha(190);
  shown_->setScatterStyle(
      QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(strong, 0.5), QBrush(strong), 4));
}

QString SearchMap::readout(const QCPAxisRect&, QPointF position) const {
  if (isEmpty()) return {};
  const double x = xAxis->pixelToCoord(position.x());
  const double y = yAxis->pixelToCoord(position.y());
  // The share of those within a tenth of the axes.
  const auto near = [&](const QCPAxis* axis, double pixel, double value) {
    return std::abs(axis->coordToPixel(value) - pixel) < 24.0;
  };
  int all = 0;
  int shown = 0;
  for (const lab::SearchSample& sample : samples_) {
    if (!near(xAxis, position.x(), valueOf(sample, x_)) ||
        !near(yAxis, position.y(), valueOf(sample, y_))) {
      continue;
    }
    ++all;
    shown += sample.shown ? 1 : 0;
  }
  return tr("%1: %2\n%3: %4\n%5 of %6 neurons here show it")
      .arg(xAxis->label())
      .arg(x, 0, 'g', 3)
      .arg(yAxis->label())
      .arg(y, 0, 'g', 3)
      .arg(shown)
      .arg(all);
}

void SearchMap::writeCsv(QTextStream& out) const {
  out << "tau_mem_s,tau_syn_s,threshold,gain,background,shown\n";
  for (const lab::SearchSample& s : samples_) {
    out << s.tau_mem_s << "," << s.tau_syn_s << "," << s.threshold << "," << s.gain << ","
        << s.background << "," << (s.shown ? 1 : 0) << "\n";
  }
}

}  // namespace paralif
