// Documents and memory: open and save, recent files, what a restart brings back, recorded runs.
#include <QApplication>
#include <QClipboard>
#include <QDockWidget>
#include <QLabel>
#include <QTreeView>
#include <QTest>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/runs_workspace.h"
#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "app/studio/studio_actions.h"
#include "app/studio/theme_switch.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/exchange/weights_file.h"
#include "core/experiments/presets.h"
#include "core/library/run_share.h"
#include "core/runs/run_store.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/theme/theme.h"
#include "widgets/views/compare_view.h"
#include "widgets/views/curves_view.h"

using namespace paralif;

class TestStudioFiles : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;

  static std::unique_ptr<MainWindow> open(const QString& path = {}) {
    StudioOptions options;
    options.ask = false;
    options.path = path;
    auto window = std::make_unique<MainWindow>(options);
    window->show();
    window->activateWindow();
    return QTest::qWaitForWindowActive(window.get()) ? std::move(window) : nullptr;
  }

  /// Runs is the last of the workspaces.
  static constexpr int runsPage = 4;
  static constexpr Qt::Key runsKey = Qt::Key_5;

 private Q_SLOTS:
  void init() { home_ = std::make_unique<testing::IsolatedHome>(); }
  void cleanup() { home_.reset(); }

  void beginsWithTheFirstExperiment() {
    const auto window = open();
    QVERIFY(window->train().form().experiment() == first_experiment());
    QVERIFY(!window->isWindowModified());
  }

  void savesAndOpens() {
    const QString path = home_->path("mine.json");
    Experiment experiment = testing::tinyExperiment(7);
    experiment.neuron.name = "ParaLIF-GS";
    {
      const auto window = open();
      window->files().take(experiment);
      QVERIFY(window->files().saveTo(path));
      QVERIFY(window->windowTitle().contains("mine.json"));
      QVERIFY(!window->isWindowModified());
      auto* epochs = window->train().form().findChild<QWidget*>("training.epochs");
      epochs->setFocus();
      QTest::keyClick(epochs, Qt::Key_Up);
      QVERIFY(window->isWindowModified());
      QTest::keyClick(epochs, Qt::Key_Z, Qt::ControlModifier);
      QVERIFY(!window->isWindowModified());
    }
    const auto window = open(path);
    QVERIFY(window->train().form().experiment() == experiment);
    QCOMPARE(Settings::recentFiles().value(0), path);
  }

  void tellsOfBadFiles() {
    const QString path = home_->path("bad.json");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ \"neuron\": 3");
    file.close();
    const auto window = open();
    const Experiment before = window->train().form().experiment();
    window->files().openPath(path);
    QVERIFY(window->messages().sentence().contains("bad.json"));
    QVERIFY(window->train().form().experiment() == before);
    QVERIFY(!window->files().document().hasFile());
    window->messages().clearError();
    window->files().openPath(home_->path(""));
    QTRY_VERIFY(!window->controller().isReading());
    QVERIFY(!window->messages().sentence().isEmpty());
  }

  void comesBackAsItWasLeft() {
    Experiment experiment = testing::tinyExperiment(9);
    experiment.seed = 42;
    {
      const auto window = open();
      window->files().take(experiment);
      window->train().findChild<QDockWidget*>("dock.log")->close();
      QTest::keyClick(window.get(), runsKey, Qt::ControlModifier);
      QCOMPARE(window->workspaces().current(), runsPage);
      window->close();
    }
    const auto window = open();
    QVERIFY(window->train().form().experiment() == experiment);
    QVERIFY(window->train().findChild<QDockWidget*>("dock.log")->isHidden());
    QCOMPARE(window->workspaces().current(), runsPage);
    // The layout of the workspace in front is the one that is reset.
    window->workspaces().show(0);
    window->commands().resetLayout->trigger();
    QVERIFY(!window->train().findChild<QDockWidget*>("dock.log")->isHidden());
  }

  void presetsReplaceTheForm() {
    const auto window = open();
    for (const Preset& preset : presets()) {
      window->files().newFromPreset(QString::fromStdString(preset.id));
      QVERIFY(window->train().form().experiment() == preset.experiment);
    }
  }

  void copiesTheCommandLine() {
    const auto window = open();
    window->files().take(testing::tinyExperiment(3));
    QTest::keyClick(window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(QApplication::clipboard()->text().contains("--nb_epochs 3"));
  }

  void showsRecordedRuns() {
    QString folder;
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(2));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      folder = QString::fromStdString(window->controller().latest().run_folder);
      QVERIFY(!folder.isEmpty());
      window->close();
    }
    {
      const auto window = open();  // the last run is back
      QTRY_COMPARE(window->controller().series().epochs.size(), std::size_t{2});
      QTRY_COMPARE(window->train().curves().plot().epochPoints(), 2);
      window->controller().reset();
      QTest::keyClick(window.get(), runsKey, Qt::ControlModifier);
      auto* table = window->findChild<QTreeView*>("runsTable");
      QTRY_COMPARE(table->model()->rowCount(), 1);
      table->setFocus();
      QTest::keyClick(table, Qt::Key_Return);
      QTRY_COMPARE(window->workspaces().current(), 0);
      QCOMPARE(window->controller().series().epochs.size(), std::size_t{2});
    }
    const auto window = open(folder);
    QTRY_COMPARE(window->controller().state(), SessionState::finished);
    QVERIFY(window->train().findChild<QLabel*>("accuracyLabel")->text().contains('%'));
  }

  void opensASharedRun() {
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(2));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      JobControl control;
      share_run(window->controller().latest().run_folder, home_->path("tiny.paralif").toStdString(),
                {}, control);
      window->close();
    }
    qputenv("PARALIF_RUNS", home_->path("elsewhere").toLocal8Bit());
    const auto window = open();
    window->files().openPath(home_->path("tiny.paralif"));
    QTRY_COMPARE_WITH_TIMEOUT(window->controller().latest().run_folder,
                              home_->path("elsewhere/tiny").toStdString(), 20000);
    QTRY_COMPARE(window->controller().series().epochs.size(), std::size_t{2});
    QCOMPARE(window->train().form().experiment().title, std::string("Tiny"));
    QFile(home_->path("bad.paralif")).open(QIODevice::WriteOnly);
    window->files().openPath(home_->path("bad.paralif"));
    auto* messages = window->findChild<MessageBar*>();
    QTRY_VERIFY(messages->sentence().contains("bad.paralif"));
  }

  void takesWeightsIn() {
    const QString file = home_->path("others.npz");
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(2));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      write_run_weights(window->controller().latest().run_folder, file.toStdString());
      window->close();
    }
    const auto window = open();
    window->files().take(testing::tinyExperiment(2));
    window->files().openPath(file);
    QTRY_VERIFY_WITH_TIMEOUT(
        QString::fromStdString(window->controller().latest().run_folder).contains("others"), 20000);
    QVERIFY(read_summary(window->controller().latest().run_folder).resumable);
    // Another network than that of the form.
    Experiment other = testing::tinyExperiment(2);
    other.network.hidden = {33};
    window->files().take(other);
    window->files().openPath(file);
    auto* messages = window->findChild<MessageBar*>();
    QTRY_VERIFY_WITH_TIMEOUT(messages->sentence().contains("others.npz"), 20000);
    QVERIFY2(messages->sentence().contains("this network of (33"), qPrintable(messages->sentence()));
  }

  void comparesRuns() {
    for (const std::int64_t epochs : {2, 3}) {
      const auto window = open();
      window->files().take(testing::tinyExperiment(epochs));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      window->close();
    }
    const auto window = open();
    QTest::keyClick(window.get(), runsKey, Qt::ControlModifier);
    auto* compared = window->findChild<CompareView*>();
    QTRY_COMPARE(compared->runs().size(), std::size_t{1});
    auto* table = window->findChild<QTreeView*>("runsTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down, Qt::ShiftModifier);
    QTRY_COMPARE(compared->runs().size(), std::size_t{2});
    QCOMPARE(compared->runs()[0].epochs.size() + compared->runs()[1].epochs.size(), std::size_t{5});
    QString csv;
    QTextStream out(&csv);
    compared->writeCsv(out);
    QCOMPARE(csv.count('\n'), 6);
    QTest::keyClick(table, Qt::Key_Up);
    QTRY_COMPARE(compared->runs().size(), std::size_t{1});
  }

  void continuesAStoppedRun() {
    const auto window = open();
    window->files().take(testing::tinyExperiment(200));
    window->startTraining();
    QTRY_VERIFY_WITH_TIMEOUT(window->controller().series().epochs.size() >= 2, 60000);
    window->controller().stop();
    QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::stopped, 5000);
    const std::size_t before = window->controller().series().epochs.size();
    const auto folder = window->controller().latest().run_folder;
    window->controller().resume(folder);
    QTRY_VERIFY_WITH_TIMEOUT(window->controller().series().epochs.size() >= before + 2, 60000);
    const auto& epochs = window->controller().series().epochs;
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      QCOMPARE(epochs[i].epoch, std::int64_t(i) + 1);
    }
    QCOMPARE(window->controller().latest().run_folder, folder);
  }

  void switchesTheme() {
    const auto window = open();
    applyTheme("dark");
    QVERIFY(isDark(window->palette()));
    QVERIFY(isDark(window->train().curves().plot().palette()));
    applyTheme("light");
    QVERIFY(!isDark(window->train().curves().plot().palette()));
  }
};

QTEST_MAIN(TestStudioFiles)
#include "tst_studio_files.moc"
