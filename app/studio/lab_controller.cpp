// Only what an edit touched is simulated again.
#include "app/studio/lab_controller.h"

#include <QUndoStack>

#include "core/lab/simulate.h"
#include "datasets/error.h"

namespace paralif {
namespace {

class SceneEdit : public QUndoCommand {
 public:
  SceneEdit(LabController& controller, lab::LabScene before, lab::LabScene after,
            const QString& what)
      : QUndoCommand(what),
        controller_(controller),
        before_(std::move(before)),
        after_(std::move(after)) {}
  void undo() override { controller_.restore(before_); }
  void redo() override { controller_.restore(after_); }

 private:
  LabController& controller_;
  lab::LabScene before_;
  lab::LabScene after_;
};

std::shared_ptr<const lab::LabTrace> traceOf(const lab::LabNeuron& neuron,
                                             const std::vector<double>& values, double step_s) {
  return std::make_shared<lab::LabTrace>(lab::simulate(neuron, values, step_s));
}

}  // namespace

lab::LabScene firstScene() {
  lab::LabScene scene;
  scene.stimulus = lab::stimulus_presets().front();
  for (const char* name : {"LIF", "ParaLIF-D"}) {
    lab::LabNeuron neuron = *lab::neuron_named(name);
    neuron.gain = 2.0;
    scene.neurons.push_back(neuron);
  }
  return scene;
}

LabController::LabController(QObject* parent) : QObject(parent), undo_(new QUndoStack(this)) {
  preview(firstScene());
  committed_ = scene_;
}

void LabController::preview(const lab::LabScene& scene) {
  try {
    for (const lab::LabNeuron& neuron : scene.neurons) lab::validate(neuron);
    lab::validate(scene.stimulus);
  } catch (const Error&) {
    return;  // a field that is being typed
  }
  scene_ = scene;
  simulateAll();
  Q_EMIT changed();
}

void LabController::previewNeuron(std::size_t index, const lab::LabNeuron& neuron) {
  if (index >= scene_.neurons.size() || scene_.neurons[index] == neuron) return;
  lab::LabScene edited = scene_;
  edited.neurons[index] = neuron;
  preview(edited);
}

void LabController::previewStimulus(const lab::Stimulus& stimulus) {
  if (scene_.stimulus == stimulus) return;
  lab::LabScene edited = scene_;
  edited.stimulus = stimulus;
  preview(edited);
}

void LabController::commit(const QString& what) {
  if (scene_ == committed_) return;
  const lab::LabScene before = std::exchange(committed_, scene_);
  undo_->push(new SceneEdit(*this, before, scene_, what));
}

void LabController::restore(const lab::LabScene& scene) {
  committed_ = scene;
  preview(scene);
}

void LabController::take(const lab::LabScene& scene, const QString& what) {
  preview(scene);
  commit(what);
}

void LabController::askForReset(bool ask) {
  reset_ = ask;
  simulated_ = {};
  simulateAll();
  Q_EMIT changed();
}

void LabController::pin(bool on) {
  pinned_.clear();
  if (on) {
    for (const ShownNeuron& shown : shown_) pinned_.push_back(shown.trace);
  }
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    shown_[i].pinned = i < pinned_.size() ? pinned_[i] : nullptr;
  }
  Q_EMIT changed();
}

void LabController::simulateAll() {
  const double step = scene_.stimulus.time_step_s;
  const bool other = values_.empty() || !(scene_.stimulus == simulated_.stimulus);
  if (other) values_ = lab::values_of(scene_.stimulus);
  std::vector<ShownNeuron> shown;
  for (std::size_t i = 0; i < scene_.neurons.size(); ++i) {
    const lab::LabNeuron& neuron = scene_.neurons[i];
    const bool same = !other && i < shown_.size() && i < simulated_.neurons.size() &&
                      simulated_.neurons[i] == neuron;
    if (same) {
      shown.push_back(shown_[i]);
    } else {
      ShownNeuron one;
      one.neuron = neuron;
      one.trace = traceOf(neuron, values_, step);
      if (reset_ && lab::has_reset_twin(neuron)) {
        one.twin = traceOf(lab::reset_twin(neuron), values_, step);
      }
      shown.push_back(std::move(one));
    }
    shown.back().pinned = i < pinned_.size() ? pinned_[i] : nullptr;
  }
  shown_ = std::move(shown);
  simulated_ = scene_;
}

}  // namespace paralif
