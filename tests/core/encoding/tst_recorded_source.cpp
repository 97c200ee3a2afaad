// Recordings as batches: numpy's bins, padding, splits and reproducibility.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <thread>
#include <tuple>

#include "core/encoding/augmentation.h"
#include "core/encoding/image_source.h"
#include "core/encoding/recorded_source.h"
#include "core/encoding/split.h"
#include "datasets/data_folder.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/npy_array.h"
#include "datasets/readers/readers.h"
#include "datasets/samples/sample_data.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

using Cell = std::tuple<std::int64_t, std::int64_t, std::int64_t>;  // sample, step, unit

/// The batch as (sample, step, unit) -> count; checks that rows are in order on the way.
std::map<Cell, double> cellsOf(const SpikeBatch& batch) {
  std::map<Cell, double> cells;
  for (std::int64_t row = 0; row < batch.samples * batch.steps; ++row) {
    const auto begin = std::size_t(batch.row_start[std::size_t(row)]);
    const auto end = std::size_t(batch.row_start[std::size_t(row) + 1]);
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin && batch.unit[i] <= batch.unit[i - 1]) return {};
      if (batch.unit[i] < 0 || batch.unit[i] >= batch.inputs) return {};
      cells[{row / batch.steps, row % batch.steps, batch.unit[i]}] =
          batch.value.empty() ? 1.0 : double(batch.value[i]);
    }
  }
  return cells;
}

std::vector<std::int64_t> firstOf(std::int64_t count) {
  std::vector<std::int64_t> all(std::size_t(count), 0);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

RecordedSource sourceOf(const std::shared_ptr<const RecordedSet>& set, const DatasetSettings& s,
                        bool training = false) {
  return {set, firstOf(set->size()), recorded_encoding(s, set->description(), training)};
}

}  // namespace

