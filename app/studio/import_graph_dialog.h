// A NIR graph of another program as a run: which data it is for, and how faithful the network is.
#pragma once

#include <QDialog>
#include <filesystem>

#include "core/experiments/experiment.h"

namespace paralif {

class ImportGraphPage;

class ImportGraphDialog : public QDialog {
  Q_OBJECT

 public:
  /// `current`: the experiment whose data and training settings are taken where its dataset is
  /// chosen.
  ImportGraphDialog(const std::filesystem::path& file, const Experiment& current,
                    const std::filesystem::path& runsRoot, QWidget* parent = nullptr);

 public Q_SLOTS:
  /// While an import works, ends that alone.
  void reject() override;

 Q_SIGNALS:
  void imported(const QString& run);

 private:
  ImportGraphPage* page_;
};

}  // namespace paralif
