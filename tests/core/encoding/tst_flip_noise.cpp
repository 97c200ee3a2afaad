// Flipped spikes against the published noise, draw by draw.
#include <QFile>
#include <QTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/encoding/flip_noise.h"

using namespace paralif;

namespace {

SpikeBatch batch_of(const std::vector<int>& spikes, const std::vector<std::int64_t>& shape) {
  SpikeBatch batch;
  batch.samples = shape[0];
  batch.steps = shape[1];
  batch.inputs = shape[2];
  batch.row_start.push_back(0);
  for (std::int64_t row = 0; row < batch.samples * batch.steps; ++row) {
    for (std::int64_t unit = 0; unit < batch.inputs; ++unit) {
      const int count = spikes[std::size_t(row * batch.inputs + unit)];
      if (count == 0) continue;
      batch.unit.push_back(std::int32_t(unit));
      batch.value.push_back(float(count));
    }
    batch.row_start.push_back(batch.events());
  }
  return batch;
}

std::vector<int> spikes_of(const SpikeBatch& batch) {
  std::vector<int> spikes(std::size_t(batch.samples * batch.steps * batch.inputs), 0);
  for (std::int64_t row = 0; row < batch.samples * batch.steps; ++row) {
    for (std::int64_t at = batch.row_start[std::size_t(row)];
         at < batch.row_start[std::size_t(row) + 1]; ++at) {
      spikes[std::size_t(row * batch.inputs + batch.unit[std::size_t(at)])] =
          batch.value.empty() ? 1 : int(batch.value[std::size_t(at)]);
    }
  }
  return spikes;
}

}  // namespace

class TestFlipNoise : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithThePublishedNoise() {
    QFile file(QString(PARALIF_SHARED_DIR) + "/golden/robustness.json");
    if (!file.open(QIODevice::ReadOnly)) return;  // flipsByTheRule() holds the rule
    const auto golden = nlohmann::json::parse(file.readAll().toStdString());
    int probabilities = 0;
    for (const auto& one : golden.at("probability")) {
      const SpikeBatch batch =
          batch_of(one.at("spikes").get<std::vector<int>>(),
                   one.at("shape").get<std::vector<std::int64_t>>());
      for (const auto& [level, expected] : one.at("probability").items()) {
        QCOMPARE(flip_probability(batch, std::stod(level)), expected.get<float>());
        ++probabilities;
      }
    }
    QVERIFY(probabilities >= 35);
    int trains = 0;
    for (const auto& one : golden.at("draws")) {
      const SpikeBatch batch =
          batch_of(one.at("spikes").get<std::vector<int>>(),
                   one.at("shape").get<std::vector<std::int64_t>>());
      const auto draws = one.at("uniform").get<std::vector<float>>();
      for (const auto& [level, expected] : one.at("noisy").items()) {
        const SpikeBatch noisy =
            flipped(batch, flip_probability(batch, std::stod(level)),
                    [&](std::uint64_t place) { return draws[std::size_t(place)]; });
        QVERIFY2(spikes_of(noisy) == expected.at("noisy").get<std::vector<int>>(),
                 qPrintable(QString::fromStdString(one.at("name").get<std::string>() + " " + level)));
        ++trains;
      }
    }
    QVERIFY(trains >= 20);
  }

  void flipsByTheRule() {
    // mean 4/8: at 0 dB the probability is that, at 20 dB a tenth of it.
    const SpikeBatch batch = batch_of({0, 2, 0, 1, 0, 0, 1, 0}, {1, 2, 4});
    QCOMPARE(flip_probability(batch, 0), 0.5F);
    QCOMPARE(flip_probability(batch, 20), 0.05F);
    const std::vector<float> draws{0.1F, 0.1F, 0.9F, 0.9F, 0.05F, 0.06F, 0.5F, 0.49F};
    const auto with = [&](double snr) {
      return spikes_of(flipped(batch, flip_probability(batch, snr),
                               [&](std::uint64_t place) { return draws[std::size_t(place)]; }));
    };
    QCOMPARE(with(0), (std::vector<int>{1, 0, 0, 1, 1, 1, 1, 1}));
    QCOMPARE(with(20), (std::vector<int>{0, 2, 0, 1, 0, 0, 1, 0}));  // below, not at, the draw
  }

  void drawsByKey() {
    std::vector<int> spikes(20000, 0);
    for (std::size_t i = 0; i < spikes.size(); i += 20) spikes[i] = 1;
    const SpikeBatch batch = batch_of(spikes, {2, 100, 100});
    const auto a = spikes_of(flipped_by_key(batch, 0.0, 1));
    QVERIFY(a == spikes_of(flipped_by_key(batch, 0.0, 1)));
    QVERIFY(a != spikes_of(flipped_by_key(batch, 0.0, 2)));
    std::size_t changed = 0;
    for (std::size_t i = 0; i < spikes.size(); ++i) changed += a[i] != spikes[i] ? 1 : 0;
    QVERIFY2(std::abs(double(changed) - 1000.0) < 150.0, qPrintable(QString::number(changed)));
  }
};

QTEST_GUILESS_MAIN(TestFlipNoise)
#include "tst_flip_noise.moc"
