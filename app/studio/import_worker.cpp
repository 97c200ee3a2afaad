#include "app/studio/import_worker.h"

#include <utility>

namespace paralif {

ImportWorker::ImportWorker(QObject* parent)
    : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); }) {}

ImportWorker::~ImportWorker() {
  thread_.request_stop();
  thread_.join();
}

template <typename Signal>
void ImportWorker::post(Signal signal) {
  QMetaObject::invokeMethod(this, std::move(signal), Qt::QueuedConnection);
}

void ImportWorker::preview(const std::filesystem::path& file, const SpikeListMapping& mapping) {
  const std::lock_guard lock(mutex_);
  preview_ = Job{file, {}, mapping, {}};
  wake_.notify_one();
}

void ImportWorker::import(const std::filesystem::path& folder, const std::filesystem::path& out,
                          const SpikeListMapping& mapping, const DatasetAbout& about) {
  const std::lock_guard lock(mutex_);
  cancelled_ = false;
  import_ = Job{folder, out, mapping, about};
  wake_.notify_one();
}

void ImportWorker::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [this] { return preview_ || import_; })) return;
    const auto import = std::exchange(import_, std::nullopt);
    const auto preview = import ? std::nullopt : std::exchange(preview_, std::nullopt);
    lock.unlock();
    if (import) doImport(*import, stop);
    if (preview) doPreview(*preview, stop);
  }
}

void ImportWorker::doPreview(const Job& job, const std::stop_token& stop) {
  const auto go_on = [this, &stop] {
    const std::lock_guard lock(mutex_);
    return !stop.stop_requested() && !preview_ && !import_;
  };
  try {
    auto list = std::make_shared<const SpikeList>(
        import_recording(job.from, job.mapping, StartTime::subtract_late, go_on));
    post([this, list = std::move(list)] { Q_EMIT previewed(list); });
  } catch (const std::exception& error) {
    if (!go_on()) return;  // something newer is asked for
    const QString sentence = QString::fromUtf8(error.what());
    post([this, sentence] { Q_EMIT previewFailed(sentence); });
  }
}

void ImportWorker::doImport(const Job& job, const std::stop_token& stop) {
  double told = -1.0;
  try {
    const ConvertReport report =
        convert_folder(job.from, job.out, job.mapping, job.about, [this, &stop, &told](double part) {
          if (part != told) post([this, part] { Q_EMIT progressed(part); });
          told = part;
          return !cancelled_ && !stop.stop_requested();
        });
    post([this, report] { Q_EMIT imported(report); });
  } catch (const std::exception& error) {
    const QString sentence = QString::fromUtf8(error.what());
    post([this, sentence] { Q_EMIT failed(sentence); });
  }
}

}  // namespace paralif
