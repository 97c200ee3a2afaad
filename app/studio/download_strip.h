// Downloads a dataset and says how far it is, with a button that ends it.
#pragma once

#include <QMutex>
#include <QTimer>
#include <QWidget>
#include <filesystem>

#include "app/studio/background_job.h"
#include "datasets/download/get_dataset.h"

class QLabel;
class QProgressBar;

namespace paralif {

class DownloadStrip : public QWidget {
  Q_OBJECT

 public:
  explicit DownloadStrip(QWidget* parent = nullptr);

  /// Shows the licence and asks; true: the download has begun.
  bool askAndStart(const Dataset& dataset, const std::filesystem::path& folder);
  /// Without asking.
  void start(const Dataset& dataset, const std::filesystem::path& folder, const GetOptions& options);
  [[nodiscard]] bool isRunning() const { return job_.isRunning(); }

 Q_SIGNALS:
  void changed();  ///< it has begun or ended
  void failed(const QString& sentence);
  void finished(const QString& dataset);

 private:
  BackgroundJob job_;
  QTimer look_;
  QLabel* text_;
  QProgressBar* progress_;
  /// What is done now, told from the job's thread.
  struct Told {
    QMutex mutex;
    QString what;
  };
  std::shared_ptr<Told> told_;
};

}  // namespace paralif
