// What a run's network computes for a sample, and an estimate of its energy by named figures.
#pragma once

#include <filesystem>
#include <optional>

#include "app/studio/job_page.h"
#include "core/exchange/run_cost.h"

class QComboBox;
class QTableWidget;

namespace paralif {

class NumberBox;

class NetworkCostPage : public JobPage {
  Q_OBJECT

 public:
  NetworkCostPage(std::filesystem::path run, QWidget* parent = nullptr);

  [[nodiscard]] const std::optional<RunCost>& result() const { return result_; }

 private:
  void begin() override;
  void takeFigures();
  [[nodiscard]] EnergyFigures figures() const;
  void showResult();

  std::filesystem::path run_;
  QComboBox* named_;
  NumberBox* addition_;
  NumberBox* multiplication_;
  NumberBox* synapse_;
  NumberBox* update_;
  NumberBox* samples_;
  QTableWidget* layers_;
  QTableWidget* energy_;
  std::optional<RunCost> result_;
};

}  // namespace paralif
