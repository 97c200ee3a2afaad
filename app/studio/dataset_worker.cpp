// The thread and its order of work.
#include "app/studio/dataset_worker.h"

#include "app/studio/guard.h"
#include "datasets/error.h"
#include "datasets/import/imported_set.h"
#include "datasets/samples/sample_data.h"

namespace paralif {
namespace {

constexpr const char* imported_format = "heidelberg";

DatasetState state_of(const ImportedSet& set) {
  DatasetState state{*find_dataset(imported_format), {}, set.folder, true};
  Dataset& entry = state.entry;
  state.parts = inspect(entry, set.folder);
  entry.title = set.about.name;
  entry.description = "Your recordings of the classes";
  for (std::size_t i = 0; i < set.class_names.size(); ++i) {
    entry.description += (i == 0 ? " " : ", ") + set.class_names[i];
  }
  entry.classes = static_cast<std::int64_t>(set.class_names.size());
  entry.files.clear();
  entry.page.clear();
  entry.licence = set.about.licence;
  entry.citation = set.about.source;
  return state;
}

}  // namespace

DatasetWorker::DatasetWorker(QObject* parent)
    : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); }) {}

DatasetWorker::~DatasetWorker() {
  thread_.request_stop();
  thread_.join();
}

template <typename Signal>
void DatasetWorker::post(Signal signal) {
  QMetaObject::invokeMethod(this, std::move(signal), Qt::QueuedConnection);
}

void DatasetWorker::scan(const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  scan_ = folder;
  wake_.notify_one();
}

void DatasetWorker::open(const std::string& dataset, DataPart part,
                         const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  open_ = Part{dataset, part, folder};
  load_.reset();
  wake_.notify_one();
}

void DatasetWorker::load(std::int64_t sample) {
  const std::lock_guard lock(mutex_);
  load_ = sample;
  wake_.notify_one();
}

void DatasetWorker::writeSamples(const std::string& dataset, const std::filesystem::path& folder) {
  const std::lock_guard lock(mutex_);
  write_ = Part{dataset, DataPart::train, folder};
  wake_.notify_one();
}

bool DatasetWorker::workToDo() const {
  return scan_ || open_ || load_ || write_ || counting_;
}

void DatasetWorker::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::unique_lock lock(mutex_);
    if (!wake_.wait(lock, stop, [this] { return workToDo(); })) return;
    const auto open = std::exchange(open_, std::nullopt);
    const auto load = open ? std::nullopt : std::exchange(load_, std::nullopt);
    const auto scan = open || load ? std::nullopt : std::exchange(scan_, std::nullopt);
    const auto write = open || load || scan ? std::nullopt : std::exchange(write_, std::nullopt);
    lock.unlock();
    const auto work = [&] {
      if (open) {
        doOpen(*open);
      } else if (load) {
        doLoad(*load);
      } else if (scan) {
        doScan(*scan);
      } else if (write) {
        doWrite(*write, stop);
      } else {
        countSome();
      }
    };
    guarded(work, [this](const Failure& failure) {
      post([this, failure] { Q_EMIT failed(failure.sentence); });
    });
  }
}

void DatasetWorker::doScan(const std::filesystem::path& folder) {
  const std::vector<ImportedSet> imported = imported_sets(folder);
  const bool is_import = !imported.empty() && imported.front().folder == folder;
  std::vector<DatasetState> states;
  for (const Dataset& entry : catalogue()) {
    // A folder of one's own recordings is not shown as the dataset whose format they have.
    const bool mistaken = is_import && entry.name == imported_format;
    states.push_back({entry, inspect(entry, mistaken ? folder_of_imports(folder) : folder), folder});
  }
  for (const ImportedSet& set : imported) states.push_back(state_of(set));
  post([this, states = std::move(states)] { Q_EMIT scanned(states); });
}

void DatasetWorker::doOpen(const Part& part) {
  counting_ = false;
  set_.reset();
  set_ = std::make_shared<const SampleBrowser>(part.dataset, part.part, part.folder);
  next_ = 0;
  counting_ = set_->kind() == DataKind::audio || set_->kind() == DataKind::camera;
  post([this, set = set_] { Q_EMIT opened(set); });
}

void DatasetWorker::doLoad(std::int64_t sample) {
  if (set_ == nullptr || sample < 0 || sample >= set_->size()) return;
  post([this, sample, content = set_->load(sample)] { Q_EMIT loaded(sample, content); });
}

void DatasetWorker::doWrite(const Part& part, const std::stop_token& stop) {
  SampleOptions options;
  options.progress = [&stop](double) { return !stop.stop_requested(); };
  write_sample_data(part.dataset, part.folder, options);
  post([this, part] {
    Q_EMIT wrote(QString::fromStdString(part.dataset),
                 QString::fromStdString(part.folder.string()));
  });
}

void DatasetWorker::countSome() {
  constexpr std::int64_t at_once = 32;
  const std::int64_t first = next_;
  std::vector<SampleFacts> facts;
  for (; next_ < std::min(set_->size(), first + at_once); ++next_) {
    try {
      const auto recording = set_->load(next_).recording;
      const auto spikes = static_cast<std::int64_t>(recording->size());
      facts.push_back({spikes, spikes > 0 ? recording->time.back() * set_->tick_s() : 0.0});
    } catch (const Error&) {
      facts.push_back({});  // the table says so; the sentence comes when the sample is chosen
    }
  }
  counting_ = next_ < set_->size();
  post([this, first, facts = std::move(facts)] { Q_EMIT counted(first, facts); });
}

}  // namespace paralif
