// What is kept of each recorded epoch: a choice of recorders, with what each costs.
#pragma once

#include <QDialog>
#include <optional>
#include <vector>

#include "core/recording/recording_costs.h"

class QDialogButtonBox;
class QLabel;
class QSpinBox;
class QTableWidget;

namespace paralif {

class RecordingDialog : public QDialog {
  Q_OBJECT

 public:
  /// `request` has what is looked at, which decides how much there is to keep.
  RecordingDialog(const Experiment& experiment, const WatchRequest& request,
                  QWidget* parent = nullptr);

  [[nodiscard]] RecordingSettings settings() const;
  /// What shares of time are of; until then, or where the data cannot be opened, none are shown.
  void setSamples(const SampleCounts& samples);
  void setProblem(const QString& sentence);
  /// "about 31 kB an epoch, 0.6 MB in all"; why nothing can be said; or that nothing is kept.
  static QString summaryOf(const Experiment& experiment, const WatchRequest& request);

 private:
  void fill();
  void showCosts();

  Experiment experiment_;
  WatchRequest request_;
  std::vector<RecordingCost> costs_;
  std::optional<SampleCounts> samples_;
  QString problem_;  ///< why the samples cannot be counted; empty: they can
  QSpinBox* every_;
  QTableWidget* table_;
  QLabel* summary_;
  QDialogButtonBox* buttons_;
};

}  // namespace paralif
