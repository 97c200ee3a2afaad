// Strips, lines and their data.
#include "widgets/lab/lab_plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/lab/spike_rows.h"
#include "widgets/lab/trace_line.h"

namespace paralif {
namespace {

using lab::LabModel;
using lab::LabTrace;

constexpr int sideMargin = 46;  // pixels: room for tick labels
constexpr int stretches[]{3, 3, 6, 4, 3};

bool isLiving(const ShownNeuron& shown) {
  return shown.neuron.model == LabModel::izhikevich;
}

/// What the spiking function of a neuron looks at.
TraceLine::Member ruleMember(const LabTrace& trace) {
  if (!trace.change.empty()) return &LabTrace::change;
  if (!trace.probability.empty()) return &LabTrace::probability;
  return &LabTrace::normalised;
}

}  // namespace

LabPlot::LabPlot(QWidget* parent) : PlotView(tr("Neuron traces"), parent) {
  addStrips();
  stimulusLine_ =
      new TraceLine(axis(stimulusStrip, QCPAxis::atBottom), axis(stimulusStrip, QCPAxis::atLeft));
  handleMarks_ =
      addGraph(axis(stimulusStrip, QCPAxis::atBottom), axis(stimulusStrip, QCPAxis::atLeft));
  handleMarks_->setLineStyle(QCPGraph::lsNone);
  handleMarks_->setAdaptiveSampling(false);
  spikes_ = new SpikeRows(axis(spikeStrip, QCPAxis::atBottom), axis(spikeStrip, QCPAxis::atLeft));
  playheadLine_ = new QCPItemLine(this);
  for (QCPItemPosition* end : {playheadLine_->start, playheadLine_->end}) {
    end->setAxes(axis(spikeStrip, QCPAxis::atBottom), axis(spikeStrip, QCPAxis::atLeft));
    end->setTypeX(QCPItemPosition::ptPlotCoords);
    end->setTypeY(QCPItemPosition::ptViewportRatio);
  }
  playheadLine_->setClipToAxisRect(false);
  playheadLine_->setVisible(false);
  applyTheme();
}

void LabPlot::addStrips() {
  const QString names[]{tr("Stimulus (a.u.)"), tr("Synaptic current (a.u.)"), tr("Membrane (a.u.)"),
                        tr("Seen by the spiking function"), tr("Spikes")};
  auto* margins = new QCPMarginGroup(this);
  plotLayout()->clear();
  plotLayout()->setRowSpacing(0);
  for (int i = 0; i < stripCount; ++i) {
    auto* rect = new QCPAxisRect(this);
    setUpAxisRect(rect, i + 1 == stripCount ? tr("Time (ms)") : QString(), QString());
    rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    rect->setMinimumMargins(QMargins(sideMargin, 4, 14, 4));
    rect->setMinimumSize(60, 20);
    plotLayout()->addElement(i, 0, rect);
    plotLayout()->setRowStretchFactor(i, stretches[i]);
    rects_[static_cast<std::size_t>(i)] = rect;
    QCPAxis* x = rect->axis(QCPAxis::atBottom);
    x->setTickLabels(i + 1 == stripCount);
    rect->axis(QCPAxis::atLeft)->ticker()->setTickCount(3);
    rect->axis(QCPAxis::atRight)->ticker()->setTickCount(3);
    connect(x, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            [this](const QCPRange& range) {
              for (QCPAxisRect* other : rects_) {
                if (other != nullptr) other->axis(QCPAxis::atBottom)->setRange(range);
              }
            });
    auto* name = new QCPItemText(this);
    name->setObjectName("stripName");
    name->setClipAxisRect(rect);
    name->position->setAxisRect(rect);
    name->position->setType(QCPItemPosition::ptAxisRectRatio);
    name->position->setCoords(0.006, 0.0);
    name->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    name->setText(names[i]);
  }
  axis(spikeStrip, QCPAxis::atLeft)->setRangeReversed(true);
  axis(spikeStrip, QCPAxis::atLeft)->grid()->setVisible(false);
  rects_[spikeStrip]->setRangeDrag(Qt::Horizontal);
  rects_[spikeStrip]->setRangeZoom(Qt::Horizontal);
}

QCPAxis* LabPlot::axis(Strip strip, QCPAxis::AxisType side) const {
  return rects_[strip]->axis(side);
}

QColor LabPlot::colourOf(const Theme& theme, std::size_t neuron) {
  const QColor colour = theme.series[neuron % theme.series.size()];
  return neuron < theme.series.size() ? colour : mix(colour, theme.text, 0.45);
}

double LabPlot::endMs() const {
  return static_cast<double>(stimulus_.steps()) * stimulus_.time_step_s * 1e3;
}

void LabPlot::setStimulus(const lab::Stimulus& stimulus) {
  if (stimulusTrace_ && stimulus == stimulus_) return;
  stimulus_ = stimulus;
  auto trace = std::make_shared<LabTrace>();
  trace->time_step_s = stimulus.time_step_s;
  trace->stimulus = lab::values_of(stimulus);
  stimulusTrace_ = std::move(trace);
  handles_ = handlesOf(stimulus);
  dataChanged();
}

LabPlot::Lines LabPlot::makeLines() {
  QCPAxis* const x = axis(membraneStrip, QCPAxis::atBottom);
  QCPAxis* const y = axis(membraneStrip, QCPAxis::atLeft);
  Lines lines{};
  lines.pinned = new TraceLine(x, y);
  lines.twin = new TraceLine(x, y);
  lines.membrane = new TraceLine(x, y);
  lines.current =
      new TraceLine(axis(currentStrip, QCPAxis::atBottom), axis(currentStrip, QCPAxis::atLeft));
  lines.rule = new TraceLine(axis(ruleStrip, QCPAxis::atBottom), axis(ruleStrip, QCPAxis::atLeft));
  const auto level = [this](Strip strip) {
    auto* line = new QCPItemLine(this);
    line->setClipAxisRect(rects_[strip]);
    for (QCPItemPosition* end : {line->start, line->end}) {
      end->setAxes(axis(strip, QCPAxis::atBottom), axis(strip, QCPAxis::atLeft));
      end->setTypeX(QCPItemPosition::ptAxisRectRatio);
      end->setAxisRect(rects_[strip]);
      end->setTypeY(QCPItemPosition::ptPlotCoords);
    }
    return line;
  };
  lines.threshold = level(membraneStrip);
  lines.ruleThreshold = level(ruleStrip);
  return lines;
}

void LabPlot::setNeurons(std::vector<ShownNeuron> neurons) {
  neurons_ = std::move(neurons);
  if (lines_.size() != neurons_.size()) {
    for (const Lines& lines : lines_) {
      for (TraceLine* line :
           {lines.current, lines.membrane, lines.twin, lines.pinned, lines.rule}) {
        removePlottable(line);
      }
      removeItem(lines.threshold);
      removeItem(lines.ruleThreshold);
    }
    lines_.clear();
    for (std::size_t i = 0; i < neurons_.size(); ++i) lines_.push_back(makeLines());
    recolor(theme());
  }
  dataChanged();
}

void LabPlot::fillLines(std::size_t neuron) {
  const ShownNeuron& shown = neurons_[neuron];
  const Lines& lines = lines_[neuron];
  const bool living = isLiving(shown);
  const auto side = living ? QCPAxis::atRight : QCPAxis::atLeft;
  for (TraceLine* line : {lines.membrane, lines.twin, lines.pinned}) {
    line->setValueAxis(axis(membraneStrip, side));
  }
  lines.current->setValueAxis(axis(currentStrip, side));
  lines.current->setTrace(shown.trace, &LabTrace::current);
  lines.membrane->setTrace(shown.trace, &LabTrace::membrane);
  lines.membrane->setPartner(shown.twin);
  lines.twin->setTrace(shown.twin, &LabTrace::membrane);
  lines.pinned->setTrace(shown.pinned, &LabTrace::membrane);
  lines.rule->setTrace(shown.trace, ruleMember(*shown.trace));
  for (TraceLine* line : {lines.current, lines.membrane, lines.twin, lines.pinned, lines.rule}) {
    line->setPlayhead(playhead_);
  }
  const SpikeRule rule = lab::rule_of(shown.neuron);
  const bool level = shown.neuron.uses_threshold();
  const bool onMembrane =
      level && rule.squash == Squash::identity && rule.generator == Generator::threshold;
  const bool onRule = level && shown.neuron.model == LabModel::paralif;
  const auto place = [&](QCPItemLine* line, bool visible) {
    line->setVisible(visible);
    line->start->setCoords(0.0, shown.neuron.threshold);
    line->end->setCoords(1.0, shown.neuron.threshold);
  };
  place(lines.threshold, onMembrane);
  place(lines.ruleThreshold, onRule);
}

void LabPlot::refreshData() {
  stimulusLine_->setTrace(stimulusTrace_, &LabTrace::stimulus);
  stimulusLine_->setPlayhead(playhead_);
  drawHandles();
  std::vector<SpikeRows::Row> rows;
  QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
  bool living = false;
  for (std::size_t i = 0; i < neurons_.size(); ++i) {
    fillLines(i);
    living = living || isLiving(neurons_[i]);
    rows.push_back(
        {neurons_[i].trace->spikes, neurons_[i].trace->time_step_s * 1e3, colourOf(theme(), i)});
    names->addTick(static_cast<double>(i) + 0.5, QString::number(i + 1));
  }
  for (const Strip strip : {currentStrip, membraneStrip}) {
    QCPAxis* right = axis(strip, QCPAxis::atRight);
    right->setVisible(living);
    right->setTicks(living);
    right->setTickLabels(living);
    right->setLabel(!living ? QString() : strip == membraneStrip ? tr("v (mV)") : tr("u"));
  }
  spikes_->setRows(std::move(rows));
  spikes_->setPlayhead(playhead_);
  axis(spikeStrip, QCPAxis::atLeft)->setTicker(names);
  axis(spikeStrip, QCPAxis::atLeft)->setRange(0.0, std::max<double>(1.0, double(neurons_.size())));
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

void LabPlot::fitStrip(Strip strip, QCPAxis::AxisType side) {
  QCPAxis* const target = axis(strip, side);
  double low = 0.0;
  double high = 0.0;
  bool any = false;
  const auto take = [&](double least, double most) {
    if (!std::isfinite(least) || !std::isfinite(most)) return;
    low = any ? std::min(low, least) : least;
    high = any ? std::max(high, most) : most;
    any = true;
  };
  const auto takeLine = [&](const TraceLine* line) {
    if (line->valueAxis() != target) return;
    bool found = false;
    const QCPRange range = line->getValueRange(found);
    if (found) take(range.lower, range.upper);
  };
  if (strip == stimulusStrip) {
    takeLine(stimulusLine_);
    for (const StimulusHandle& handle : handles_) take(handle.value, handle.value);
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Lines& lines = lines_[i];
    for (const TraceLine* line :
         {lines.current, lines.membrane, lines.twin, lines.pinned, lines.rule}) {
      takeLine(line);
    }
    const double threshold = neurons_[i].neuron.threshold;
    const bool marked = strip == membraneStrip
                            ? lines.threshold->visible()
                            : strip == ruleStrip && lines.ruleThreshold->visible();
    if (marked && side == QCPAxis::atLeft) take(threshold, threshold);
  }
  if (!any) return;
  const double room = std::max(0.12 * (high - low), 1e-9 + 1e-6 * std::abs(high));
  target->setRange(low - room, high + 2.0 * room);
}

void LabPlot::fitAxes() {
  for (const Strip strip : {stimulusStrip, currentStrip, membraneStrip, ruleStrip}) {
    fitStrip(strip, QCPAxis::atLeft);
  }
  fitStrip(currentStrip, QCPAxis::atRight);
  fitStrip(membraneStrip, QCPAxis::atRight);
  const double end = std::max(endMs(), stimulus_.time_step_s * 1e3);
  axis(stimulusStrip, QCPAxis::atBottom)->setRange(0.0, end);
}

void LabPlot::recolor(const Theme& theme) {
  for (QCPItemText* name : findChildren<QCPItemText*>("stripName")) {
    name->setColor(theme.muted);
    QFont small = font();
    small.setPointSizeF(8.0);
    name->setFont(small);
  }
  stimulusLine_->setPen(QPen(theme.text, 1.2));
  handleMarks_->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(theme.surface, 1.2),
                                                QBrush(theme.accent), 9));
  playheadLine_->setPen(QPen(theme.accent, 1));
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const QColor colour = colourOf(theme, i);
    QColor shade = colour;
    shade.setAlpha(60);
    lines_[i].membrane->setBrush(shade);
    for (TraceLine* line : {lines_[i].current, lines_[i].membrane, lines_[i].rule}) {
      line->setPen(QPen(colour, 1.0));
    }
    lines_[i].twin->setPen(QPen(mix(theme.surface, colour, 0.7), 1.0, Qt::DashLine));
    lines_[i].pinned->setPen(QPen(mix(theme.surface, colour, 0.45), 1.0));
    for (QCPItemLine* line : {lines_[i].threshold, lines_[i].ruleThreshold}) {
      line->setPen(QPen(mix(theme.surface, colour, 0.7), 1.0, Qt::DotLine));
    }
  }
  std::vector<SpikeRows::Row> rows = spikes_->rows();
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].colour = colourOf(theme, i);
  spikes_->setRows(std::move(rows));
}

}  // namespace paralif
