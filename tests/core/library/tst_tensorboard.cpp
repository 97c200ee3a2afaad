// Event files of TensorBoard, read back by a reader of the test's own.
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <map>

#include "core/experiments/experiment_file.h"
#include "core/library/tensorboard.h"
#include "core/runs/event_file.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "core/runs/run_writer.h"
#include "datasets/atomic_file.h"
#include "tests/said.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

struct Scalar {
  std::int64_t step = 0;
  double time = 0.0;
  float value = 0.0F;
};

template <typename T>
T at(const std::string& bytes, std::size_t place) {
  T value{};
  std::memcpy(&value, bytes.data() + place, sizeof value);
  return value;
}

std::uint32_t masked(std::string_view bytes) {
  const std::uint32_t crc = crc32c(bytes);
  return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

std::uint64_t varint(const std::string& bytes, std::size_t& place) {
  std::uint64_t value = 0;
  for (int shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes[place++]);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if ((byte & 0x80U) == 0) return value;
  }
}

/// Numbers by field; texts and messages by field.
struct Message {
  std::map<int, std::uint64_t> wholes;
  std::map<int, double> reals;
  std::map<int, std::string> texts;

  explicit Message(const std::string& bytes) {
    for (std::size_t place = 0; place < bytes.size();) {
      const std::uint64_t key = varint(bytes, place);
      const int field = static_cast<int>(key >> 3);
      switch (key & 7) {
        case 0: wholes[field] = varint(bytes, place); break;
        case 1:
          reals[field] = at<double>(bytes, place);
          place += 8;
          break;
        case 2: {
          const std::size_t size = varint(bytes, place);
          texts[field] = bytes.substr(place, size);
          place += size;
          break;
        }
        case 5:
          reals[field] = static_cast<double>(at<float>(bytes, place));
          place += 4;
          break;
        default: qFatal("unknown wire type");
      }
    }
  }
};

/// The scalars of a file by their tag, and how many events it has; checks every sum.
std::pair<std::map<std::string, std::vector<Scalar>>, std::int64_t> read(const std::string& bytes) {
  std::map<std::string, std::vector<Scalar>> scalars;
  std::int64_t events = 0;
  for (std::size_t place = 0; place < bytes.size(); ++events) {
    const std::string length = bytes.substr(place, 8);
    const auto size = at<std::uint64_t>(length, 0);
    if (at<std::uint32_t>(bytes, place + 8) != masked(length)) qFatal("sum of a length");
    const std::string event = bytes.substr(place + 12, size);
    if (at<std::uint32_t>(bytes, place + 12 + size) != masked(event)) qFatal("sum of an event");
    place += 16 + size;
    const Message top(event);
    if (events == 0) {
      if (top.texts.at(3) != "brain.Event:2") qFatal("the first event is no version");
      continue;
    }
    const Message value(Message(top.texts.at(5)).texts.at(1));
    scalars[value.texts.at(1)].push_back({static_cast<std::int64_t>(top.wholes.at(2)),
                                          top.reals.at(1),
                                          static_cast<float>(value.reals.at(2))});
  }
  return {scalars, events};
}

