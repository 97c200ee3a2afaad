// Reading a recording to show and writing a whole import, off the window's thread.
#pragma once

#include <QObject>
#include <QString>
#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "datasets/import/convert.h"

namespace paralif {

/// One thread; of several previews asked for only the newest is read. Signals arrive on the thread
/// of this object.
class ImportWorker : public QObject {
  Q_OBJECT

 public:
  explicit ImportWorker(QObject* parent = nullptr);
  ~ImportWorker() override;

  void preview(const std::filesystem::path& file, const SpikeListMapping& mapping);
  void import(const std::filesystem::path& folder, const std::filesystem::path& out,
              const SpikeListMapping& mapping, const DatasetAbout& about);
  /// Ends an import after the recording it is at; it then tells of failed().
  void cancel() { cancelled_ = true; }

 Q_SIGNALS:
  void previewed(const std::shared_ptr<const paralif::SpikeList>& list);
  void previewFailed(const QString& sentence);
  void progressed(double part);
  void imported(const paralif::ConvertReport& report);
  void failed(const QString& sentence);

 private:
  struct Job {
    std::filesystem::path from;
    std::filesystem::path out;  ///< empty: a preview
    SpikeListMapping mapping;
    DatasetAbout about;
  };

  void run(const std::stop_token& stop);
  void doPreview(const Job& job, const std::stop_token& stop);
  void doImport(const Job& job, const std::stop_token& stop);
  template <typename Signal>
  void post(Signal signal);

  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Job> preview_;
  std::optional<Job> import_;
  std::atomic<bool> cancelled_ = false;
  std::jthread thread_;
};

}  // namespace paralif
