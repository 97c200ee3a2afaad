// What to test for robustness: the experiment in Train or a run, which neurons, at which levels.
#pragma once

#include <QWidget>
#include <vector>

#include "core/runs/run_store.h"
#include "core/training/robustness.h"

class QComboBox;
class QFormLayout;
class QLineEdit;
class QListWidget;
class QSpinBox;

namespace paralif {

class NumberBox;

/// A curve, and what is needed to write it down or measure it again.
struct RobustnessTest {
  QString name;
  Experiment experiment;
  RobustnessPlan plan;
  RobustnessResults results;

  /// Whether any level has been tested.
  [[nodiscard]] bool any() const;
};

class RobustnessForm : public QWidget {
  Q_OBJECT

 public:
  explicit RobustnessForm(QWidget* parent = nullptr);

  /// Those that have weights can be chosen; the choice stays where it is still there.
  void setRuns(const std::vector<RunSummary>& runs);
  /// One test, or one for each neuron that is checked. `train` is the experiment in Train.
  /// Throws Error(setting).
  [[nodiscard]] std::vector<RobustnessTest> tests(const Experiment& train) const;

  [[nodiscard]] QString levels() const;
  void setLevels(const QString& text);
  [[nodiscard]] int repeats() const;
  void setRepeats(int repeats);

 private:
  [[nodiscard]] bool fromTrain() const;
  void sourceChosen();

  std::vector<RunSummary> runs_;
  QFormLayout* rows_;
  QComboBox* source_;
  QListWidget* neurons_;
  NumberBox* trainNoise_;
  QLineEdit* levels_;
  QSpinBox* repeats_;
};

}  // namespace paralif
