// The first minutes: what the window asks a newcomer, and what each answer opens.
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include "app/studio/datasets_workspace.h"
#include "app/studio/lab_workspace.h"
#include "app/studio/main_window.h"
#include "app/studio/session_controller.h"
#include "app/studio/studio_actions.h"
#include "app/studio/timing_workspace.h"
#include "app/studio/train_workspace.h"
#include "app/studio/welcome_bar.h"
#include "app/studio/workspace_bar.h"
#include "core/experiments/presets.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"

using namespace paralif;

class TestWelcome : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  void open() {
    StudioOptions options;
    options.ask = false;
    options.size = {1024, 700};
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
  }
  WelcomeBar& bar() { return *window_->findChild<WelcomeBar*>(); }
  void press(const char* name) {
    QTest::mouseClick(window_->findChild<QPushButton*>(name), Qt::LeftButton);
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    open();
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void everythingFitsAndHasATip() {
    QVERIFY(bar().isVisible());
    for (const QPushButton* button : bar().findChildren<QPushButton*>()) {
      QVERIFY(button->isVisible() && !button->toolTip().isEmpty());
      QVERIFY(button->width() >= button->sizeHint().width());
      QVERIFY(bar().rect().contains(button->geometry()));
    }
    QVERIFY(window_->width() <= 1024);
  }

  /// One press, and a network learns.
  void aNetworkLearns() {
    press("welcomeLearn");
    QVERIFY(!bar().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!window_->controller().series().batches.empty(), 30000);
    QCOMPARE(window_->workspaces().inFront(), static_cast<Workspace*>(&window_->train()));
    QVERIFY(window_->train().form().experiment() == first_experiment());
    window_->controller().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!window_->controller().isActive(), 30000);
  }

  void opensTheOthers() {
    const std::pair<const char*, Workspace*> choices[] = {
        {"welcomeNeuron", &window_->lab()},
        {"welcomeTime", &window_->timing()},
        {"welcomeData", window_->findChild<DatasetsWorkspace*>()}};
    for (const auto& [button, workspace] : choices) {
      window_->commands().welcome->trigger();
      QVERIFY(bar().isVisible());
      press(button);
      QVERIFY(!bar().isVisible());
      QCOMPARE(window_->workspaces().inFront(), workspace);
    }
    QVERIFY(!window_->controller().hasRun());
  }

  void takesAPreset() {
    QMenu* menu = window_->findChild<QPushButton*>("welcomePresets")->menu();
    const Preset& last = presets().back();
    std::size_t offered = 0;
    for (QAction* action : menu->actions()) {
      offered += action->isSeparator() ? 0 : 1;
      if (action->text() == QString::fromStdString(last.title)) action->trigger();
    }
    QCOMPARE(offered, presets().size());
    QVERIFY(window_->train().form().experiment() == last.experiment);
    QVERIFY(!bar().isVisible());
  }

  /// Not who has said what for; then at the next start.
  void waitsWhereSomethingWasAskedFor() {
    window_.reset();
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.ask = false;
    options.preset = "yinyang-lif";
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    QVERIFY(!bar().isVisible());
    window_->close();
    window_.reset();
    open();
    QVERIFY(bar().isVisible());
  }

  void asksOnce() {
    QTest::mouseClick(window_->findChild<QToolButton*>("welcomeClose"), Qt::LeftButton);
    QVERIFY(!bar().isVisible());
    window_->close();
    window_.reset();
    open();
    QVERIFY(!bar().isVisible());
  }
};

QTEST_MAIN(TestWelcome)
#include "tst_welcome.moc"
