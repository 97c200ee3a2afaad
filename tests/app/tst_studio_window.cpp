// The window as a whole: docks of every workspace, messages, themes, questions and sizes.
#include <QAbstractButton>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QStatusBar>
#include <QStatusTipEvent>
#include <QTest>
#include <QTimer>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/training_status.h"
#include "app/studio/session_controller.h"
#include "app/studio/studio_actions.h"
#include "app/studio/theme_switch.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "app/studio/workspace_docks.h"
#include "core/experiments/presets.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/number_box.h"

using namespace paralif;

class TestStudioWindow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;

  static std::unique_ptr<MainWindow> open(bool ask = false, QSize size = {1280, 800}) {
    StudioOptions options;
    options.ask = ask;
    options.size = size;
    auto window = std::make_unique<MainWindow>(options);
    window->show();
    return QTest::qWaitForWindowExposed(window.get()) ? std::move(window) : nullptr;
  }
  static QMenu* viewMenu(MainWindow& window) {
    for (QAction* action : window.menuBar()->actions()) {
      if (action->text() == "&View") return action->menu();
    }
    return nullptr;
  }
  /// Answers the question that the window is about to ask.
  void answer(QMessageBox::StandardButton button) {
    asked_ = 0;
    QTimer::singleShot(0, this, [this, button] {
      auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      if (box == nullptr) return;
      ++asked_;
      box->button(button)->click();
    });
  }
  static Experiment edited(MainWindow& window) {
    Experiment experiment = window.files().document().stored();
    experiment.training.epochs += 3;
    window.files().takeUp({}, window.files().document().stored(), experiment);
    return experiment;
  }

  int asked_ = 0;

 private Q_SLOTS:
  void init() { home_ = std::make_unique<testing::IsolatedHome>(); }
  void cleanup() {
    applyTheme("light");
    home_.reset();
  }

  void viewListsTheDocksInFrontAndResetsThem() {
    const auto window = open();
    for (int page = 0; page < window->workspaces().count(); ++page) {
      window->workspaces().show(page);
      QCoreApplication::processEvents();
      const auto docks = window->docks().inFront();
      const auto listed = viewMenu(*window)->actions();
      for (QDockWidget* dock : docks) QVERIFY(listed.contains(dock->toggleViewAction()));
      for (QDockWidget* dock : window->findChildren<QDockWidget*>()) {
        if (!docks.contains(dock)) QVERIFY(!listed.contains(dock->toggleViewAction()));
      }
      if (docks.isEmpty()) continue;
      docks.front()->close();
      QVERIFY(docks.front()->isHidden());
      docks.front()->toggleViewAction()->trigger();  // had back by the menu
      QVERIFY(!docks.front()->isHidden());
      auto* area = qobject_cast<QMainWindow*>(docks.front()->parentWidget());
      QHash<QDockWidget*, Qt::DockWidgetArea> places;
      for (QDockWidget* dock : docks) places.insert(dock, area->dockWidgetArea(dock));
      for (QDockWidget* dock : docks) dock->setFloating(true);
      docks.back()->close();
      window->commands().resetLayout->trigger();
      QCoreApplication::processEvents();
      for (QDockWidget* dock : docks) {
        QVERIFY2(!dock->isFloating(), qPrintable(dock->objectName()));
        if (!dock->toggleViewAction()->isVisible()) continue;  // says nothing about this data
        QVERIFY2(!dock->isHidden(), qPrintable(dock->objectName()));
        QCOMPARE(area->dockWidgetArea(dock), places.value(dock));
      }
    }
  }

  void opensInTheWorkspaceItWasLeftIn() {
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(1));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      window->workspaces().show(2);
      window->close();
    }
    const auto window = open();
    QTRY_VERIFY(window->controller().hasRun());  // the last run is shown, behind
    QCOMPARE(window->workspaces().current(), 2);
  }

  void keepsTheFormWhenTheLastRunComesBack() {
    Experiment later;
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(1));
      window->startTraining();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
      later = edited(*window);
      window->close();
    }
    const auto window = open();
    QTRY_VERIFY(window->controller().hasRun());
    QVERIFY(window->train().form().experiment() == later);
    QVERIFY(window->isWindowModified());
  }

  void takesTheSettingsOfARunThatIsOpened() {
    const auto window = open();
    window->files().take(testing::tinyExperiment(1));
    window->startTraining();
    QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
    const QString folder = QString::fromStdString(window->controller().latest().run_folder);
    Experiment other = testing::tinyExperiment(9);
    window->files().take(other);
    window->files().openPath(folder);
    QTRY_VERIFY(!window->controller().isReading());
    QVERIFY(window->train().form().experiment() == *window->controller().experiment());
    QVERIFY(!window->isWindowModified());
  }

  void messagesMoveNothing() {
    const auto window = open();
    QWidget* pages = window->findChild<QStackedWidget*>();
    const QRect before = pages->geometry();
    window->messages().showError(QString("A long sentence. ").repeated(40));
    QCoreApplication::processEvents();
    QCOMPARE(pages->geometry(), before);
    QWidget* over = window->messages().parentWidget();
    QCOMPARE(window->messages().geometry().bottom(), over->rect().bottom());
    QCOMPARE(window->messages().width(), over->width());
    QVERIFY(window->messages().height() < over->height() / 2);
    window->resize(1100, 760);
    QCoreApplication::processEvents();
    QCOMPARE(window->messages().geometry().bottom(), over->rect().bottom());
  }

  void messagesReadNoMarkup() {
    const auto window = open();
    window->messages().showError("<b>bold</b> file.json: is damaged");
    QCOMPARE(window->messages().sentence(), "<b>bold</b> file.json: is damaged");
    QCOMPARE(window->messages().findChild<QLabel*>("messageText")->textFormat(), Qt::PlainText);
  }

  void aSwitchOfThemeReachesTheMessageBar() {
    applyTheme("light");
    const auto window = open();
    window->messages().showError("Something went wrong");
    const auto ground = [&] {
      const QImage image = window->messages().grab().toImage();
      return image.pixelColor(image.width() / 2, 3).lightness();
    };
    QVERIFY(ground() > 180);
    applyTheme("dark");
    QVERIFY2(ground() < 90, qPrintable(QString::number(ground())));
    window->messages().hide();
    applyTheme("light");
    window->messages().showError("Something else went wrong");
    QVERIFY(ground() > 180);
  }

  void anErrorGoesWhenTheThingSucceeds() {
    const auto window = open();
    MessageBar& bar = window->messages();
    window->files().openPath(home_->path("none.json"));
    QVERIFY(bar.isError());
    QVERIFY(window->files().saveTo(home_->path("mine.json")));
    QVERIFY(!bar.isError());

    Experiment bad = testing::tinyExperiment(2);
    bad.training.epochs = 0;
    window->files().take(bad);
    window->startTraining();
    QVERIFY(bar.isError());
    auto* epochs = window->train().form().findChild<NumberBox*>("training.epochs");
    QTest::keyClick(epochs, Qt::Key_Up);
    QVERIFY(!bar.isError());  // the field is mended

    window->files().take(bad);
    window->startTraining();
    QVERIFY(bar.isError());
    window->files().take(testing::tinyExperiment(1));
    window->startTraining();
    QVERIFY(!bar.isError());
    QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::finished, 60000);
  }

  void aTipDoesNotCoverTheStatus() {
    const auto window = open();
    QStatusTipEvent tip("Train the network of the form");
    QCoreApplication::sendEvent(window->commands().start, &tip);
    QCoreApplication::sendEvent(window.get(), &tip);
    window->commands().start->hover();
    QVERIFY(window->statusBar()->currentMessage().isEmpty());
    QVERIFY(window->findChild<TrainingStatus*>()->isVisible());
    QVERIFY(window->commands().start->statusTip().isEmpty() ||
            window->commands().start->statusTip() == window->commands().start->text());
  }

  void asksBeforeUnsavedSettingsGo() {
    const auto window = open(true);
    const QString file = home_->path("other.json");
    {
      Document other;
      other.save(testing::tinyExperiment(4), file);
    }
    const Experiment mine = edited(*window);  // in no file
    answer(QMessageBox::Cancel);
    window->files().openPath(file);
    QCOMPARE(asked_, 1);
    QVERIFY(window->train().form().experiment() == mine);
    answer(QMessageBox::Cancel);
    window->files().newFromPreset(QString::fromStdString(presets().front().id));
    QCOMPARE(asked_, 1);
    QVERIFY(window->train().form().experiment() == mine);
    answer(QMessageBox::Discard);
    window->files().openPath(file);
    QCOMPARE(asked_, 1);
    QVERIFY(window->train().form().experiment() == testing::tinyExperiment(4));
    answer(QMessageBox::Cancel);
    window->files().openPath(file);  // nothing is unsaved: no question
    QCoreApplication::processEvents();
    QCOMPARE(asked_, 0);
  }

  /// What was unsaved when the window was closed is unsaved still.
  void asksAlsoAfterARestart() {
    Experiment mine;
    {
      const auto window = open();
      mine = edited(*window);
      window->close();
    }
    const auto window = open(true);
    QVERIFY(window->train().form().experiment() == mine);
    QVERIFY(window->isWindowModified());
    answer(QMessageBox::Cancel);
    QVERIFY(!window->files().mayReplace());
    QCOMPARE(asked_, 1);
  }

  void fitsSmallScreens_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("font");
    QTest::newRow("1024 x 700") << QSize(1024, 700) << 1.0;
    QTest::newRow("1024 x 700, fonts 1.5 x") << QSize(1024, 700) << 1.5;
  }
  void fitsSmallScreens() {
    QFETCH(QSize, size);
    QFETCH(double, font);
    const QFont usual = QApplication::font();
    QFont larger = usual;
    larger.setPointSizeF(usual.pointSizeF() * font);
    QApplication::setFont(larger);
    {
      const auto window = open(false, size);
      for (int page = 0; page < window->workspaces().count(); ++page) {
        window->workspaces().show(page);
        QCoreApplication::processEvents();
        const QSize needed = window->minimumSizeHint();
        QVERIFY2(needed.width() <= size.width() && needed.height() <= size.height(),
                 qPrintable(QString("page %1 needs %2 x %3")
                                .arg(page)
                                .arg(needed.width())
                                .arg(needed.height())));
        QCOMPARE(window->size(), size);
      }
    }
    QApplication::setFont(usual);
  }
};

QTEST_MAIN(TestStudioWindow)
#include "tst_studio_window.moc"
