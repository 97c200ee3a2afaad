// A sweep from the window: several values chosen in the dialog, trained, stopped, gone on with.
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/runs_table.h"
#include "app/studio/runs_workspace.h"
#include "app/studio/session_controller.h"
#include "app/studio/sweep_dialog.h"
#include "app/studio/sweep_strip.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/sweeps/sweep_folder.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/field_row.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestSweepWindow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  RunsWorkspace& runs() { return *window_->findChild<RunsWorkspace*>(); }
  RunsTable& table() { return *runs().findChild<RunsTable*>("runsTable"); }
  SweepStrip& strip() { return *runs().findChild<SweepStrip*>("sweepStrip"); }
  [[nodiscard]] fs::path sweep() const {
    return window_->controller().runsRoot() / "Tiny";
  }
  int finished(std::size_t trials) {
    int count = 0;
    for (const TrialState& state : trial_states(sweep(), trials)) {
      count += state.status == RunStatus::finished ? 1 : 0;
    }
    return count;
  }
  /// Lets `use` work in the dialog that `open` shows.
  void inDialog(const std::function<void()>& open, const std::function<void(SweepDialog&)>& use) {
    bool used = false;
    QTimer::singleShot(100, window_.get(), [&] {
      auto* dialog = window_->findChild<SweepDialog*>();
      QVERIFY(dialog != nullptr);
      use(*dialog);
      used = true;
      if (dialog->isVisible()) dialog->reject();
    });
    open();
    QVERIFY(used);
  }
  void begin(std::int64_t epochs) { window_->files().take(testing::tinyExperiment(epochs)); }
  void openFromField(const char* key, const std::function<void(SweepDialog&)>& use) {
    FieldRow* row = window_->train().form().row(key);
    inDialog([row] { Q_EMIT row->severalRequested(); }, use);
  }
  static QList<QLineEdit*> values(SweepDialog& dialog) {
    QList<QLineEdit*> all;
    for (auto* edit : dialog.findChildren<QLineEdit*>()) {
      if (edit->accessibleName() == "Its values") all << edit;
    }
    return all;
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void theDialogCountsAndSaysWhatIsWrong() {
    begin(2);
    openFromField("neuron.name", [&](SweepDialog& dialog) {
      auto* summary = dialog.findChild<QLabel*>("sweepSummary");
      auto* start = dialog.findChild<QPushButton*>("sweepStart");
      QCOMPARE(values(dialog).size(), 2);
      QCOMPARE(values(dialog)[0]->text(), QString("ParaLIF-T"));
      QCOMPARE(values(dialog)[1]->text(), QString("0 | 1 | 2"));
      QTest::keyClick(values(dialog)[0], Qt::Key_End);
      QTest::keyClicks(values(dialog)[0], "|LIF");
      QVERIFY2(summary->text().startsWith("6 runs"), qPrintable(summary->text()));
      QTest::keyClicks(values(dialog)[0], "x");
      QVERIFY(summary->text().contains("'LIFx' is unknown"));
      QVERIFY(!start->isEnabled() && !dialog.plan());
      QTest::keyClick(values(dialog)[0], Qt::Key_Backspace);
      QVERIFY(start->isEnabled());
      QTest::mouseClick(dialog.findChild<QPushButton*>("sweepAdd"), Qt::LeftButton);
      QCOMPARE(values(dialog).size(), 3);
      values(dialog)[2]->setText("1e-4..1e-2,log");
      QVERIFY2(summary->text().contains("range"), qPrintable(summary->text()));
      dialog.findChild<QComboBox*>("sweepMode")->setCurrentIndex(1);
      dialog.findChild<QSpinBox*>("sweepDraws")->setValue(7);
      QVERIFY2(summary->text().startsWith("7 runs"), qPrintable(summary->text()));
    });
    QVERIFY(!fs::exists(sweep()));  // it was left without Start
  }

  void trainsAndShowsTheRunsBelowOneLine() {
    begin(2);
    openFromField("neuron.name", [&](SweepDialog& dialog) {
      values(dialog)[0]->setText("LIF | ParaLIF-T");
      values(dialog)[1]->setText("1 | 2");
      QTest::mouseClick(dialog.findChild<QPushButton*>("sweepStart"), Qt::LeftButton);
    });
    QCOMPARE(window_->workspaces().inFront(), &runs());
    QVERIFY(strip().isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(finished(4), 4, 60000);
    QTRY_VERIFY(!strip().isVisible());
    QTRY_COMPARE(table().model()->rowCount(), 1);
    QCOMPARE(table().model()->index(0, 0).data().toString(), QString("Tiny: 4 runs"));
    QCOMPARE(table().model()->rowCount(table().model()->index(0, 0)), 4);
    QTRY_COMPARE(table().model()->index(0, 3).data().toString(), QString("4 finished"));
    QVERIFY(window_->findChild<QLabel*>("sweepText") != nullptr);
  }

  void stopsQuicklyAndGoesOn() {
    begin(40);
    inDialog([this] { QTest::keyClick(window_.get(), Qt::Key_F5, Qt::ControlModifier | Qt::ShiftModifier); },
             [&](SweepDialog& dialog) {
               values(dialog)[0]->setText("1 | 2 | 3");
               QTest::mouseClick(dialog.findChild<QPushButton*>("sweepStart"), Qt::LeftButton);
             });
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(sweep() / "0001" / "checkpoint.h5"), 30000);
    QTest::mouseClick(runs().findChild<QPushButton*>("sweepStop"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!strip().isVisible(), 10000);
    QCOMPARE(trial_states(sweep(), 3)[0].status, RunStatus::stopped);
    QTRY_COMPARE(table().model()->rowCount(), 1);
    table().setCurrentIndex(table().model()->index(0, 0));
    window_->activateWindow();
    table().setFocus();
    QTRY_VERIFY(table().hasFocus());
    QAction* resume = nullptr;
    for (QAction* one : table().actions()) {
      if (one->text().remove('&') == "Continue") resume = one;
    }
    QVERIFY(resume != nullptr);
    QTRY_VERIFY(resume->isEnabled());
    QTest::keyClick(&table(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(strip().isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(finished(3), 3, 120000);
  }

  void aWindowThatClosesEndsItsSweep() {
    begin(2000);
    inDialog([this] { QTest::keyClick(window_.get(), Qt::Key_F5, Qt::ControlModifier | Qt::ShiftModifier); },
             [&](SweepDialog& dialog) {
               QTest::mouseClick(dialog.findChild<QPushButton*>("sweepStart"), Qt::LeftButton);
             });
    const fs::path folder = sweep();
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(folder / "0001" / "checkpoint.h5"), 30000);
    window_.reset();
    QCOMPARE(trial_state(folder, 1).status, RunStatus::stopped);
  }
};

QTEST_MAIN(TestSweepWindow)
#include "tst_sweep_window.moc"
