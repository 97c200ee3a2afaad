// The lab's analyses as tabs: f-I curve, impulse response, intervals, trials.
#pragma once

#include <QTabWidget>
#include <QTimer>

class QLabel;

namespace paralif {

class CurvePlot;
class LabController;
class TrialsPlot;

/// Computes only the tab in view, a moment after the last change, so that dragging stays quick.
class LabAnalysis : public QTabWidget {
  Q_OBJECT

 public:
  explicit LabAnalysis(LabController& controller, QWidget* parent = nullptr);
  /// The neuron whose trials are shown.
  void setChosen(std::size_t neuron);
  [[nodiscard]] CurvePlot& rates() { return *rates_; }
  [[nodiscard]] CurvePlot& intervals() { return *intervals_; }
  [[nodiscard]] TrialsPlot& trials() { return *trials_; }
  void update();

 Q_SIGNALS:
  void exportFailed(const QString& sentence);

 private:
  void showRates();
  void showResponses();
  void showIntervals();
  void showTrials();

  LabController& controller_;
  CurvePlot* rates_;
  CurvePlot* responses_;
  CurvePlot* intervals_;
  TrialsPlot* trials_;
  QTimer timer_;
  std::size_t chosen_ = 0;
};

}  // namespace paralif
