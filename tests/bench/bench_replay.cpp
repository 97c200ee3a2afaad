// How many recorded epochs of a large run the window shows in a second, and how long it is held:
// run it where nothing else runs, with QT_QPA_PLATFORM=offscreen or on a screen.
// usage: bench_replay [EPOCHS [SPIKES_AN_EPOCH]]; the defaults make a run of about 1 GB
#include <QApplication>
#include <QComboBox>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/replay_bar.h"
#include "app/studio/session_controller.h"
#include "core/runs/run_files.h"
#include "tests/app/isolated.h"
#include "tests/bench/event_loop_hold.h"
#include "tests/finished_run.h"
#include "tests/records.h"
#include "widgets/views/player_bar.h"

using namespace paralif;

namespace {

constexpr std::int32_t steps = 1000;
constexpr std::int32_t neurons = 1024;
constexpr int playedMs = 15'000;

SampleProbe probeOf(std::int64_t epoch, std::int64_t spikes, std::mt19937& random) {
  SampleProbe probe;
  probe.steps = steps;
  probe.epoch = epoch;
  LayerActivity layer{"Hidden 1", neurons, {}, 0.0};
  std::uniform_int_distribution<std::int32_t> step(0, steps - 1);
  std::uniform_int_distribution<std::int32_t> neuron(0, neurons - 1);
  for (std::int64_t i = 0; i < spikes; ++i) layer.spikes.push_back({step(random), neuron(random)});
  std::ranges::sort(layer.spikes, {}, &SpikeEvent::step);
  layer.rate = double(spikes) / steps / neurons;
  probe.layers = {{"Input", 4, {{1, 1}}, 0.1}, layer};
  std::uniform_real_distribution<float> value(-1.0F, 1.0F);
  for (std::int64_t unit = 0; unit < 10; ++unit) {
    MembraneTrace trace;
    trace.layer = 2;
    trace.neuron = unit;
    for (std::int32_t i = 0; i < steps; ++i) trace.membrane.push_back(value(random));
    probe.readout.push_back(trace);
  }
  return probe;
}

double makeRun(const std::filesystem::path& run, int epochs, std::int64_t spikes) {
  Experiment experiment = testing::tinyExperiment(epochs);
  experiment.dataset.steps = steps;
  experiment.network.hidden = {neurons};
  testing::saveFinishedRun(run, experiment);
  testing::saveMetrics(run, epochs);
  std::mt19937 random(1);
  double bytes = 0.0;
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    Records records;
    testing::put(records, probeOf(epoch, spikes, random));
    testing::put(records, ConfusionMatrix{10, epoch, std::vector<std::int64_t>(100, 3)});
    run_files::write_epoch(run, epoch, records);
    bytes += double(std::filesystem::file_size(run_files::epoch_file(run, epoch)));
  }
  return bytes;
}
}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const int epochs = argc > 1 ? std::atoi(argv[1]) : 1800;
  const std::int64_t spikes = argc > 2 ? std::atoll(argv[2]) : 250'000;
  const testing::IsolatedHome home;
  const std::filesystem::path run = home.path("runs/large").toStdString();
  const double bytes = makeRun(run, epochs, spikes);
  std::printf("%d epochs, %.0f spikes each, %.2f GB\n", epochs, double(spikes), bytes * 1e-9);
  StudioOptions options;
  options.ask = false;
  options.remember = false;
  MainWindow window(options);
  window.resize(1280, 800);
  window.show();
  SessionController& controller = window.controller();
  window.files().openPath(QString::fromStdString(run.string()));
  while (controller.recordedEpochs().empty()) QTest::qWait(50);
  QTest::qWait(1000);
  auto* bar = window.findChild<ReplayBar*>();
  auto* player = bar->findChild<PlayerBar*>();
  auto* speed = bar->findChild<QComboBox*>("replaySpeed");
  for (const int wanted : {5, 10, 30}) {
    speed->setCurrentIndex(speed->findData(wanted));
    player->setStep(0);
    QTest::qWait(500);
    int shown = 0;
    const auto counting = QObject::connect(&controller, &SessionController::replayChanged,
                                           [&] { ++shown; });
    player->toggle();
    testing::EventLoopHold hold;
    QTest::qWait(playedMs);
    player->toggle();
    QObject::disconnect(counting);
    std::printf("%2d a second wanted: %5.1f shown, window held at most %6.1f ms\n", wanted,
                1000.0 * shown / playedMs, hold.longestMs());
  }
  return EXIT_SUCCESS;
}
