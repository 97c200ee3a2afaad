// The scene of the neuron lab: neurons under one stimulus, their traces, undo and redo.
#pragma once

#include <QObject>
#include <vector>

#include "core/lab/lab_file.h"
#include "widgets/lab/lab_plot.h"

class QUndoStack;

namespace paralif {

class LabController : public QObject {
  Q_OBJECT

 public:
  explicit LabController(QObject* parent = nullptr);

  [[nodiscard]] const lab::LabScene& scene() const { return scene_; }
  [[nodiscard]] const std::vector<ShownNeuron>& shown() const { return shown_; }
  [[nodiscard]] QUndoStack* undoStack() { return undo_; }
  [[nodiscard]] bool asksForReset() const { return reset_; }
  [[nodiscard]] bool isPinned() const { return !pinned_.empty(); }

  /// Shows a scene at once, without a step of undo: while something is dragged.
  void preview(const lab::LabScene& scene);
  void previewNeuron(std::size_t index, const lab::LabNeuron& neuron);
  void previewStimulus(const lab::Stimulus& stimulus);
  /// Makes what is shown one step of undo.
  void commit(const QString& what);
  /// For undo and redo: shows a scene that was committed before, and what comes next starts there.
  void restore(const lab::LabScene& scene);
  /// preview and commit.
  void take(const lab::LabScene& scene, const QString& what);

  /// Adds the twin with the other answer about the reset to every neuron.
  void askForReset(bool ask);
  /// Keeps the traces as they are, to compare with; false: forgets them.
  void pin(bool on);

 Q_SIGNALS:
  void changed();

 private:
  void simulateAll();

  lab::LabScene scene_;
  lab::LabScene committed_;
  lab::LabScene simulated_;  ///< what shown_ was made from
  std::vector<double> values_;
  std::vector<ShownNeuron> shown_;
  std::vector<std::shared_ptr<const lab::LabTrace>> pinned_;
  bool reset_ = false;
  QUndoStack* undo_;
};

/// LIF and ParaLIF-D side by side under a step.
lab::LabScene firstScene();

}  // namespace paralif
