// Confusion matrices of the selected runs side by side, each of its last recorded epoch.
#pragma once

#include <QWidget>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/studio/background_job.h"
#include "core/values/metrics.h"
#include "widgets/views/class_names.h"

class QGridLayout;
class QLabel;
class QScrollArea;

namespace paralif {

class ConfusionView;

class ConfusionComparison : public QWidget {
  Q_OBJECT

 public:
  struct Run {
    QString name;
    std::filesystem::path folder;
    ClassNames classes{};
  };
  /// More are left out, and it says so: matrices would be too small to read.
  static constexpr std::size_t mostShown = 6;

  explicit ConfusionComparison(QWidget* parent = nullptr);
  /// Reads them off this thread once they can be seen.
  void setRuns(std::vector<Run> runs);
  [[nodiscard]] const std::vector<ConfusionView*>& views() const { return views_; }

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  struct Matrix {
    std::size_t run;
    std::shared_ptr<const ConfusionMatrix> matrix;
  };
  void read();
  void showMatrices(const std::vector<Matrix>& matrices);

  std::vector<Run> runs_;
  bool wanted_ = false;  ///< runs_ has not been read yet
  QLabel* note_;
  QScrollArea* scroll_;
  QWidget* page_;
  QGridLayout* grid_;
  std::vector<ConfusionView*> views_;
  BackgroundJob reading_;
};

}  // namespace paralif
