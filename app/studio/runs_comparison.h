// The selected runs beside one another: curves, what differs, and the outcome by groups.
#pragma once

#include <QTabWidget>
#include <vector>

#include "app/studio/background_job.h"
#include "core/library/comparison.h"
#include "core/values/mean_deviation.h"
#include "core/values/metrics.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QTableWidget;

namespace paralif {

class CompareView;
class ConfusionComparison;
class OutcomeView;
class SettingsComparison;

class RunsComparison : public QTabWidget {
  Q_OBJECT

 public:
  /// More runs are left out, and it says so.
  static constexpr std::size_t mostRuns = 500;

  explicit RunsComparison(QWidget* parent = nullptr);
  /// Reads their metrics off this thread, then shows them.
  void setRuns(std::vector<RunEntry> runs);

 private:
  struct Group {
    RunGroup of;
    MeanDeviation accuracy;  ///< last test, of the runs that have been tested
    double p = 1.0;          ///< against the best group
  };
  /// Everything that takes time, of one selection.
  struct Read {
    std::vector<RunEntry> runs;
    std::vector<std::vector<EpochMetrics>> epochs;  ///< empty: cannot be read, or none yet
    std::vector<std::optional<double>> operations;  ///< synaptic, a sample; absent: not recorded
    std::vector<Difference> differences;
    std::vector<Group> groups;
    std::size_t best = 0;  ///< the group with the best mean
  };
  static Read read(std::vector<RunEntry> runs, JobControl& control);
  QWidget* makeCurves();
  QWidget* makeDifferences();
  QWidget* makeOutcome();
  void show(Read read);
  void showCurves();
  void showDifferences();
  void offerAxes();
  void showOutcome();
  CompareView* curves_;
  QCheckBox* means_;
  QTableWidget* differences_;
  QLabel* same_;
  OutcomeView* outcome_;
  QComboBox* against_;
  QTableWidget* groups_;
  QLabel* test_;
  ConfusionComparison* confusion_;
  SettingsComparison* settings_;
  BackgroundJob reading_;
  Read read_;
};

}  // namespace paralif
