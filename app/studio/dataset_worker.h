// Everything the Datasets workspace reads, off the window's thread.
#pragma once

#include <QObject>
#include <QString>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "datasets/catalogue/sample_browser.h"

namespace paralif {

/// A dataset and what a folder has of it.
struct DatasetState {
  Dataset entry;
  std::vector<PartState> parts;
  std::filesystem::path folder;  ///< to open it with
  bool imported = false;         ///< one's own recordings, read as those of the entry's name

  /// The dataset's name; of an imported one its folder, as several may be there.
  [[nodiscard]] std::string key() const { return imported ? folder.string() : entry.name; }
};

/// What the table tells of a sample once it has been read.
struct SampleFacts {
  std::int64_t spikes = -1;  ///< -1: could not be read
  double duration_s = 0.0;
};

/// One thread that answers the newest request of each kind first, and reads on through the open
/// set while there is none. Signals arrive on the thread of this object.
class DatasetWorker : public QObject {
  Q_OBJECT

 public:
  explicit DatasetWorker(QObject* parent = nullptr);
  ~DatasetWorker() override;

  void scan(const std::filesystem::path& folder);
  void open(const std::string& dataset, DataPart part, const std::filesystem::path& folder);
  void load(std::int64_t sample);
  /// Writes sample data into a folder, then scans it.
  void writeSamples(const std::string& dataset, const std::filesystem::path& folder);

 Q_SIGNALS:
  void scanned(const std::vector<paralif::DatasetState>& states);
  void opened(const std::shared_ptr<const paralif::SampleBrowser>& set);
  void loaded(qint64 sample, const paralif::BrowsedSample& content);
  /// Facts of the samples from `first` on.
  void counted(qint64 first, const std::vector<paralif::SampleFacts>& facts);
  void wrote(const QString& dataset, const QString& folder);
  void failed(const QString& sentence);

 private:
  struct Part {
    std::string dataset;
    DataPart part = DataPart::train;
    std::filesystem::path folder;
  };

  void run(const std::stop_token& stop);
  bool workToDo() const;
  void doScan(const std::filesystem::path& folder);
  void doOpen(const Part& part);
  void doLoad(std::int64_t sample);
  void doWrite(const Part& part, const std::stop_token& stop);
  void countSome();
  template <typename Signal>
  void post(Signal signal);

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<std::filesystem::path> scan_;
  std::optional<Part> open_;
  std::optional<std::int64_t> load_;
  std::optional<Part> write_;
  std::shared_ptr<const SampleBrowser> set_;  ///< used by the thread only
  std::int64_t next_ = 0;                     ///< first sample not counted yet
  bool counting_ = false;
  std::jthread thread_;
};

}  // namespace paralif
