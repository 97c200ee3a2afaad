// One's own sounds and spike lists as a dataset: which columns hold what, with the result in sight.
#pragma once

#include <QDialog>
#include <filesystem>

#include "app/studio/background_job.h"
#include "datasets/import/convert.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QTimer;

namespace paralif {

class ImportForm;
class RecordingView;

class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  /// Imports go into a folder of their own name among the imports of `dataFolder`.
  explicit ImportDialog(std::filesystem::path dataFolder, QWidget* parent = nullptr);
  ~ImportDialog() override;

  /// A folder with one folder a class, or one recording (or a folder of some) to look at.
  void choose(const std::filesystem::path& path);
  /// Where the dataset was written; of use once the dialog was accepted.
  [[nodiscard]] const std::filesystem::path& written() const { return out_; }

 public Q_SLOTS:
  /// While an import runs, ends that alone.
  void reject() override;

 protected:
  /// Return in the path's box takes the path; it does not import.
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* makeSource();
  void takeTypedPath();
  void showPreview(const SpikeList& list);
  void askForFolder();
  void askForFile();
  void showKind();
  void preview();
  void import();
  void finish(const ConvertReport& report);
  /// An import that has ended without one.
  void giveUp(const QString& sentence, bool bad);
  void tell(const QString& sentence, bool bad);
  void setBusy(bool busy);

  std::filesystem::path dataFolder_;
  std::filesystem::path chosen_;
  std::filesystem::path first_;  ///< the recording that is shown
  std::filesystem::path out_;
  bool importable_ = false;
  bool busy_ = false;
  bool done_ = false;  ///< written, and the remarks on it are shown
  BackgroundJob previewing_;
  BackgroundJob importing_;
  QTimer* soon_;
  QLineEdit* path_;
  QLabel* found_;
  ImportForm* form_;
  RecordingView* view_;
  QLabel* state_;
  QProgressBar* progress_;
  QPushButton* import_;
};

}  // namespace paralif
