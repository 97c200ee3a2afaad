// Strips are rebuilt only when their number changes; otherwise their data is replaced.
#include "widgets/views/membrane_plot.h"

#include "widgets/views/probe_names.h"

#include <algorithm>
#include <optional>

namespace paralif {
namespace {

constexpr int leftMargin = 50;  // pixels: tick labels and the common label
constexpr int spikeHeight = 4;  // pixels: of a mark, above the value it stands at
constexpr double nameSize = 8.0;  // points

/// The value that crossed the threshold before the membrane of a step, where it was reset.
std::optional<float> crossedAt(const MembraneTrace& trace, std::size_t step) {
  const auto found = std::ranges::lower_bound(trace.spike_steps, static_cast<std::int32_t>(step));
  if (found == trace.spike_steps.end() || *found != static_cast<std::int32_t>(step)) return {};
  const auto spike = static_cast<std::size_t>(found - trace.spike_steps.begin());
  if (spike >= trace.crossed.size()) return {};
  return trace.crossed[spike];
}

/// One point a step, and two where the membrane is reset: a vertical drop.
QVector<QCPGraphData> withCrossings(const MembraneTrace& trace, double stepMs) {
  QVector<QCPGraphData> points;
  points.reserve(static_cast<qsizetype>(trace.membrane.size() + trace.crossed.size()));
  std::size_t spike = 0;
  for (std::size_t step = 0; step < trace.membrane.size(); ++step) {
    const double time = double(step) * stepMs;
    if (spike < trace.crossed.size() && spike < trace.spike_steps.size() &&
        trace.spike_steps[spike] == static_cast<std::int32_t>(step)) {
      points.append({time, double(trace.crossed[spike++])});
    }
    points.append({time, double(trace.membrane[step])});
  }
  return points;
}

}  // namespace

MembranePlot::MembranePlot(QWidget* parent)
    : PlotView(tr("Membrane potentials"), parent), margins_(new QCPMarginGroup(this)) {
  setStrips(1);
}

MembranePlot::Strip MembranePlot::addStrip() {
  auto* rect = new QCPAxisRect(this);
  setUpAxisRect(rect, QString(), QString());
  rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins_);
  rect->setMinimumMargins(QMargins(leftMargin, 3, 16, 3));
  plotLayout()->addElement(static_cast<int>(strips_.size()), 0, rect);
  rect->setMinimumSize(40, 24);
  QCPAxis* x = rect->axis(QCPAxis::atBottom);
  QCPAxis* y = rect->axis(QCPAxis::atLeft);
  y->ticker()->setTickStepStrategy(QCPAxisTicker::tssMeetTickCount);
  y->ticker()->setTickCount(2);
  Strip strip{rect, addGraph(x, y), addGraph(x, y), addGraph(x, y), new QCPItemText(this)};
  strip.spikes->setLineStyle(QCPGraph::lsNone);
  strip.name->setClipAxisRect(rect);
  strip.name->position->setAxisRect(rect);
  strip.name->position->setType(QCPItemPosition::ptAxisRectRatio);
  strip.name->position->setCoords(0.008, 0.02);
  strip.name->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
  connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
          [this](const QCPRange& range) {
            for (const Strip& other : strips_) {
              other.rect->axis(QCPAxis::atBottom)->setRange(range);
            }
          });
  return strip;
}

void MembranePlot::setStrips(std::size_t count) {
  count = std::max<std::size_t>(count, 1);
  if (count == strips_.size()) return;
  clearItems();
  clearGraphs();
  strips_.clear();
  plotLayout()->clear();
  for (std::size_t i = 0; i < count; ++i) {
    strips_.push_back(addStrip());
    const bool lowest = i + 1 == count;
    QCPAxis* x = strips_.back().rect->axis(QCPAxis::atBottom);
    x->setTickLabels(lowest);
    x->setLabel(lowest ? tr("Time (ms)") : QString());
  }
  plotLayout()->setRowSpacing(0);
  addLabel();
  applyTheme();
  shareHeight();
}

int MembranePlot::stripHeight(int strip) const {
  return strips_.at(static_cast<std::size_t>(strip)).rect->height();
}

int MembranePlot::nameHeight() const {
  QFont small = font();
  small.setPointSizeF(nameSize);
  return QFontMetrics(small).height() + 1;
}

void MembranePlot::shareHeight() {
  const auto count = static_cast<double>(strips_.size());
  const QCPAxis* x = strips_.back().rect->axis(QCPAxis::atBottom);
  const double axis = QFontMetrics(x->tickLabelFont()).height() +
                      QFontMetrics(x->labelFont()).height() + x->tickLabelPadding() +
                      x->labelPadding() + 6.0;
  const double inner = std::max(20.0, (double(height()) - axis) / count);
  for (int row = 0; row < plotLayout()->rowCount(); ++row) {
    const bool lowest = row + 1 == plotLayout()->rowCount();
    plotLayout()->setRowStretchFactor(row, lowest ? (inner + axis) / inner : 1.0);
  }
}

void MembranePlot::resizeEvent(QResizeEvent* event) {
  shareHeight();
  PlotView::resizeEvent(event);
}

void MembranePlot::addLabel() {
  label_ = new QCPItemText(this);
  label_->setClipToAxisRect(false);
  label_->position->setType(QCPItemPosition::ptViewportRatio);
  label_->position->setCoords(0.0, 0.46);
  label_->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
  label_->setRotation(-90);
  label_->setText(tr("Membrane (a.u.)"));
}