/// The event files of a run's folder, in the order of their names.
std::vector<fs::path> events_in(const fs::path& run) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(run)) {
    if (entry.path().filename().string().find("tfevents") != std::string::npos) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

class TestTensorboard : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void checksumsAreThoseOfTheStandard() {
    QCOMPARE(crc32c("123456789"), 0xE3069283U);          // the usual check value
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720, B.4
    QCOMPARE(crc32c(std::string(32, '\xff')), 0x62A8AB43U);
    QCOMPARE(crc32c(""), 0U);
  }

  void everyMetricComesBack() {
    const QTemporaryDir dir;
    const fs::path run = fs::path(dir.path().toStdString()) / "run";
    fs::create_directories(run);
    save_experiment(Experiment(), run / run_files::experiment);
    run_files::Head head = new_head(RunStatus::stopped);
    head.started_at = 1'700'000'000;
    head.epochs_done = 1;
    run_files::write_head(run, head);
    run_files::Metrics metrics;
    metrics.batches = {{1, 1, 1, 0.75, 0.5}, {2, 1, 2, 0.5, 0.625}, {3, 2, 1, 0.25, 0.75}};
    EpochMetrics epoch;
    epoch.epoch = 1;
    epoch.step = 2;
    epoch.train_loss = 0.625;
    epoch.test_accuracy = 0.875;
    epoch.train_seconds = 2.0;
    epoch.test_seconds = 1.0;
    epoch.learning_rate = 0.001;
    epoch.layer_rates = {0.125};
    metrics.epochs = {epoch};
    run_files::write_metrics(run, metrics);
    const fs::path file = fs::path(dir.path().toStdString()) / "x.tfevents";
    const std::int64_t count = write_tensorboard(run, file);

    const std::string bytes = read_file(file);
    auto [scalars, events] = read(bytes);
    QCOMPARE(count, events - 1);
    QCOMPARE(scalars["batch/loss"].size(), std::size_t{3});
    QCOMPARE(scalars["batch/loss"][2].value, 0.25F);
    QCOMPARE(scalars["batch/loss"][0].time, 1'700'000'001.0);
    QCOMPARE(scalars["accuracy/test"][0].value, 0.875F);
    QCOMPARE(scalars["accuracy/test"][0].step, std::int64_t{2});
    QCOMPARE(scalars["accuracy/test"][0].time, 1'700'000'003.0);
    QCOMPARE(scalars["spikes_per_neuron_and_step/hidden_1"][0].value, 0.125F);
    QVERIFY(!scalars.contains("loss/validation"));
    QVERIFY(!testing::said([&] { write_tensorboard(dir.path().toStdString(), file); }).isEmpty());
    QCOMPARE(read_file(file), bytes);
  }

  /// Flush by flush while it trains; a resumed run goes on in a file of its own, without repeats.
  void growsWhileItTrains() {
    const QTemporaryDir dir;
    Experiment experiment;
    experiment.training.tensorboard = true;
    fs::path run;
    {
      RunWriter writer(dir.path().toStdString(), experiment);
      run = writer.folder();
      writer.add(BatchMetrics{1, 1, 1, 0.75, 0.5});
      writer.flush(RunStatus::running, {});
      QCOMPARE(read(read_file(events_in(run).at(0))).first["batch/loss"].size(), std::size_t{1});
      writer.add(BatchMetrics{2, 1, 2, 0.5, 0.5});
      EpochMetrics epoch;
      epoch.epoch = 1;
      epoch.step = 2;
      epoch.test_accuracy = 0.875;
      writer.add(epoch);
      writer.flush(RunStatus::running, {});
      writer.flush(RunStatus::stopped, {});
    }
    auto scalars = read(read_file(events_in(run).at(0))).first;
    QCOMPARE(scalars["batch/loss"].size(), std::size_t{2});
    QCOMPARE(scalars["batch/loss"][1].value, 0.5F);
    QCOMPARE(scalars["accuracy/test"].size(), std::size_t{1});
    QCOMPARE(scalars["accuracy/test"][0].value, 0.875F);
    QVERIFY(scalars["accuracy/test"][0].time > 1.7e9);

    QTest::qWait(1100);  // the name of a file has the second
    {
      RunWriter writer(RunWriter::Existing{}, run, experiment);
      writer.forget_after(2, 2);
      writer.add(BatchMetrics{3, 2, 1, 0.25, 0.75});
      writer.flush(RunStatus::stopped, {});
    }
    QCOMPARE(events_in(run).size(), std::size_t{2});
    scalars = read(read_file(events_in(run).at(1))).first;
    QCOMPARE(scalars["batch/loss"].size(), std::size_t{1});
    QCOMPARE(scalars["batch/loss"][0].step, std::int64_t{3});
    QVERIFY(!scalars.contains("accuracy/test"));

    experiment.training.tensorboard = false;
    RunWriter quiet(dir.path().toStdString(), experiment);
    quiet.add(BatchMetrics{1, 1, 1, 0.75, 0.5});
    quiet.flush(RunStatus::stopped, {});
    QVERIFY(events_in(quiet.folder()).empty());
  }
};

QTEST_GUILESS_MAIN(TestTensorboard)
#include "tst_tensorboard.moc"
