// How long the table of runs holds the window, with many runs: run it where nothing else runs.
// usage: bench_runs_table [RUNS]
#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/studio/runs_table.h"
#include "app/studio/runs_workspace.h"
#include "core/experiments/experiment_file.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "tests/bench/event_loop_hold.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

/// Runs of two files each; the experiments differ in seed, neuron and size.
void makeRuns(const fs::path& root, int count) {
  const char* neurons[] = {"LIF", "ParaLIF-T", "ParaLIF-D", "ParaLIF-SB"};
  for (int i = 0; i < count; ++i) {
    const fs::path folder = root / std::to_string(i);
    Experiment experiment;
    experiment.title = "Run " + std::to_string(i);
    experiment.seed = i;
    experiment.neuron.name = neurons[i % 4];
    experiment.network.hidden = {16 << (i % 5)};
    fs::create_directories(folder);
    save_experiment(experiment, folder / run_files::experiment);
    run_files::Head head = new_head(RunStatus::finished);
    head.started_at -= i;
    head.epochs_done = experiment.training.epochs;
    head.last_test_accuracy = (i % 1000) / 1000.0;
    run_files::write_head(folder, head);
  }
}

/// The longest time between two turns of the event loop, and how long it took until `done`.
void measure(const char* what, const std::function<void()>& begin,
             const std::function<bool()>& done) {
  QElapsedTimer whole;
  whole.start();
  testing::EventLoopHold hold;
  begin();
  while (!done()) QApplication::processEvents(QEventLoop::WaitForMoreEvents);
  for (int i = 0; i < 3; ++i) QApplication::processEvents();
  std::printf("%-40s %7.1f ms, held at most %6.1f ms\n", what,
              static_cast<double>(whole.nsecsElapsed()) * 1e-6, hold.longestMs());
}

}  // namespace

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  const int count = argc > 1 ? std::atoi(argv[1]) : 10'000;
  QTemporaryDir home;
  qputenv("XDG_CACHE_HOME", home.filePath("cache").toLocal8Bit());
  const fs::path root = home.filePath("runs").toStdString();
  makeRuns(root, count);
  std::printf("%d runs\n", count);
  for (const char* what : {"first time, without an index", "again, with its index"}) {
    RunsWorkspace page;
    page.resize(1280, 800);
    page.setRoot(root);
    auto* table = page.findChild<RunsTable*>("runsTable");
    measure(what, [&] { page.show(); }, [&] { return table->model()->rowCount() == count; });
    auto* filter = page.findChild<QLineEdit*>("runsFilter");
    const auto rows = [table] { return table->model()->rowCount(); };
    measure("filter: neuron=LIF accuracy>0.9", [&] { filter->setText("neuron=LIF accuracy>0.9"); },
            [&] { return rows() < count; });
    measure("filter: one word", [&] { filter->setText("paralif-sb"); },
            [&] { return rows() == count / 4; });
    measure("no filter", [&] { filter->clear(); }, [&] { return rows() == count; });
    bool once = false;
    measure("sort by accuracy", [&] { table->model()->sort(7, Qt::DescendingOrder); },
            [&] { return std::exchange(once, true); });
    measure("select all", [&] { table->selectAll(); },
            [&] { return table->selectionModel()->hasSelection(); });
    measure("read again", [&] { page.refresh(); QTest::qWait(500); }, [] { return true; });
  }
  return 0;
}