void MembranePlot::setProbe(std::shared_ptr<const SampleProbe> probe) {
  probe_ = std::move(probe);
  dataChanged();
}

void MembranePlot::refreshData() {
  const std::size_t count = probe_ ? probe_->traces.size() : 0;
  setStrips(count);
  if (count == 0) {
    for (QCPGraph* graph : {strips_[0].trace, strips_[0].threshold, strips_[0].spikes}) {
      graph->data()->clear();
    }
    strips_[0].name->setText(QString());
    setHint(!probe_ ? tr("Membranes appear when training starts (F5)")
                    : tr("No neuron is traced here: add one above"));
    return;
  }
  setHint(QString());
  const double stepMs = probe_->time_step_s * 1e3;
  for (std::size_t i = 0; i < count; ++i) {
    const MembraneTrace& trace = probe_->traces[i];
    strips_[i].trace->data()->set(withCrossings(trace, stepMs), true);
    QVector<QCPGraphData> line;
    if (trace.has_threshold) {
      line = {{0.0, trace.threshold}, {double(probe_->steps) * stepMs, trace.threshold}};
    }
    strips_[i].threshold->data()->set(line, true);
    QVector<QCPGraphData> marks;
    for (std::size_t spike = 0; spike < trace.spike_steps.size(); ++spike) {
      const auto at = static_cast<std::size_t>(trace.spike_steps[spike]);
      if (at >= trace.membrane.size()) continue;
      const bool reset = spike < trace.crossed.size();
      marks.append({double(at) * stepMs, double(reset ? trace.crossed[spike] : trace.membrane[at])});
    }
    strips_[i].spikes->data()->set(marks, true);
    strips_[i].name->setText(traceTitle(*probe_, trace));
  }
}

void MembranePlot::fitAxes() {
  const double end = probe_ ? double(probe_->steps) * probe_->time_step_s * 1e3 : 100.0;
  for (const Strip& strip : strips_) {
    strip.rect->axis(QCPAxis::atBottom)->setRange(0.0, end);
    bool found = false;
    QCPRange range = strip.trace->data()->valueRange(found);
    if (!found) range = QCPRange(0.0, 1.0);
    bool limited = false;
    const QCPRange threshold = strip.threshold->data()->valueRange(limited);
    if (limited) range.expand(threshold);
    const double margin = std::max(range.size(), 1e-6);
    // Room for the name above the trace, whatever the strip's height.
    const double height = std::max(1, strip.rect->height());
    const double part = std::min(0.6, double(nameHeight() + spikeHeight) / height);
    const double upper = (1.0 + 0.08) * part / (1.0 - part);
    strip.rect->axis(QCPAxis::atLeft)
        ->setRange(range.lower - 0.08 * margin, range.upper + upper * margin);
  }
}

void MembranePlot::recolor(const Theme& colours) {
  QFont small = font();
  small.setPointSizeF(nameSize);
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    const bool named = probe_ && i < probe_->traces.size();
    const QColor colour = colours.layerColor(named ? probe_->traces[i].layer : 1);
    strips_[i].trace->setPen(QPen(colour, 1.2));
    strips_[i].threshold->setPen(QPen(colours.muted, 1, Qt::DashLine));
    strips_[i].spikes->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssTriangleInverted, QPen(colours.bad), colours.bad, 4));
    strips_[i].name->setFont(small);
    strips_[i].name->setColor(colours.text);
    strips_[i].name->setBrush(QBrush(colours.surface));
    strips_[i].name->setPadding(QMargins(2, 0, 2, 0));
  }
  label_->setFont(small);
  label_->setColor(colours.muted);
}

QString MembranePlot::readout(const QCPAxisRect& rect, QPointF position) const {
  if (!probe_) return {};
  for (std::size_t i = 0; i < strips_.size() && i < probe_->traces.size(); ++i) {
    if (strips_[i].rect != &rect) continue;
    const MembraneTrace& trace = probe_->traces[i];
    const double time = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
    const double step = time / (probe_->time_step_s * 1e3);
    if (step < 0 || step >= double(trace.membrane.size())) return {};
    QString text = tr("%1\n%2 ms · membrane %3")
                       .arg(traceTitle(*probe_, trace))
                       .arg(time, 0, 'f', 1)
                       .arg(double(trace.membrane[static_cast<std::size_t>(step)]), 0, 'g', 4);
    if (const auto crossed = crossedAt(trace, static_cast<std::size_t>(step))) {
      text += tr(" after the reset, %1 before it").arg(double(*crossed), 0, 'g', 4);
    }
    if (trace.has_threshold) text += tr(" · threshold %1").arg(double(trace.threshold), 0, 'g', 4);
    return text;
  }
  return {};
}

void MembranePlot::writeCsv(QTextStream& out) const {
  out << "layer,neuron,step,time_ms,membrane_after_reset,spike,membrane_before_reset\n";
  if (!probe_) return;
  for (const MembraneTrace& trace : probe_->traces) {
    for (std::size_t step = 0; step < trace.membrane.size(); ++step) {
      const bool spike = std::ranges::find(trace.spike_steps, static_cast<std::int32_t>(step)) !=
                         trace.spike_steps.end();
      out << trace.layer << ',' << trace.neuron << ',' << step << ','
          << double(step) * probe_->time_step_s * 1e3 << ',' << trace.membrane[step] << ','
          << (spike ? 1 : 0) << ',' << double(crossedAt(trace, step).value_or(trace.membrane[step]))
          << '\n';
    }
  }
}

}  // namespace paralif
