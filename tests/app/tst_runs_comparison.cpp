// Selected runs beside one another, by mouse and keys: curves, groups, settings, confusion.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QTabWidget>
#include <QTableWidget>
#include <algorithm>

#include "app/studio/confusion_comparison.h"
#include "tests/app/runs_page.h"
#include "widgets/views/compare_view.h"
#include "widgets/views/confusion_view.h"
#include "widgets/views/outcome_view.h"
#include "widgets/views/parallel_view.h"
#include "tests/records.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestRunsComparison : public testing::RunsPage {
  Q_OBJECT

 private Q_SLOTS:
  void init() { make(); }
  void cleanup() { remove(); }

  void comparesGroupsAndWhatDiffers() {
    fs::remove_all(root_ / "middle");
    fs::remove_all(root_ / "old");
    fs::remove_all(root_ / "new");
    std::int64_t started = 1'700'000'000;
    double accuracy = 0.5;
    for (const char* neuron : {"LIF", "ParaLIF-T"}) {
      for (const int seed : {1, 2, 3}) {
        const fs::path folder = root_ / (std::string(neuron) + "." + std::to_string(seed));
        addRun(folder, neuron, accuracy += 0.05, started++, seed);
        testing::saveMetrics(folder, 1, [&](EpochMetrics& epoch) {
          epoch.test_accuracy = accuracy;
          epoch.test_loss = seed;
          epoch.layer_spikes = {10.0 * seed, 1.0};
        });
        Record layers;
        layers.epoch = 1;
        layers.arrays.push_back({"synaptic_operations", {2}, {100.0F * float(seed), 7.0F}});
        run_files::write_epoch(folder, 1, {{"layers", std::make_shared<const Record>(layers)}});
      }
    }
    page_->refresh();
    QTRY_COMPARE(table().model()->rowCount(), 6);
    table().selectAll();
    auto* tabs = part<QTabWidget>("runsComparison");
    auto* curves = page_->findChild<CompareView*>();
    QTRY_COMPARE(curves->runs().size(), std::size_t{6});
    for (const QCPAxisRect* plot : curves->axisRects()) QVERIFY(plot->visible());
    part<QCheckBox>("meanOverSeeds")->click();
    QCOMPARE(curves->runs().size(), std::size_t{2});
    QCOMPARE(curves->runs()[0].epochs[0].test_loss, 2.0);
    QCOMPARE(curves->runs()[0].loss_deviation[0], 1.0);

    tabs->setCurrentIndex(1);
    auto* differing = part<QTableWidget>("runDifferences");
    QCOMPARE(differing->columnCount(), 6);
    QCOMPARE(differing->verticalHeaderItem(0)->text(), QString("Neuron"));
    QCOMPARE(differing->item(0, 0)->text(), QString("ParaLIF-T"));

    tabs->setCurrentIndex(2);
    auto* groups = part<QTableWidget>("outcomeGroups");
    QCOMPARE(groups->rowCount(), 2);
    QCOMPARE(groups->item(0, 2)->text(), QString("75.0 %"));
    QCOMPARE(groups->item(0, 4)->text(), QString("best"));
    QCOMPARE(groups->item(1, 2)->text(), QString("60.0 %"));
    QCOMPARE(groups->item(1, 3)->text(), QString("5.0 %"));
    QCOMPARE(groups->item(1, 4)->text(), QString("0.1"));
    auto* outcome = page_->findChild<OutcomeView*>();
    QVERIFY(outcome->showsBoxes());
    QCOMPARE(outcome->points().size(), std::size_t{6});
    auto* axis = part<QComboBox>("outcomeAxis");
    axis->setCurrentIndex(axis->findData("spikes"));
    Q_EMIT axis->activated(axis->currentIndex());
    QVERIFY(!outcome->showsBoxes());
    QCOMPARE(outcome->points()[0].x, 31.0);  // the newest: seed 3
    axis->setCurrentIndex(axis->findData("operations"));
    Q_EMIT axis->activated(axis->currentIndex());
    QCOMPARE(outcome->points()[0].x, 307.0);
    axis->setCurrentIndex(axis->findData("spikes"));
    Q_EMIT axis->activated(axis->currentIndex());
    QString csv;
    QTextStream out(&csv);
    outcome->writeCsv(out);
    QCOMPARE(csv.count('\n'), 7);
    QVERIFY(csv.contains("spikes per sample"));

    choose(0);  // one run alone
    QTRY_VERIFY(part<QLabel>("nothingDiffers")->text().contains("several"));
    QTRY_COMPARE(groups->rowCount(), 1);

    // Nothing chosen: the hint stands alone.
    table().clearSelection();
    QTRY_VERIFY(curves->runs().empty());
    for (const QCPAxisRect* plot : curves->axisRects()) QVERIFY(!plot->visible());
  }

  /// A line a run over neuron, size and rate; dragging along an axis keeps those that pass there.
  void showsSettingsAsLines() {
    for (const char* old : {"middle", "old", "new"}) fs::remove_all(root_ / old);
    std::int64_t started = 1'700'000'000;
    double accuracy = 0.5;
    for (const char* neuron : {"LIF", "ParaLIF-T"}) {
      for (const std::int64_t size : {32, 64, 128}) {
        for (const double rate : {1e-4, 1e-2}) {
          Experiment experiment;
          experiment.title = QString("%1 %2 %3").arg(neuron).arg(size).arg(rate).toStdString();
          experiment.neuron.name = neuron;
          experiment.network.hidden = {size};
          experiment.training.learning_rate = rate;
          accuracy += 0.03;
          testing::saveFinishedRun(root_ / experiment.title, experiment, accuracy, started++);
        }
      }
    }
    page_->refresh();
    QTRY_COMPARE(table().model()->rowCount(), 12);
    table().selectAll();
    auto* tabs = part<QTabWidget>("runsComparison");
    auto* lines = page_->findChild<ParallelView*>();
    QTRY_COMPARE(lines->lines().size(), std::size_t{12});
    tabs->setCurrentWidget(lines->parentWidget());
    QCOMPARE(lines->axes().size(), std::size_t{3});
    const auto axis = [&](const char* label) {
      const auto at = std::ranges::find(lines->axes(), QString(label), &ParallelAxis::label);
      return at - lines->axes().begin();
    };
    const auto rate = lines->axes()[std::size_t(axis("Learning rate"))];
    QVERIFY(rate.logarithmic && rate.words.empty());
    QCOMPARE(lines->axes()[std::size_t(axis("Neuron"))].words.size(), std::size_t{2});
    QTRY_VERIFY(lines->isVisible() && lines->axisRect()->width() > 100);
    QVERIFY(part<QLabel>("chosenLines")->text().startsWith("12 of 12 runs, 53.0 to 86.0 %"));

    // The upper half of the rates: the six at 1e-2.
    lines->replot(QCustomPlot::rpImmediateRefresh);
    const auto pixel = [&](double x, double y) {
      return QPoint(int(lines->xAxis->coordToPixel(x)), int(lines->yAxis->coordToPixel(y)));
    };
    const double x = double(axis("Learning rate"));
    QTest::mousePress(lines, Qt::LeftButton, {}, pixel(x, 1.03));
    QTest::mouseMove(lines, pixel(x, 0.8));
    QTest::mouseMove(lines, pixel(x, 0.6));
    QTest::mouseRelease(lines, Qt::LeftButton, {}, pixel(x, 0.6));
    QCOMPARE(lines->chosen().size(), std::size_t{6});
    for (const std::size_t i : lines->chosen()) {
      QCOMPARE(lines->lines()[i].values[std::size_t(x)], 1e-2);
    }
    QVERIFY(part<QLabel>("chosenLines")->text().startsWith("6 of 12 runs, 56.0 to 86.0 %"));
    QString csv;
    QTextStream out(&csv);
    lines->writeCsv(out);
    QCOMPARE(csv.count('\n'), 7);
    QTest::mouseClick(lines, Qt::LeftButton, {}, pixel(x, 0.5));
    QCOMPARE(lines->chosen().size(), std::size_t{12});
    lines->setLines({}, {});  // nothing drawn, nothing to take hold of
    QVERIFY(lines->summary().isEmpty());
  }

  /// The last recorded epoch of each, and not of runs without one.
  void showsConfusionSideBySide() {
    std::int64_t counts = 10;
    for (const char* name : {"old", "new"}) {
      for (const std::int64_t epoch : {1, 4}) {
        ConfusionMatrix matrix;
        matrix.epoch = epoch;
        matrix.classes = 3;
        matrix.counts = {++counts, 0, 0, 0, ++counts, 0, 0, 0, ++counts};
        Records records;
        testing::put(records, matrix);
        run_files::write_epoch(root_ / name, epoch, records);
      }
    }
    table().selectAll();
    auto* page = page_->findChild<ConfusionComparison*>();
    part<QTabWidget>("runsComparison")->setCurrentWidget(page);
    QTRY_COMPARE(page->views().size(), std::size_t{2});
    QStringList titles;
    for (const QLabel* label : page->findChildren<QLabel*>()) titles << label->text();
    QVERIFY2(titles.join("\n").contains("epoch 4"), qPrintable(titles.join("\n")));
    QVERIFY(!titles.join("\n").contains("epoch 1"));
    std::vector<qint64> shown;
    for (const ConfusionView* view : page->views()) shown.push_back(view->countAt(0, 0));
    std::ranges::sort(shown);
    QCOMPARE(shown, (std::vector<qint64>{14, 20}));
    choose(1);  // "middle" alone
    QTRY_VERIFY(part<QLabel>("confusionNote")->text().contains("None"));
    QVERIFY(page->views().empty());
  }
};

QTEST_MAIN(TestRunsComparison)
#include "tst_runs_comparison.moc"
