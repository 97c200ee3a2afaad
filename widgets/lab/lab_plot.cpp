// Lines, spikes and legend from the neurons; axes that fit them.
#include "widgets/lab/lab_plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/lab/spike_rows.h"
#include "widgets/lab/trace_line.h"

namespace paralif {
namespace {

using lab::LabTrace;
using lab::Quantity;

constexpr int legendColumns = 3;

Quantity membraneOf(const lab::LabNeuron& neuron) {
  return neuron.model == lab::LabModel::izhikevich ? Quantity::membrane_mv : Quantity::membrane;
}

QString nameOf(std::size_t index, const lab::LabNeuron& neuron) {
  return QString("%1 %2").arg(index + 1).arg(QString::fromStdString(lab::name_of(neuron)));
}

QString spikesOf(const LabTrace& trace) {
  const auto count = trace.spikes.size();
  return count == 1 ? LabPlot::tr("1 spike") : LabPlot::tr("%1 spikes").arg(count);
}

bool sameKinds(const std::vector<ShownNeuron>& one, const std::vector<ShownNeuron>& other) {
  return std::ranges::equal(one, other, [](const ShownNeuron& a, const ShownNeuron& b) {
    return lab::name_of(a.neuron) == lab::name_of(b.neuron);
  });
}

}  // namespace

LabPlot::LabPlot(QWidget* parent)
    : PlotView(tr("Neuron traces"), parent), strips_(std::make_unique<LabStrips>(*this)) {
  QCPAxis* const time = strips_->time(LabStrips::stimulus);
  QCPAxis* const value = strips_->value(LabStrips::stimulus);
  stimulusLine_ = new TraceLine(time, value);
  handleMarks_ = addGraph(time, value);
  handleMarks_->setLineStyle(QCPGraph::lsNone);
  handleMarks_->setAdaptiveSampling(false);
  spikes_ = new SpikeRows(strips_->time(LabStrips::spikes), strips_->value(LabStrips::spikes));
  QCPAxis* counts = strips_->rect(LabStrips::spikes).axis(QCPAxis::atRight);
  counts->setVisible(true);
  counts->setTicks(true);
  counts->setTickLabels(true);
  counts->setTickLength(0, 0);
  counts->setRangeReversed(true);
  playheadLine_ = new QCPItemLine(this);
  for (QCPItemPosition* end : {playheadLine_->start, playheadLine_->end}) {
    end->setAxes(strips_->time(LabStrips::spikes), strips_->value(LabStrips::spikes));
    end->setTypeX(QCPItemPosition::ptPlotCoords);
    end->setTypeY(QCPItemPosition::ptViewportRatio);
  }
  playheadLine_->setClipToAxisRect(false);
  playheadLine_->setVisible(false);
  legend_ = new QCPLegend;
  legend_->setParent(this);
  plotLayout()->addElement(0, 0, legend_);
  legend_->setLayer("legend");
  legend_->setFillOrder(QCPLegend::foColumnsFirst);
  legend_->setWrap(legendColumns);
  plotLayout()->take(legend_);
  legend_->setVisible(false);
  applyTheme();
}

LabPlot::~LabPlot() = default;

QColor LabPlot::colourOf(const Theme& theme, std::size_t neuron) {
  const QColor colour = theme.series[neuron % theme.series.size()];
  return neuron < theme.series.size() ? colour : mix(colour, theme.text, 0.45);
}

QString LabPlot::twinName(const lab::LabNeuron& neuron) {
  return neuron.resets() ? tr("without a reset") : tr("with a reset");
}

double LabPlot::endMs() const {
  return static_cast<double>(stimulus_.steps()) * stimulus_.time_step_s * 1e3;
}

void LabPlot::setStimulus(const lab::Stimulus& stimulus) {
  if (stimulusTrace_ && stimulus == stimulus_) return;
  const bool otherLength = stimulusTrace_ && stimulus.duration_s != stimulus_.duration_s;
  stimulus_ = stimulus;
  auto trace = std::make_shared<LabTrace>();
  trace->time_step_s = stimulus.time_step_s;
  trace->stimulus = lab::values_of(stimulus);
  stimulusTrace_ = std::move(trace);
  handles_ = handlesOf(stimulus);
  dataChanged();
  if (otherLength) follow();
}

LabPlot::Lines LabPlot::makeLines(const ShownNeuron& shown) {
  Lines lines;
  const Quantity membrane = membraneOf(shown.neuron);
  const auto line = [this](Quantity quantity) {
    const LabStrips::Strip strip = LabStrips::stripOf(quantity);
    return new TraceLine(strips_->time(strip), strips_->value(strip));
  };
  lines.pinned = line(membrane);
  lines.twin = line(membrane);
  for (const Quantity quantity : lab::shown_quantities(shown.neuron)) {
    lines.own.push_back({line(quantity), quantity});
    if (quantity == membrane) lines.membrane = lines.own.back().line;
  }
  if (!shown.neuron.uses_threshold()) return lines;
  lines.thresholdStrip =
      LabStrips::stripOf(lab::rule_quantity(shown.neuron).value_or(Quantity::membrane));
  lines.threshold = new QCPItemLine(this);
  QCPAxisRect& rect = strips_->rect(lines.thresholdStrip);
  lines.threshold->setClipAxisRect(&rect);
  for (QCPItemPosition* end : {lines.threshold->start, lines.threshold->end}) {
    end->setAxes(strips_->time(lines.thresholdStrip), strips_->value(lines.thresholdStrip));
    end->setTypeX(QCPItemPosition::ptAxisRectRatio);
    end->setAxisRect(&rect);
    end->setTypeY(QCPItemPosition::ptPlotCoords);
  }
  return lines;
}

void LabPlot::removeLines() {
  legend_->clearItems();
  for (const Lines& lines : lines_) {
    for (const Line& own : lines.own) removePlottable(own.line);
    removePlottable(lines.twin);
    removePlottable(lines.pinned);
    if (lines.threshold != nullptr) removeItem(lines.threshold);
  }
  lines_.clear();
}

void LabPlot::setNeurons(std::vector<ShownNeuron> neurons) {
  const bool same = !neurons_.empty() && sameKinds(neurons_, neurons);
  neurons_ = std::move(neurons);
  if (!same) {
    removeLines();
    std::vector<LabStrips::Strip> wanted;
    for (const ShownNeuron& shown : neurons_) {
      lines_.push_back(makeLines(shown));
      for (const Line& own : lines_.back().own) wanted.push_back(LabStrips::stripOf(own.quantity));
    }
    strips_->show(wanted);
    applyTheme();
  }
  dataChanged();
  if (!same) follow();  // ranges of another neuron's quantities mean nothing
}

void LabPlot::fillLines(std::size_t neuron) {
  const ShownNeuron& shown = neurons_[neuron];
  const Lines& lines = lines_[neuron];
  const Quantity membrane = membraneOf(shown.neuron);
  for (const Line& own : lines.own) {
    own.line->setTrace(shown.trace, own.quantity);
    own.line->setPlayhead(playhead_);
  }
  lines.membrane->setPartner(shown.twin);
  lines.membrane->setName(
      QString("%1: %2").arg(nameOf(neuron, shown.neuron), spikesOf(*shown.trace)));
  lines.twin->setTrace(shown.twin, membrane);
  // A pin of another kind of neuron has another unit, and is not shown.
  const bool comparable = shown.pinned && !lab::values_of(*shown.pinned, membrane).empty();
  lines.pinned->setTrace(comparable ? shown.pinned : nullptr, membrane);
  if (shown.twin) {
    lines.twin->setName(
        QString("%1 %2: %3").arg(neuron + 1).arg(twinName(shown.neuron), spikesOf(*shown.twin)));
  }
  if (comparable) {
    lines.pinned->setName(tr("%1 as pinned (A): %2").arg(neuron + 1).arg(spikesOf(*shown.pinned)));
  }
  for (TraceLine* line : {lines.twin, lines.pinned}) line->setPlayhead(playhead_);
  if (lines.threshold == nullptr) return;
  lines.threshold->start->setCoords(0.0, shown.neuron.threshold);
  lines.threshold->end->setCoords(1.0, shown.neuron.threshold);
}

void LabPlot::fillSpikes() {
  std::vector<SpikeRows::Row> rows;
  const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
  const QSharedPointer<QCPAxisTickerText> counts(new QCPAxisTickerText);
  const auto add = [&](const LabTrace& trace, const QString& name, const QColor& colour) {
    const double middle = static_cast<double>(rows.size()) + 0.5;
    rows.push_back({trace.spikes, trace.time_step_s * 1e3, colour});
    names->addTick(middle, name);
    counts->addTick(middle, QString::number(trace.spikes.size()));
  };
  for (std::size_t i = 0; i < neurons_.size(); ++i) {
    const QColor colour = colourOf(theme(), i);
    add(*neurons_[i].trace, QString::number(i + 1), colour);
    if (neurons_[i].twin) {
      add(*neurons_[i].twin, QString("%1′").arg(i + 1), mix(theme().surface, colour, 0.6));
    }
  }
  const double end = std::max<double>(1.0, double(rows.size()));
  spikes_->setRows(std::move(rows));
  spikes_->setPlayhead(playhead_);
  QCPAxisRect& rect = strips_->rect(LabStrips::spikes);
  rect.axis(QCPAxis::atLeft)->setTicker(names);
  rect.axis(QCPAxis::atRight)->setTicker(counts);
  for (const auto side : {QCPAxis::atLeft, QCPAxis::atRight}) rect.axis(side)->setRange(0.0, end);
}

void LabPlot::fillLegend() {
  legend_->clearItems();
  for (const Lines& lines : lines_) {
    if (lines.twin->isEmpty() && lines.pinned->isEmpty()) continue;
    for (TraceLine* line : {lines.membrane, lines.twin, lines.pinned}) {
      if (!line->isEmpty()) legend_->addItem(new QCPPlottableLegendItem(legend_, line));
    }
  }
  const bool any = legend_->itemCount() > 0;
  if (any == legend_->visible()) return;
  legend_->setVisible(any);
  if (any) {
    plotLayout()->addElement(0, 0, legend_);
  } else {
    plotLayout()->take(legend_);
  }
  applyTheme();
}

QStringList LabPlot::legendTexts() const {
  QStringList texts;
  for (int i = 0; i < legend_->itemCount(); ++i) {
    auto* item = qobject_cast<QCPPlottableLegendItem*>(legend_->item(i));
    if (item != nullptr) texts << item->plottable()->name();
  }
  return texts;
}

void LabPlot::refreshData() {
  stimulusLine_->setStimulus(stimulusTrace_);
  stimulusLine_->setPlayhead(playhead_);
  drawHandles();
  for (std::size_t i = 0; i < neurons_.size(); ++i) fillLines(i);
  fillSpikes();
  fillLegend();
  playheadLine_->setVisible(!std::isnan(playhead_));
  if (!std::isnan(playhead_)) {
    playheadLine_->start->setCoords(playhead_, 0.0);
    playheadLine_->end->setCoords(playhead_, 1.0);
  }
}

void LabPlot::drawHandles() {
  QVector<double> times;
  QVector<double> values;
  for (const StimulusHandle& handle : handles_) {
    times.append(handle.ms);
    values.append(handle.value);
  }
  handleMarks_->setData(times, values, false);
}

void LabPlot::setPlayhead(double ms) {
  playhead_ = ms;
  dataChanged();
}

void LabPlot::fitStrip(LabStrips::Strip strip) {
  QCPAxis* const target = strips_->value(strip);
  QCPRange all;
  bool any = false;
  const auto take = [&](const QCPRange& range) {
    if (!std::isfinite(range.lower) || !std::isfinite(range.upper)) return;
    if (any) {
      all.expand(range);
    } else {
      all = range;
    }
    any = true;
  };
  const auto takeLine = [&](const TraceLine* line) {
    if (line->valueAxis() != target) return;
    bool found = false;
    const QCPRange range = line->getValueRange(found);
    if (found) take(range);
  };
  takeLine(stimulusLine_);
  if (strip == LabStrips::stimulus) {
    for (const StimulusHandle& handle : handles_) take({handle.value, handle.value});
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    for (const Line& own : lines_[i].own) takeLine(own.line);
    takeLine(lines_[i].twin);
    takeLine(lines_[i].pinned);
    const double threshold = neurons_[i].neuron.threshold;
    if (lines_[i].thresholdStrip == strip) take({threshold, threshold});
  }
  if (!any) return;
  const double least = std::max(1e-9, 1e-6 * std::max(std::abs(all.lower), std::abs(all.upper)));
  const double span = std::max(all.upper - all.lower, least);
  target->setRange(all.lower - 0.1 * span, all.upper + 0.1 * span);
}

void LabPlot::fitAxes() {
  for (int i = 0; i < LabStrips::spikes; ++i) {
    const auto strip = static_cast<LabStrips::Strip>(i);
    // What is being dragged stays under the pointer.
    if (strip == LabStrips::stimulus && dragged_) continue;
    if (strips_->isShown(strip)) fitStrip(strip);
  }
  const double end = std::max(endMs(), stimulus_.time_step_s * 1e3);
  strips_->time(LabStrips::stimulus)->setRange(0.0, end);
}

void LabPlot::recolor(const Theme& theme) {
  strips_->recolor(theme, font());
  QCPAxis* counts = strips_->rect(LabStrips::spikes).axis(QCPAxis::atRight);
  counts->setBasePen(Qt::NoPen);
  stimulusLine_->setPen(QPen(theme.text, 1.2));
  handleMarks_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.surface, 1.2),
                                                QBrush(theme.accent), 9));
  playheadLine_->setPen(QPen(theme.accent, 1));
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const QColor colour = colourOf(theme, i);
    QColor shade = colour;
    shade.setAlpha(60);
    for (const Line& own : lines_[i].own) own.line->setPen(QPen(colour, 1.0));
    lines_[i].membrane->setBrush(shade);
    lines_[i].twin->setPen(QPen(mix(theme.surface, colour, 0.7), 1.0, Qt::DashLine));
    lines_[i].pinned->setPen(QPen(mix(theme.surface, colour, 0.45), 1.0));
    if (lines_[i].threshold != nullptr) {
      lines_[i].threshold->setPen(QPen(mix(theme.surface, colour, 0.7), 1.0, Qt::DotLine));
    }
  }
  if (!neurons_.empty()) fillSpikes();
}

}  // namespace paralif
