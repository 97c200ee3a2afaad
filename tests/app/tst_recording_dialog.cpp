// The choice of what is kept of an epoch: its costs, and what the form has of it afterwards.
#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/recording_dialog.h"
#include "app/studio/train_workspace.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/field_row.h"

using namespace paralif;

class TestRecordingDialog : public QObject {
  Q_OBJECT

 private:
  static QTableWidget& table(QWidget& dialog) {
    return *dialog.findChild<QTableWidget*>("recordingTable");
  }
  static int rowOf(QWidget& dialog, const QString& title) {
    for (int row = 0; row < table(dialog).rowCount(); ++row) {
      if (table(dialog).item(row, 0)->text() == title) return row;
    }
    return -1;
  }
  static void uncheck(QWidget& dialog, const QString& title) {
    table(dialog).item(rowOf(dialog, title), 0)->setCheckState(Qt::Unchecked);
  }
  static QString summary(QWidget& dialog) {
    return dialog.findChild<QLabel*>("recordingSummary")->text();
  }

 private Q_SLOTS:
  void costsFollowTheChoice() {
    RecordingDialog dialog(testing::tinyExperiment(10), {});
    QVERIFY(rowOf(dialog, "Decision map") >= 0);
    QCOMPARE(rowOf(dialog, "Kernels"), -1);
    QCOMPARE(dialog.settings().keep, std::string("all"));
    QVERIFY(!summary(dialog).contains("of an epoch's time"));
    dialog.setSamples({5000, 1000});
    QVERIFY2(summary(dialog).contains("of an epoch's time"), qPrintable(summary(dialog)));
    const int map = rowOf(dialog, "Decision map");
    QVERIFY(table(dialog).item(map, 2)->text().endsWith("%"));
    const QString all = summary(dialog);
    uncheck(dialog, "Decision map");
    QVERIFY(summary(dialog) != all);
    QCOMPARE(dialog.settings().keep,
             std::string("spikes,membranes,confusion,weights,layers,constants"));
    dialog.findChild<QSpinBox*>("recordingEvery")->setValue(0);
    QVERIFY2(summary(dialog).startsWith("Nothing but the metrics"), qPrintable(summary(dialog)));
    QCOMPARE(dialog.settings().every, 0);
  }

  void withoutTheDataItSaysWhy() {
    const testing::IsolatedHome home;
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    MainWindow window(options);
    Experiment experiment = testing::tinyExperiment(10);
    experiment.dataset.name = "heidelberg";
    window.files().take(experiment);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTimer::singleShot(0, &window, [&] {
      auto* dialog = window.findChild<RecordingDialog*>();
      QVERIFY(dialog != nullptr);
      QTRY_VERIFY2(summary(*dialog).contains("need the data: "), qPrintable(summary(*dialog)));
      QVERIFY(summary(*dialog).startsWith("About "));
      dialog->reject();
    });
    window.findChild<QToolButton*>("recording.keep.button")->click();
  }

  void nothingCheckedIsNone() {
    RecordingDialog dialog(testing::tinyExperiment(10), {});
    for (int row = 0; row < table(dialog).rowCount(); ++row) {
      table(dialog).item(row, 0)->setCheckState(Qt::Unchecked);
    }
    QCOMPARE(dialog.settings().keep, std::string("none"));
  }

  void whatIsWrongIsSaid() {
    Experiment experiment = testing::tinyExperiment(10);
    experiment.recording.keep = "spices";
    RecordingDialog dialog(experiment, {});
    QVERIFY(summary(dialog).contains("'spices' is no recorder"));
    QVERIFY(!dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->isEnabled());
  }

  void theFormTakesTheChoiceAsOneStep() {
    const testing::IsolatedHome home;
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    MainWindow window(options);
    window.files().take(testing::tinyExperiment(10));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    ExperimentForm& form = window.train().form();
    QVERIFY2(form.row("recording.keep")->note().startsWith("about "),
             qPrintable(form.row("recording.keep")->note()));
    QTimer::singleShot(0, &window, [&] {
      auto* dialog = window.findChild<RecordingDialog*>();
      QVERIFY(dialog != nullptr);
      QTRY_VERIFY2(summary(*dialog).contains("of an epoch's time"), qPrintable(summary(*dialog)));
      uncheck(*dialog, "Spikes");
      uncheck(*dialog, "Membrane potentials");
      dialog->findChild<QSpinBox*>("recordingEvery")->setValue(5);
      QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok),
                        Qt::LeftButton);
    });
    window.findChild<QToolButton*>("recording.keep.button")->click();
    QCOMPARE(form.experiment().recording.every, 5);
    QCOMPARE(form.experiment().recording.keep,
             std::string("confusion,decision_map,weights,layers,constants"));
    form.undoStack()->undo();
    QVERIFY(form.experiment().recording == RecordingSettings{});
  }
};

QTEST_MAIN(TestRecordingDialog)
#include "tst_recording_dialog.moc"
