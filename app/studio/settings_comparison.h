// The selected runs as lines across the settings in which they differ, up to their accuracy.
#pragma once

#include <QWidget>
#include <span>

#include "core/library/comparison.h"

class QLabel;

namespace paralif {

class ParallelView;

class SettingsComparison : public QWidget {
  Q_OBJECT

 public:
  explicit SettingsComparison(QWidget* parent = nullptr);
  /// `names`: of the runs, for people. Runs that have not been tested are left out, and so is the
  /// seed, which is no setting to choose by.
  void setRuns(std::span<const RunEntry> runs, const QStringList& names,
               const std::vector<Difference>& differences);

 private:
  void tell();

  ParallelView* lines_;
  QLabel* summary_;
};

}  // namespace paralif
