// Dragging the stimulus.
#include "widgets/lab/lab_plot.h"

namespace paralif {
namespace {

constexpr double reach = 9.0;  // pixels around a handle

}  // namespace

QPointF LabPlot::handlePosition(std::size_t handle) const {
  const StimulusHandle& h = handles_.at(handle);
  return {strips_->time(LabStrips::stimulus)->coordToPixel(h.ms),
          strips_->value(LabStrips::stimulus)->coordToPixel(h.value)};
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
  if (event->button() == Qt::LeftButton &&
      strips_->rect(LabStrips::stimulus).rect().contains(at.toPoint())) {
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
      const lab::Stimulus edited =
          withPoint(stimulus_, strips_->time(LabStrips::stimulus)->pixelToCoord(at.x()),
                    strips_->value(LabStrips::stimulus)->pixelToCoord(at.y()));
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
                                     strips_->time(LabStrips::stimulus)->pixelToCoord(at.x()),
                                     strips_->value(LabStrips::stimulus)->pixelToCoord(at.y()));
  setStimulus(edited);
  Q_EMIT stimulusDragged(edited);
  PlotView::mouseMoveEvent(event);  // the readout goes along; no press was passed on, so no panning
}

void LabPlot::mouseReleaseEvent(QMouseEvent* event) {
  if (dragged_) {
    dragged_.reset();
    if (isFollowing()) follow();  // what the drag held back
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

}  // namespace paralif
