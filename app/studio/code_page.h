// A run or an experiment shown as a program in PyTorch, to copy or to save with its weights.
#pragma once

#include "app/studio/job_page.h"
#include "core/exchange/code_file.h"

class QComboBox;
class QPlainTextEdit;

namespace paralif {

class CodePage : public JobPage {
  Q_OBJECT

 public:
  /// Of a run's folder or an experiment; flavour and file are chosen here.
  explicit CodePage(CodePlan plan, QWidget* parent = nullptr);

  /// Writes the program shown to this .py file and its weights beside it.
  void saveTo(const QString& file);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void begin() override;
  void makeText();
  [[nodiscard]] CodePlan chosen() const;

  CodePlan plan_;
  QComboBox* flavour_;
  QPlainTextEdit* text_;
  QPushButton* copy_;
  bool made_ = false;  ///< the text, for the flavour chosen
};

}  // namespace paralif
