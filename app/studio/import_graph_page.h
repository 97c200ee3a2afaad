// The contents of ImportGraphDialog.
#pragma once

#include <filesystem>

#include "app/studio/job_page.h"
#include "core/exchange/import_run.h"

class QCheckBox;
class QComboBox;

namespace paralif {

class FidelityTable;
class NumberBox;

class ImportGraphPage : public JobPage {
  Q_OBJECT

 public:
  ImportGraphPage(std::filesystem::path file, const Experiment& current,
                  std::filesystem::path runsRoot, QWidget* parent = nullptr);

 Q_SIGNALS:
  void imported(const QString& run);

 private:
  void begin() override;
  void showResult(const NirImport& made);

  std::filesystem::path file_;
  Experiment current_;
  std::filesystem::path runsRoot_;
  QComboBox* dataset_;
  NumberBox* timeStep_;
  NumberBox* samples_;
  QCheckBox* approximate_;
  FidelityTable* table_;
};

}  // namespace paralif
