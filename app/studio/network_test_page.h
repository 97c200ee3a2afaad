// Tests a run's network: by class, with a worse sensor, with disturbed or rounded weights.
#pragma once

#include <filesystem>
#include <optional>

#include "app/studio/job_page.h"
#include "core/exchange/test_run.h"

class QComboBox;
class QLineEdit;
class QTableWidget;

namespace paralif {

class NumberBox;
class OutcomeView;

class NetworkTestPage : public JobPage {
  Q_OBJECT

 public:
  NetworkTestPage(std::filesystem::path run, QWidget* parent = nullptr);

  /// What was found last.
  [[nodiscard]] const std::optional<RunTest>& result() const { return result_; }

 private:
  void begin() override;
  void showResult(RunTest test);
  void save(const QString& title, const QString& name, std::string (*text)(const RunTest&));
  /// Numbers of bits as typed; nothing, with a sentence, for what is none.
  [[nodiscard]] std::optional<std::vector<int>> bits();

  std::filesystem::path run_;
  QComboBox* part_;
  NumberBox* noise_;
  NumberBox* lost_;
  NumberBox* jitter_;
  NumberBox* weightNoise_;
  QLineEdit* bits_;
  QComboBox* bitsOf_;
  QTableWidget* classes_;
  OutcomeView* curve_;
  QPushButton* predictions_;
  QPushButton* confusion_;
  std::optional<RunTest> result_;
};

}  // namespace paralif
