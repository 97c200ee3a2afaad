// The Runs workspace by mouse and keys: filter, columns, sweeps, marks, names, the bin and undo.
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <fstream>

#include "app/studio/confusion_comparison.h"
#include "app/studio/runs_filter.h"
#include "app/studio/runs_table.h"
#include "app/studio/runs_workspace.h"
#include "core/experiments/experiment_file.h"
#include "core/library/run_bin.h"
#include "core/library/run_library.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "tests/app/isolated.h"
#include "widgets/views/compare_view.h"
#include "widgets/views/confusion_view.h"
#include "widgets/views/outcome_view.h"
#include "tests/finished_run.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestRunsWorkspace : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<RunsWorkspace> page_;
  fs::path root_;

  template <typename T>
  T* part(const char* name) {
    return page_->findChild<T*>(name);
  }
  RunsTable& table() { return *part<RunsTable>("runsTable"); }
  QString title(int row, const QModelIndex& parent = {}) {
    return table().model()->index(row, 0, parent).data().toString();
  }
  void addRun(const fs::path& folder, const char* neuron, double accuracy, std::int64_t started,
              std::int64_t seed = 0) {
    Experiment experiment;
    experiment.title = folder.filename().string();
    experiment.neuron.name = neuron;
    experiment.seed = seed;
    testing::saveFinishedRun(folder, experiment, accuracy, started);
  }
  void type(const char* text) {
    auto* filter = part<QLineEdit>("runsFilter");
    filter->setFocus();
    filter->selectAll();
    QTest::keyClicks(filter, text);
    if (*text == '\0') filter->clear();
  }
  QAction* action(const QString& text) {
    for (QAction* one : page_->actions()) {
      if (one->text().remove('&') == text) return one;
    }
    return nullptr;
  }
  void choose(int row, Qt::KeyboardModifiers keys = {}) {
    const QRect rect = table().visualRect(table().model()->index(row, 0));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, rect.center());
  }
  void open() {
    page_ = std::make_unique<RunsWorkspace>();
    page_->setRoot(root_);
    connect(page_.get(), &Workspace::failed, this, [](const QString& s) { qWarning("%s", qPrintable(s)); });
    page_->resize(1100, 700);
    page_->show();
    QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    root_ = home_->path("library").toStdString();
    addRun(root_ / "old", "LIF", 0.75, 1'700'000'000);
    addRun(root_ / "middle", "ParaLIF-D", 0.875, 1'700'100'000);
    addRun(root_ / "new", "ParaLIF-T", 0.5, 1'700'200'000);
    open();
    QTRY_COMPARE(table().model()->rowCount(), 3);
  }
  void cleanup() {
    page_.reset();
    home_.reset();
  }

  void filtersWhileTyping() {
    QCOMPARE(title(0), QString("new"));
    type("neuron=ParaLIF-D|LIF accuracy>0.8");
    QTRY_COMPARE(table().model()->rowCount(), 1);
    QCOMPARE(title(0), QString("middle"));
    QVERIFY(!part<QLabel>("runsFilterProblem")->isVisible());
    type("accurcy>0.8");
    QVERIFY(part<QLabel>("runsFilterProblem")->isVisible());
    QVERIFY(part<QLabel>("runsFilterProblem")->text().contains("did you mean 'accuracy'?"));
    type("");
    QTRY_COMPARE(table().model()->rowCount(), 3);
    QVERIFY(!part<QLabel>("runsFilterProblem")->isVisible());
  }

  void sortsByAColumn() {
    const int accuracy = 7;
    QCOMPARE(table().model()->headerData(accuracy, Qt::Horizontal).toString(), QString("Test"));
    QHeaderView* header = table().header();
    QCOMPARE(header->sortIndicatorSection(), 4);  // by time, the newest first
    const QPoint middle(header->sectionViewportPosition(accuracy) + header->sectionSize(accuracy) / 2,
                        header->height() / 2);
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, middle);
    if (header->sortIndicatorOrder() == Qt::AscendingOrder) {
      QCOMPARE(title(0), QString("new"));
      QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, middle);
    }
    QCOMPARE(title(0), QString("middle"));
    QCOMPARE(title(2), QString("new"));
  }

  void columnsOfAnySettingComeBackAfterARestart() {
    const int before = table().model()->columnCount();
    auto* button = part<QToolButton>("runsColumns");
    QMetaObject::invokeMethod(button->menu(), "aboutToShow");
    auto* rate = button->menu()->findChild<QAction*>("training.learning_rate");
    QVERIFY(rate != nullptr);
    rate->trigger();
    QCOMPARE(table().model()->columnCount(), before + 1);
    QCOMPARE(table().model()->index(0, before).data().toString(), QString("0.001"));
    page_->remember();
    open();
    page_->takeUp();
    QTRY_COMPARE(table().model()->rowCount(), 3);
    QCOMPARE(table().model()->columnCount(), before + 1);
  }

  void marksAreWrittenAndUndone() {
    choose(1);
    auto* tags = part<QLineEdit>("runTags");
    tags->setFocus();
    QTest::keyClicks(tags, "paper good");
    QTest::keyClick(tags, Qt::Key_Return);
    QTRY_COMPARE(read_marks(root_ / "middle").tags, (std::vector<std::string>{"good", "paper"}));
    auto* note = part<QLineEdit>("runNote");
    note->setFocus();
    QTest::keyClicks(note, "for the second figure");
    QTest::keyClick(note, Qt::Key_Return);
    QTRY_COMPARE(read_marks(root_ / "middle").note, std::string("for the second figure"));
    QTest::mouseClick(part<QToolButton>("runFavourite"), Qt::LeftButton);
    QTRY_VERIFY(title(1).startsWith(QString::fromUtf8("\u2605")));
    QTest::mouseClick(part<QToolButton>("runsFavourites"), Qt::LeftButton);
    QTRY_COMPARE(table().model()->rowCount(), 1);
    QTest::mouseClick(part<QToolButton>("runsFavourites"), Qt::LeftButton);
    page_->undoStack()->undo();
    QTRY_VERIFY(!read_marks(root_ / "middle").favourite);
    QCOMPARE(read_marks(root_ / "middle").note, std::string("for the second figure"));
    page_->undoStack()->undo();
    page_->undoStack()->undo();
    QTRY_VERIFY(read_marks(root_ / "middle") == RunMarks());
    page_->undoStack()->redo();
    QTRY_COMPARE(read_marks(root_ / "middle").tags.size(), std::size_t{2});
    QVERIFY(read_marks(root_ / "new") == RunMarks());
  }

  void tagsOfSeveralRunsAreAddedToEach() {
    choose(0);
    choose(2, Qt::ControlModifier);
    auto* tags = part<QLineEdit>("runTags");
    QVERIFY(!part<QLineEdit>("runNote")->isEnabled());
    tags->setFocus();
    QTest::keyClicks(tags, "both");
    QTest::keyClick(tags, Qt::Key_Return);
    QTRY_COMPARE(read_marks(root_ / "new").tags, std::vector<std::string>{"both"});
    QTRY_COMPARE(read_marks(root_ / "old").tags, std::vector<std::string>{"both"});
    QVERIFY(read_marks(root_ / "middle").tags.empty());
  }

  void renamesInPlace() {
    choose(2);
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_F2);
    auto* editor = table().findChild<QLineEdit*>();
    QVERIFY(editor != nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, "The first");
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(title(2), QString("The first"));
    QCOMPARE(read_marks(root_ / "old").title, std::string("The first"));
    page_->undoStack()->undo();
    QTRY_COMPARE(title(2), QString("old"));
  }

  void throwsAwayAndTakesBack() {
    choose(1);
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Delete);
    QTRY_COMPARE(table().model()->rowCount(), 2);
    QVERIFY(!fs::exists(root_ / "middle"));
    page_->undoStack()->undo();
    QTRY_COMPARE(table().model()->rowCount(), 3);
    QVERIFY(fs::exists(root_ / "middle" / run_files::head));
    page_->undoStack()->redo();
    QTRY_COMPARE(table().model()->rowCount(), 2);
    part<QAction>("showBin")->trigger();
    QTRY_COMPARE(table().model()->rowCount(), 1);
    QCOMPARE(title(0), QString("middle"));
    QVERIFY(action("Take back")->isVisible() && !action("Move to the bin")->isVisible());
    action("Take back")->trigger();
    QTRY_COMPARE(table().model()->rowCount(), 0);
    QVERIFY(fs::exists(root_ / "middle" / run_files::head));
    part<QAction>("showBin")->trigger();
    QTRY_COMPARE(table().model()->rowCount(), 3);
  }

  void deletesForGoodOnlyWhenAsked() {
    const fs::path binned = move_to_bin(root_, root_ / "old");
    part<QAction>("showBin")->trigger();
    QTRY_COMPARE(table().model()->rowCount(), 1);
    for (const auto answer : {QMessageBox::No, QMessageBox::Yes}) {
      QTimer::singleShot(100, page_.get(), [this, answer] {
        auto* box = page_->findChild<QMessageBox*>();
        QVERIFY(box != nullptr);
        QTest::mouseClick(box->button(answer), Qt::LeftButton);
      });
      action("Delete for good")->trigger();
      QTRY_COMPARE(fs::exists(binned), answer == QMessageBox::No);
    }
    QTRY_COMPARE(table().model()->rowCount(), 0);
  }

  void theRunsOfASweepOpenBelowIt() {
    std::error_code code;
    fs::create_directories(root_ / "rates");
    std::ofstream(root_ / "rates" / sweep_file) << "{}";
    addRun(root_ / "rates" / "0001", "LIF", 0.6, 1'700'300'000);
    addRun(root_ / "rates" / "0002", "LIF", 0.7, 1'700'300'001);
    page_->refresh();
    QTRY_COMPARE(table().model()->rowCount(), 4);
    QCOMPARE(title(0), QString("rates: 2 runs"));
    table().expand(table().model()->index(0, 0));
    QCOMPARE(title(0, table().model()->index(0, 0)), QString("0002"));
    page_->refresh();  // stays open
    QTest::qWait(200);
    QVERIFY(table().isExpanded(table().model()->index(0, 0)));
    QTest::mouseClick(part<QToolButton>("runsGroup"), Qt::LeftButton);
    QTRY_COMPARE(table().model()->rowCount(), 5);
  }

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
        run_files::EpochRecord record;
        record.records["layers"] = std::make_shared<const Record>(layers);
        run_files::write_epoch(folder, 1, record);
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

  /// The last recorded epoch of each, and not of runs without one.
  void showsConfusionSideBySide() {
    std::int64_t counts = 10;
    for (const char* name : {"old", "new"}) {
      for (const std::int64_t epoch : {1, 4}) {
        ConfusionMatrix matrix;
        matrix.epoch = epoch;
        matrix.classes = 3;
        matrix.counts = {++counts, 0, 0, 0, ++counts, 0, 0, 0, ++counts};
        run_files::EpochRecord record;
        record.confusion = matrix;
        run_files::write_epoch(root_ / name, epoch, record);
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

  void aRunThatGoesOnIsLookedAtAgain() {
    queue_run(root_ / "waits", Experiment());
    page_->refresh();
    QTRY_COMPARE(table().model()->rowCount(), 4);
    run_files::Head head = run_files::read_head(root_ / "waits");
    head.status = "finished";
    run_files::write_head(root_ / "waits", head);
    const int status = 3;
    QTRY_COMPARE_WITH_TIMEOUT(table().model()->index(0, status).data().toString(),
                              QString("finished"), 5000);
  }
};

QTEST_MAIN(TestRunsWorkspace)
#include "tst_runs_workspace.moc"
