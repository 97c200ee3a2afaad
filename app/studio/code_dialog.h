// The experiment of the form as a program in PyTorch.
#pragma once

#include <QDialog>

#include "core/experiments/experiment.h"

namespace paralif {

class CodePage;

/// Deletes itself once it is closed and the work of its page has ended.
class CodeDialog : public QDialog {
  Q_OBJECT

 public:
  explicit CodeDialog(const Experiment& experiment, QWidget* parent = nullptr);

 private:
  CodePage* page_;
};

}  // namespace paralif
