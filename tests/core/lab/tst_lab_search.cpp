// The search: finds what can be found, never what the equations rule out, quickly, and stops.
#include <QElapsedTimer>
#include <QTest>

#include <thread>

#include "core/lab/expressible.h"
#include "core/lab/feature_table.h"
#include "core/lab/population.h"
#include "core/lab/search_job.h"

using namespace paralif;
using namespace paralif::lab;

class TestLabSearch : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithTheEquations() {
    SearchJob job;
    job.start(all_search_cells(), {3, 256, 7});
    job.wait();
    const SearchProgress progress = job.progress();
    QCOMPARE(progress.cells_done, std::size_t{260});
    QVERIFY(!progress.running);
    QVERIFY(!progress.cancelled);
    const auto results = job.results();
    for (const CellResult& cell : results) {
      const LabNeuron model = *neuron_named(cell.model);
      QCOMPARE(static_cast<std::int64_t>(cell.samples.size()), cell.tried);
      if (cell.answer == Answer::found) {
        QVERIFY2(
            !impossible(model, cell.feature),
            qPrintable(QString("%1 %2").arg(cell.model.c_str()).arg(text_of(cell.feature).letter)));
        QVERIFY(cell.best && cell.most_robust);
        QVERIFY(judge_neuron(cell.feature, cell.best->protocol, cell.best->neuron).finding.shown);
      } else {
        QVERIFY(!cell.best);
        QVERIFY(!cell.reason.empty());
      }
      if (cell.answer != Answer::impossible && claimed(model, cell.feature)) {
        QVERIFY2(
            cell.answer == Answer::found,
            qPrintable(QString("%1 %2").arg(cell.model.c_str()).arg(text_of(cell.feature).letter)));
      }
    }
    const double runs_a_second = progress.neuron_runs() / progress.seconds;
    qInfo("%.1f million neuron-runs of 100 steps in %.1f s", progress.neuron_runs() * 1e-6,
          progress.seconds);
    QVERIFY(progress.neuron_runs() > 1e6);
    QVERIFY(runs_a_second > 1e6 / 180.0);
    const QString table = QString::fromStdString(feature_table(results));
    for (const FeatureText& text : feature_texts()) {
      QVERIFY(table.contains(QString("### %1 %2").arg(text.letter).arg(text.name.english().data())));
    }
    QVERIFY(table.contains("| A Tonic spiking | **+** |"));
    QVERIFY(table.contains("Against the published figure, ParaLIF-D"));
  }

  void repeats() {
    const CellResult a = search_cell("ParaLIF-D", Feature::rebound_spike, {2, 200, 3});
    const CellResult b = search_cell("ParaLIF-D", Feature::rebound_spike, {2, 200, 3});
    const CellResult c = search_cell("ParaLIF-D", Feature::rebound_spike, {2, 200, 4});
    QVERIFY(a.shown > 0);
    QCOMPARE(a.shown, b.shown);
    QVERIFY(a.best->neuron == b.best->neuron);
    QVERIFY(!(a.best->neuron == c.best->neuron));
  }

  void tellsItsProgress() {
    int calls = 0;
    std::int64_t tried = 0;
    search_cell("LIF", Feature::tonic_spiking, {4, 64, 1}, nullptr, [&](const CellResult& cell) {
      ++calls;
      QVERIFY(cell.tried >= tried);
      tried = cell.tried;
    });
    QVERIFY(calls >= 4);
  }

  void stopsWhenAsked() {
    SearchJob job;
    job.start(all_search_cells(), {1000, 4096, 1});
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    QVERIFY(job.progress().running);
    QElapsedTimer clock;
    clock.start();
    job.cancel();
    job.wait();
    qInfo("stopped after %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 1000);
    QVERIFY(job.progress().cancelled);
    QVERIFY(!job.progress().running);
    job.start({{"LIF", Feature::tonic_spiking}}, {1, 64, 1});
    job.wait();
    QCOMPARE(job.results().size(), std::size_t{1});
    QVERIFY(!job.progress().cancelled);
  }
};

QTEST_GUILESS_MAIN(TestLabSearch)
#include "tst_lab_search.moc"
