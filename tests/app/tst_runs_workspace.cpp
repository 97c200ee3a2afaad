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

#include "app/studio/runs_filter.h"
#include "core/experiments/experiment_file.h"
#include "core/library/run_bin.h"
#include "core/library/run_library.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "tests/app/runs_page.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestRunsWorkspace : public testing::RunsPage {
  Q_OBJECT

 private Q_SLOTS:
  void init() { make(); }
  void cleanup() { remove(); }

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
    choose(0);
    choose(1, Qt::ControlModifier);
    // Many at once are done in their order, also when the window closes meanwhile.
    action("Move to the bin")->trigger();
    for (int i = 0; i < 5; ++i) {
      page_->undoStack()->undo();
      page_->undoStack()->redo();
    }
    page_.reset();
    QVERIFY(!fs::exists(root_ / "new") && !fs::exists(root_ / "middle"));
    QVERIFY(fs::exists(root_ / "old"));
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

  void aRunThatGoesOnIsLookedAtAgain() {
    queue_run(root_ / "waits", Experiment());
    page_->refresh();
    QTRY_COMPARE(table().model()->rowCount(), 4);
    run_files::Head head = run_files::read_head(root_ / "waits");
    head.status = RunStatus::finished;
    run_files::write_head(root_ / "waits", head);
    const int status = 3;
    QTRY_COMPARE_WITH_TIMEOUT(table().model()->index(0, status).data().toString(),
                              QString("finished"), 5000);
  }
};

QTEST_MAIN(TestRunsWorkspace)
#include "tst_runs_workspace.moc"