class TestRecordedSource : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void binsAsNumpy_data() {
    QTest::addColumn<QString>("file");
    for (const char* name : {"half_gzip.h5", "single_bytes.h5", "double_wide.h5", "big_endian.h5",
                             "half_big_endian.h5"}) {
      QTest::newRow(name) << name;
    }
  }
  void binsAsNumpy() {
    QFETCH(QString, file);
    const auto path = fs::path(PARALIF_SOURCE_DIR) / "tests/datasets/data" / file.toStdString();
    const std::shared_ptr<const RecordedSet> set = open_heidelberg(path);
    const Hdf5Reader golden(path);
    for (const int window_us : {500, 1000, 4000, 10000}) {
      DatasetSettings settings;
      settings.name = "heidelberg";
      settings.window_s = window_us * 1e-6;
      const RecordedSource source = sourceOf(set, settings);
      const auto rows = golden.integers("expected/" + std::to_string(window_us));
      std::map<Cell, double> expected;
      std::map<std::int64_t, std::int64_t> last;
      for (std::size_t i = 0; i < rows.values.size(); i += 4) {
        const auto* r = rows.values.data() + i;
        expected[{r[0], r[1], r[2]}] = double(r[3]);
        last[r[0]] = std::max(last[r[0]], r[1]);
      }
      for (std::int64_t sample = 0; sample < set->size(); ++sample) {
        const auto batch = source.batch(std::span(&sample, 1), 0);
        QCOMPARE(batch.steps, last.contains(sample) ? last[sample] + 1 : 1);
        QCOMPARE(batch.labels[0], sample * 3);
        const auto cells = cellsOf(batch);
        std::size_t found = 0;
        for (const auto& [cell, count] : cells) {
          const auto at = expected.find({sample, std::get<1>(cell), std::get<2>(cell)});
          QVERIFY(at != expected.end());
          QCOMPARE(count, at->second);
          ++found;
        }
        QCOMPARE(found, std::size_t(std::ranges::count_if(expected, [&](const auto& e) {
                   return std::get<0>(e.first) == sample;
                 })));
      }
    }
  }

  void padsAtTheStart() {
    const auto path = fs::path(PARALIF_SOURCE_DIR) / "tests/datasets/data/double_wide.h5";
    const std::shared_ptr<const RecordedSet> set = open_heidelberg(path);
    DatasetSettings settings;
    settings.name = "heidelberg";
    const RecordedSource source = sourceOf(set, settings);
    const std::int64_t short_one = 0;
    const auto alone = source.batch(std::span(&short_one, 1), 0);
    const std::vector<std::int64_t> both{0, 5};
    const auto batch = source.batch(both, 0);
    QVERIFY(batch.steps > alone.steps);
    const std::int64_t shift = batch.steps - alone.steps;
    auto cells = cellsOf(batch);
    for (const auto& [cell, count] : cellsOf(alone)) {
      QCOMPARE(cells.at({0, std::get<1>(cell) + shift, std::get<2>(cell)}), count);
    }
    QCOMPARE(batch.row_start.size(), std::size_t(2 * batch.steps + 1));
    QCOMPARE(batch.row_start.back(), batch.events());
  }

  void padsAtTheEndWhereAskedTo() {
    const auto path = fs::path(PARALIF_SOURCE_DIR) / "tests/datasets/data/double_wide.h5";
    const std::shared_ptr<const RecordedSet> set = open_heidelberg(path);
    DatasetSettings settings;
    settings.name = "heidelberg";
    settings.padding = "end";
    const RecordedSource source = sourceOf(set, settings);
    const std::int64_t short_one = 0;
    const auto alone = source.batch(std::span(&short_one, 1), 0);
    const std::vector<std::int64_t> both{0, 5};
    const auto batch = source.batch(both, 0);
    QVERIFY(batch.steps > alone.steps);
    const auto cells = cellsOf(batch);
    for (const auto& [cell, count] : cellsOf(alone)) QCOMPARE(cells.at(cell), count);
    QCOMPARE(batch.row_start.size(), std::size_t(2 * batch.steps + 1));
    QCOMPARE(batch.row_start.back(), batch.events());
    QCOMPARE(batch.row_start[std::size_t(batch.steps)], alone.events());
  }

  /// Times in milliseconds become microseconds before they are divided: 1003 ms in 4 bins are
  /// floor(1003000 / 4) = 250750 us each, not floor(1003 / 4) = 250 ms.
  void dividesGesturesInMicroseconds() {
    const TemporaryFolder folder;
    const auto write = [&](const std::vector<double>& times_ms) {
      std::vector<double> values;
      for (const double time : times_ms) values.insert(values.end(), {0, 0, 1, time});
      folder.write("ibmGestureTrain/user01_led/3.npy", npy_bytes(values, times_ms.size(), 4));
    };
    DatasetSettings settings;
    settings.name = "dvsgesture";
    settings.bins = 4;
    const auto stepsOf = [&] {
      const std::shared_ptr<const RecordedSet> set =
          open_recordings("dvsgesture", DataPart::train, folder.path());
      const SpikeBatch batch = sourceOf(set, settings).batch(firstOf(1), 0);
      std::vector<std::int64_t> events;
      for (std::int64_t step = 0; step < batch.steps; ++step) {
        double count = 0;
        for (auto i = batch.row_start[std::size_t(step)]; i < batch.row_start[std::size_t(step) + 1];
             ++i) {
          count += batch.value.empty() ? 1.0 : double(batch.value[std::size_t(i)]);
        }
        events.push_back(std::int64_t(count));
      }
      return events;
    };
    write({5, 255, 256, 506, 507, 1007, 1008});
    // 250 ms after the first is still bin 0 of 250.75 ms; the last event is past 4 whole bins.
    QCOMPARE(stepsOf(), (std::vector<std::int64_t>{2, 2, 1, 1}));
    settings.bins = 0;
    settings.window_s = 5e-3;
    write({0, 4.999, 5, 9.999, 10, 14});
    QCOMPARE(stepsOf(), (std::vector<std::int64_t>{2, 2}));  // the last, incomplete one is dropped
    write({0, 3, 4});
    QCOMPARE(stepsOf(), (std::vector<std::int64_t>{3}));  // but one there always is
  }

  void normalisesImagesAsPublished() {
    const TemporaryFolder folder;
    std::string image(3073, '\0');
    for (std::size_t i = 1; i < image.size(); ++i) image[i] = '\xff';
    folder.write("test_batch.bin", image);
    const ImageSource source(std::make_shared<ImageSet>(folder.path(), DataPart::test), {0}, false);
    const SpikeBatch batch = source.batch(firstOf(1), 0);
    QCOMPARE(batch.value[0], float((1 - 0.4914) / 0.2023));
    QCOMPARE(batch.value[32], float((1 - 0.4822) / 0.1994));
    QCOMPARE(batch.value[64], float((1 - 0.4465) / 0.2010));
  }

  void sumsNeighbouringChannels() {
    const auto path = fs::path(PARALIF_SOURCE_DIR) / "tests/datasets/data/double_wide.h5";
    const std::shared_ptr<const RecordedSet> set = open_heidelberg(path);
    DatasetSettings settings;
    settings.name = "heidelberg";
    settings.window_s = 1e-2;
    settings.group_units = 5;
    const RecordedSource source = sourceOf(set, settings);
    QCOMPARE(source.inputs(), 140);
    const auto batch = source.batch(firstOf(6), 0);
    double spikes = 0;
    for (const auto& [cell, count] : cellsOf(batch)) spikes += count;
    QCOMPARE(spikes, 155.0 + 165 + 175 + 185 + 205);
  }

  /// Frames by the plainest loop over events, as tonic's ToFrame defines them.
  void framesAsTonic() {
    const TemporaryFolder folder;
    fs::path data = fs::path(PARALIF_SHARED_DIR) / "data";
    if (find_part("nmnist", DataPart::test, data).empty()) {
      write_sample_data("nmnist", folder.path());
      data = folder.path();
    }
    const std::shared_ptr<const RecordedSet> set = open_recordings("nmnist", DataPart::test, data);
    DatasetSettings settings;
    settings.name = "nmnist";
    settings.window_s = 5e-3;
    const RecordedSource source = sourceOf(set, settings);
    QCOMPARE(source.inputs(), 34 * 34);
    for (std::int64_t sample = 0; sample < set->size(); sample += 9) {
      const auto recording = set->read(sample);
      const double begin = recording->time.front();
      const auto frames = std::max<std::int64_t>(
          1, std::int64_t(std::floor((recording->time.back() - begin) / 5000.0)));
      std::map<Cell, double> expected;
      for (std::size_t i = 0; i < recording->size(); ++i) {
        const auto frame = std::int64_t((recording->time[i] - begin) / 5000.0);
        const int unit = recording->unit[i];
        if (frame < frames && unit < 34 * 34) expected[{0, frame, unit}] += 1;
      }
      const auto batch = source.batch(std::span(&sample, 1), 0);
      QCOMPARE(batch.steps, frames);
      QVERIFY(cellsOf(batch) == expected);
    }
    settings.bins = 10;
    settings.polarity = "both";
    const RecordedSource binned = sourceOf(set, settings);
    QCOMPARE(binned.inputs(), 2 * 34 * 34);
    QCOMPARE(binned.batch(firstOf(3), 0).steps, 10);
  }

  void halvesFramesByTheNearestPixel() {
    const SensorShape sensor{128, 128, 2};
    const InputGrid grid = image_grid(sensor, PolarityChoice::both, 64);
    QCOMPARE(grid.shape.units(), 2 * 64 * 64);
    QCOMPARE(grid.unit[std::size_t(sensor.unit(10, 20, 1))], grid.shape.unit(5, 10, 1));
    QCOMPARE(grid.unit[std::size_t(sensor.unit(11, 20, 1))], -1);
    const InputGrid merged = image_grid(sensor, PolarityChoice::merged, 0);
    QCOMPARE(merged.unit[std::size_t(sensor.unit(7, 9, 1))], 9 * 128 + 7);
    const InputGrid on = image_grid(sensor, PolarityChoice::on, 0);
    QCOMPARE(on.unit[std::size_t(sensor.unit(7, 9, 0))], -1);
  }

  void drawsTheSameOnEveryThread() {
    const TemporaryFolder folder;
    write_sample_data("ntidigits", folder.path());
    DatasetSettings settings;
    settings.name = "ntidigits";
    settings.data_dir = folder.path().string();
    settings.augmentation = true;
    settings.time_mask = 0.2;
    settings.unit_mask = 0.2;
    const DataSplit data = open_recorded_data(settings);
    const auto samples = firstOf(40);
    const auto expected = cellsOf(data.train->batch(samples, 7));
    QVERIFY(!expected.empty());
    QVERIFY(cellsOf(data.train->batch(samples, 8)) != expected);
    std::vector<std::map<Cell, double>> found(4);
    {
      std::vector<std::jthread> threads;
      for (auto& cells : found) {
        threads.emplace_back([&] { cells = cellsOf(data.train->batch(samples, 7)); });
      }
    }
    for (const auto& cells : found) QVERIFY(cells == expected);
    // The order within the batch does not matter either.
    const std::vector<std::int64_t> pair{9, 3};
    const std::int64_t third = 3;
    QCOMPARE(data.train->batch(pair, 7).labels[1], data.train->label(3));
    QVERIFY(data.train->batch(std::span(&third, 1), 7).events() > 0);
    QVERIFY(cellsOf(data.test->batch(samples, 7)) == cellsOf(data.test->batch(samples, 8)));
  }

  void holdsSamplesOut() {
    const auto label = [](std::int64_t i) { return i % 4; };
    const HeldOut split = hold_out(100, label, 0.2);
    QCOMPARE(split.train.size(), std::size_t{80});
    QCOMPARE(split.held_out.size(), std::size_t{20});
    std::vector<int> counts(4);
    for (const std::int64_t i : split.held_out) ++counts[std::size_t(i % 4)];
    QCOMPARE(counts, (std::vector<int>{5, 5, 5, 5}));
    QCOMPARE(hold_out(100, label, 0.2).held_out, split.held_out);
    QCOMPARE(hold_out(7, label, 0.0).train.size(), std::size_t{7});
    QVERIFY(hold_out(4, label, 0.5).held_out.empty());
  }

  void opensEveryDataset_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("inputs");
    QTest::addColumn<int>("classes");
    QTest::newRow("heidelberg") << "heidelberg" << 700 << 20;
    QTest::newRow("ssc") << "ssc" << 700 << 35;
    QTest::newRow("nmnist") << "nmnist" << 34 * 34 << 10;
    QTest::newRow("dvsgesture") << "dvsgesture" << 2 * 64 * 64 << 10;
    QTest::newRow("cifar10") << "cifar10" << 96 << 10;
    QTest::newRow("points") << "points" << 4 << 3;
  }
  void opensEveryDataset() {
    QFETCH(QString, name);
    QFETCH(int, inputs);
    QFETCH(int, classes);
    const TemporaryFolder folder;
    DatasetSettings settings;
    settings.name = name.toStdString();
    settings.data_dir = folder.path().string();
    settings.window_s = 5e-3;
    settings.augmentation = true;
    COMPARE_ERROR(open_data(settings), settings.data_dir.c_str());
    write_sample_data(settings.name, folder.path());
    const DataSplit data = open_data(settings);
    for (const auto* half : {data.train.get(), data.test.get()}) {
      QCOMPARE(half->inputs(), inputs);
      QCOMPARE(half->classes(), classes);
      const auto batch = half->batch(firstOf(4), 1);
      QCOMPARE(batch.samples, 4);
      QCOMPARE(batch.labels.size(), std::size_t{4});
      QVERIFY(batch.events() > 0);
      QVERIFY(!cellsOf(batch).empty());
    }
    settings.validation = 0.25;
    const DataSplit held = open_data(settings);
    QVERIFY(held.train->samples() >= 2 * held.test->samples());
  }

  void readsFilesAsTheSettingsSay() {
    const TemporaryFolder folder;
    const std::string good{'\1', '\1', '\0', '\0', '\1'};
    for (const char* part : {"Train", "Test"}) {
      folder.write(std::string(part) + "/1/a.bin", good + std::string{'\x22', '\1', 0, 0, '\1'});
    }
    DatasetSettings settings;
    settings.name = "nmnist";
    settings.data_dir = folder.path().string();
    settings.time_unit = "ms";  // of no concern to this format
    COMPARE_ERROR(open_data(settings).train->batch(firstOf(1), 0), "Train/1/a.bin", "event 1",
                  "--skip-bad events");
    settings.skip_bad = "events";
    const DataSplit data = open_data(settings);
    QCOMPARE(data.train->batch(firstOf(1), 0).samples, 1);
    (void)data.train->batch(firstOf(1), 1);
    QCOMPARE(data.train->notes().size(), std::size_t{1});
    QVERIFY(QString::fromStdString(data.train->notes()[0]).startsWith("1 event was left out"));
    QVERIFY(data.test->notes().empty());

    const TemporaryFolder speech;
    write_sample_data("heidelberg", speech.path());
    settings = {};
    settings.name = "heidelberg";
    settings.data_dir = speech.path().string();
    settings.time_unit = "ms";
    settings.window_s = 1e-4;
    const DataSplit milliseconds = open_data(settings);
    QCOMPARE(milliseconds.train->class_names().size(), std::size_t{20});
    QVERIFY(milliseconds.train->batch(firstOf(1), 0).steps < 10);  // under a millisecond
  }

  void refusesEndlessSamples() {
    Recording recording;
    recording.time = {0.0, 1e9};
    recording.unit = {0, 0};
    const InputGrid grid = audio_grid({700, 1, 1}, 1);
    COMPARE_ERROR(bin_recording(recording, audio_rule(1e-3, 0), grid, "f.h5: sample 3"), "sample 3",
                  "million", "wider");
  }
};

QTEST_GUILESS_MAIN(TestRecordedSource)
#include "tst_recorded_source.moc"
