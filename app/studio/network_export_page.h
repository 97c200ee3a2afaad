// Writes a run's network for other programs, and says how faithful a graph is.
#pragma once

#include <filesystem>

#include "app/studio/job_page.h"
#include "core/exchange/export_run.h"

class QCheckBox;
class QComboBox;

namespace paralif {

class FidelityTable;
class NumberBox;

class NetworkExportPage : public JobPage {
  Q_OBJECT

 public:
  NetworkExportPage(std::filesystem::path run, QWidget* parent = nullptr);

  /// Writes the chosen format to this file, whose name ends as the format's do.
  void exportTo(const QString& file);
  [[nodiscard]] QString suffix() const;

 private:
  void begin() override;
  void showFormat();

  std::filesystem::path run_;
  QComboBox* format_;
  QComboBox* target_;
  NumberBox* samples_;
  QCheckBox* approximate_;
  FidelityTable* table_;
};

}  // namespace paralif
