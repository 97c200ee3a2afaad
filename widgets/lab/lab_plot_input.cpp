// Dragging the stimulus, cursor readouts, and the table of the traces.
#include <algorithm>
#include <cmath>

#include "widgets/lab/lab_plot.h"
#include "widgets/lab/spike_rows.h"
#include "widgets/lab/trace_line.h"

namespace paralif {
namespace {

constexpr double reach = 9.0;  // pixels around a handle

QString number(double value) {
  return QString::number(value, 'g', 4);
}

}  // namespace

QPointF LabPlot::handlePosition(std::size_t handle) const {
  const StimulusHandle& h = handles_.at(handle);
  return {axis(stimulusStrip, QCPAxis::atBottom)->coordToPixel(h.ms),
          axis(stimulusStrip, QCPAxis::atLeft)->coordToPixel(h.value)};
}

std::optional<std::size_t> LabPlot::handleAt(QPointF position) const {
  std::optional<std::size_t> nearest;
  double least = reach;
  for (std::size_t i = 0; i < handles_.size(); ++i) {
    const double distance = QLineF(position, handlePosition(i)).length();
    if (distance > least) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

void LabPlot::mousePressEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (event->button() == Qt::LeftButton && rects_[stimulusStrip]->rect().contains(at.toPoint())) {
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
      const lab::Stimulus edited =
          withPoint(stimulus_, axis(stimulusStrip, QCPAxis::atBottom)->pixelToCoord(at.x()),
                    axis(stimulusStrip, QCPAxis::atLeft)->pixelToCoord(at.y()));
      setStimulus(edited);
      Q_EMIT stimulusEdited(edited);
      return;
    }
    dragged_ = handleAt(at);
    if (dragged_) {
      setFocus(Qt::MouseFocusReason);
      return;
    }
  }
  PlotView::mousePressEvent(event);
}

void LabPlot::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (!dragged_) {
    setCursor(handleAt(at) ? Qt::SizeAllCursor : Qt::ArrowCursor);
    PlotView::mouseMoveEvent(event);
    return;
  }
  const lab::Stimulus edited = moved(stimulus_, handles_[*dragged_],
                                     axis(stimulusStrip, QCPAxis::atBottom)->pixelToCoord(at.x()),
                                     axis(stimulusStrip, QCPAxis::atLeft)->pixelToCoord(at.y()));
  setStimulus(edited);
  Q_EMIT stimulusDragged(edited);
}

void LabPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (dragged_) {
    dragged_.reset();
    Q_EMIT stimulusEdited(stimulus_);
    return;
  }
  PlotView::mouseReleaseEvent(event);
}

void LabPlot::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete) {
    const auto handle = handleAt(mapFromGlobal(QCursor::pos()));
    if (handle) {
      const lab::Stimulus edited = without(stimulus_, handles_[*handle]);
      setStimulus(edited);
      Q_EMIT stimulusEdited(edited);
      return;
    }
  }
  PlotView::keyPressEvent(event);
}

QString LabPlot::neuronReadout(const ShownNeuron& shown, Strip strip, double ms) const {
  const lab::LabTrace& trace = *shown.trace;
  const double step = std::floor(ms / (trace.time_step_s * 1e3) + 0.5);
  if (step < 0.0 || step >= static_cast<double>(trace.steps())) return {};
  const auto t = static_cast<std::size_t>(step);
  const bool living = shown.neuron.model == lab::LabModel::izhikevich;
  switch (strip) {
    case stimulusStrip:
      return tr("input %1").arg(number(trace.stimulus[t]));
    case currentStrip:
      return (living ? tr("u %1") : tr("I %1")).arg(number(trace.current[t]));
    case membraneStrip:
      return (living ? tr("v %1 mV") : tr("V %1")).arg(number(trace.membrane[t]));
    case ruleStrip:
      if (!trace.change.empty()) return tr("change %1").arg(number(trace.change[t]));
      if (!trace.probability.empty()) {
        return tr("probability %1 %").arg(number(100.0 * trace.probability[t]));
      }
      return trace.normalised.empty() ? QString() : tr("u %1").arg(number(trace.normalised[t]));
    default: {
      const auto until = std::ranges::upper_bound(trace.spikes, static_cast<std::int32_t>(t));
      return tr("%1 of %2 spikes so far")
          .arg(until - trace.spikes.begin())
          .arg(trace.spikes.size());
    }
  }
}

QString LabPlot::readout(const QCPAxisRect& rect, QPointF position) const {
  const double ms = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  QString text = tr("%1 ms").arg(number(ms));
  const auto strip = static_cast<Strip>(std::ranges::find(rects_, &rect) - rects_.begin());
  if (strip == stimulusStrip && stimulusTrace_) {
    const auto step = static_cast<std::size_t>(
        std::clamp(std::floor(ms / (stimulusTrace_->time_step_s * 1e3) + 0.5), 0.0,
                   static_cast<double>(stimulusTrace_->steps()) - 1.0));
    text += "\n" + tr("stimulus %1").arg(number(stimulusTrace_->stimulus[step]));
  }
  for (std::size_t i = 0; i < neurons_.size(); ++i) {
    const QString line = neuronReadout(neurons_[i], strip, ms);
    if (line.isEmpty()) continue;
    text += QString("\n%1 %2: %3")
                .arg(i + 1)
                .arg(QString::fromStdString(lab::name_of(neurons_[i].neuron)), line);
  }
  return text;
}

void LabPlot::writeCsv(QTextStream& out) const {
  out << "time_ms,stimulus";
  std::size_t steps = stimulusTrace_ ? stimulusTrace_->steps() : 0;
  for (std::size_t i = 0; i < neurons_.size(); ++i) {
    const QString name =
        QString("%1_%2").arg(i + 1).arg(QString::fromStdString(lab::name_of(neurons_[i].neuron)));
    const bool living = neurons_[i].neuron.model == lab::LabModel::izhikevich;
    out << "," << name << (living ? "_recovery_u" : "_current") << "," << name
        << (living ? "_v_mv" : "_membrane") << "," << name << "_spike";
    steps = std::min(steps, neurons_[i].trace->steps());
  }
  out << "\n";
  std::vector<std::size_t> next(neurons_.size(), 0);
  for (std::size_t t = 0; t < steps; ++t) {
    out << static_cast<double>(t) * stimulusTrace_->time_step_s * 1e3 << ","
        << stimulusTrace_->stimulus[t];
    for (std::size_t i = 0; i < neurons_.size(); ++i) {
      const lab::LabTrace& trace = *neurons_[i].trace;
      const bool fires =
          next[i] < trace.spikes.size() && trace.spikes[next[i]] == static_cast<std::int32_t>(t);
      if (fires) ++next[i];
      out << "," << trace.current[t] << "," << trace.membrane[t] << "," << (fires ? 1 : 0);
    }
    out << "\n";
  }
}

}  // namespace paralif
