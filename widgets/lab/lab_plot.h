// The linked plots of the neuron lab: stimulus, one strip for each quantity in view, spikes.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/lab/lab_neuron.h"
#include "core/lab/simulate.h"
#include "widgets/lab/lab_strips.h"
#include "widgets/lab/stimulus_handles.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class SpikeRows;
class TraceLine;

/// One neuron as the plots show it.
struct ShownNeuron {
  lab::LabNeuron neuron;
  std::shared_ptr<const lab::LabTrace> trace;
  std::shared_ptr<const lab::LabTrace> twin;    ///< with the other answer about the reset; or null
  std::shared_ptr<const lab::LabTrace> pinned;  ///< as it was, to compare with; or null
};

/// A quantity has a strip while one of the neurons has it. Resets are drawn as a drop from the
/// value that crossed to the value it went to.
class LabPlot : public PlotView {
  Q_OBJECT

 public:
  explicit LabPlot(QWidget* parent = nullptr);
  ~LabPlot() override;

  void setStimulus(const lab::Stimulus& stimulus);
  void setNeurons(std::vector<ShownNeuron> neurons);
  /// Draws everything up to this time only; NaN: all of it.
  void setPlayhead(double ms);

  [[nodiscard]] const std::vector<ShownNeuron>& neurons() const { return neurons_; }
  [[nodiscard]] SpikeRows& spikes() { return *spikes_; }
  [[nodiscard]] const LabStrips& strips() const { return *strips_; }
  /// What the dashed and pale lines are, one entry each; empty without any.
  [[nodiscard]] QStringList legendTexts() const;
  /// Where a handle of the stimulus is, in pixels.
  [[nodiscard]] QPointF handlePosition(std::size_t handle) const;
  [[nodiscard]] double endMs() const;
  /// The colour of a neuron: of its lines, ticks and its place in the list.
  static QColor colourOf(const Theme& theme, std::size_t neuron);
  /// "without a reset" or "with a reset": what the twin of a neuron is.
  static QString twinName(const lab::LabNeuron& neuron);

  void writeCsv(QTextStream& out) const override;

 Q_SIGNALS:
  /// While a handle is dragged, at every move.
  void stimulusDragged(const paralif::lab::Stimulus& stimulus);
  /// Once at the end of a drag, and for points added and removed.
  void stimulusEdited(const paralif::lab::Stimulus& stimulus);

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Line {
    TraceLine* line = nullptr;
    lab::Quantity quantity = lab::Quantity::membrane;
  };
  struct Lines {
    std::vector<Line> own;  ///< one for each quantity
    TraceLine *membrane = nullptr, *twin = nullptr, *pinned = nullptr;
    QCPItemLine* threshold = nullptr;
    LabStrips::Strip thresholdStrip = LabStrips::count;  ///< count: no threshold
  };

  Lines makeLines(const ShownNeuron& shown);
  void removeLines();
  void fillLines(std::size_t neuron);
  void fillSpikes();
  void fillLegend();
  void drawHandles();
  void fitStrip(LabStrips::Strip strip);
  [[nodiscard]] std::optional<std::size_t> handleAt(QPointF position) const;
  [[nodiscard]] QString neuronReadout(const ShownNeuron& shown, LabStrips::Strip strip,
                                      double ms) const;

  std::unique_ptr<LabStrips> strips_;
  TraceLine* stimulusLine_;
  QCPGraph* handleMarks_;
  SpikeRows* spikes_;
  QCPItemLine* playheadLine_;
  QCPLegend* legend_;
  std::vector<Lines> lines_;
  std::vector<ShownNeuron> neurons_;
  lab::Stimulus stimulus_;
  std::shared_ptr<const lab::LabTrace> stimulusTrace_;
  std::vector<StimulusHandle> handles_;
  std::optional<std::size_t> dragged_;
  double playhead_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace paralif
