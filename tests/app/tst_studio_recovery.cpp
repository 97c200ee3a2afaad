// Unsaved settings and interrupted runs after a window that was killed.
#include <QDir>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSessionManager>
#include <QTest>
#include <array>
#include <cstddef>

#include "app/studio/autosave.h"
#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/recovery.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"

using namespace paralif;

class TestStudioRecovery : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;

  static std::unique_ptr<MainWindow> open() {
    StudioOptions options;
    options.ask = false;
    auto window = std::make_unique<MainWindow>(options);
    window->show();
    return window;
  }
  static QStringList kept() { return QDir(Autosave::defaultFolder()).entryList({"*.json"}); }
  static QPushButton* choice(MainWindow& window, const QString& text) {
    for (auto* button : window.messages().findChildren<QPushButton*>()) {
      if (button->text() == text && button->isVisible()) return button;
    }
    return nullptr;
  }
  static void edit(MainWindow& window, const Experiment& experiment) {
    window.files().takeUp({}, window.files().document().stored(), experiment);
  }

 private Q_SLOTS:
  void init() { home_ = std::make_unique<testing::IsolatedHome>(); }
  void cleanup() { home_.reset(); }

  void keepsEditsAndOffersThemAfterAKill() {
    Experiment mine = testing::tinyExperiment(17);
    mine.title = "Mine <b>";
    {
      const auto window = open();
      edit(*window, mine);
      QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 1, 2500);
      mine.seed = 5;  // later edits are kept as well
      edit(*window, mine);
      window->recovery().autosave().saveNow();
      QCOMPARE(kept().size(), 1);
    }  // the window goes without being closed
    const auto window = open();
    QVERIFY(!(window->train().form().experiment() == mine));
    QVERIFY(window->messages().sentence().contains("Mine <b>"));
    QVERIFY(choice(*window, "Dismiss") != nullptr);
    QTest::mouseClick(choice(*window, "Restore"), Qt::LeftButton);
    QVERIFY(window->train().form().experiment() == mine);
    QVERIFY(window->isWindowModified());
    QCOMPARE(window->messages().sentence(), QString());
    QCOMPARE(kept().size(), 1);  // they are unsaved still, of this window now
  }

  /// The desktop's session ends: it asks every program to keep what it has.
  void anEndingDesktopSessionKeepsEditsAtOnce() {
    const auto window = open();
    edit(*window, testing::tinyExperiment(17));
    QVERIFY(kept().isEmpty());
    alignas(std::max_align_t) std::array<std::byte, 64> room{};  // the request says nothing more
    Q_EMIT qApp->commitDataRequest(reinterpret_cast<QSessionManager&>(room));
    QCOMPARE(kept().size(), 1);
  }

  void dismissedEditsDoNotComeAgain() {
    {
      const auto window = open();
      edit(*window, testing::tinyExperiment(17));
      window->recovery().autosave().saveNow();
    }
    {
      const auto window = open();
      QTest::mouseClick(choice(*window, "Dismiss"), Qt::LeftButton);
      QVERIFY(kept().isEmpty());
    }
    const auto window = open();
    QVERIFY(choice(*window, "Restore") == nullptr);
  }

  void closedOffersComeAgain() {
    {
      const auto window = open();
      edit(*window, testing::tinyExperiment(17));
      window->recovery().autosave().saveNow();
    }
    {
      const auto window = open();
      window->messages().showError("An error shows before the offer");
      QVERIFY(choice(*window, "Restore") == nullptr);
      window->messages().clearError();
      QVERIFY(choice(*window, "Restore") != nullptr);
    }
    const auto window = open();
    QVERIFY(choice(*window, "Restore") != nullptr);
  }

  void aCleanEndLeavesNothing() {
    {
      const auto window = open();
      edit(*window, testing::tinyExperiment(17));
      window->recovery().autosave().saveNow();
      QCOMPARE(kept().size(), 1);
      window->close();
    }
    QVERIFY(kept().isEmpty());
    const auto window = open();
    QVERIFY(choice(*window, "Restore") == nullptr);
    QVERIFY(window->train().form().experiment() == testing::tinyExperiment(17));
    QVERIFY(window->isWindowModified());  // still in no file
  }

  void savedEditsAreNotKept() {
    const auto window = open();
    edit(*window, testing::tinyExperiment(17));
    window->recovery().autosave().saveNow();
    QCOMPARE(kept().size(), 1);
    QVERIFY(window->files().saveTo(home_->path("mine.json")));
    QTRY_COMPARE_WITH_TIMEOUT(kept().size(), 0, 2500);
  }

  void leavesTheEditsOfAnOpenWindowAlone() {
    const auto first = open();
    edit(*first, testing::tinyExperiment(17));
    first->recovery().autosave().saveNow();
    const auto second = open();
    QVERIFY(choice(*second, "Restore") == nullptr);
    QCOMPARE(kept().size(), 1);
  }

  void skipsWhatCannotBeRead() {
    QVERIFY(QDir().mkpath(Autosave::defaultFolder()));
    for (const QByteArray& text : {QByteArray(), QByteArray("[]"), QByteArray(R"({"run": 4})"),
                                   QByteArray(100000, '[')}) {
      QFile file(Autosave::defaultFolder() + "/odd.json");
      QVERIFY(file.open(QIODevice::WriteOnly));
      file.write(text);
      file.close();
      const auto window = open();
      QVERIFY(choice(*window, "Restore") == nullptr);
    }
  }

  /// The run of a dead process: its lock is held by nobody and its status says running.
  void offersAnInterruptedRun() {
    QString folder;
    {
      const auto window = open();
      window->files().take(testing::tinyExperiment(500));
      window->startTraining();
      QTRY_VERIFY_WITH_TIMEOUT(window->controller().series().epochs.size() >= 2, 60000);
      folder = QString::fromStdString(window->controller().latest().run_folder);
      window->recovery().autosave().saveNow();
      QCOMPARE(kept().size(), 1);
      window->controller().stop();
      QTRY_COMPARE_WITH_TIMEOUT(window->controller().state(), SessionState::stopped, 10000);
      // As a kill would have left both.
      QFile head(folder + "/run.json");
      QVERIFY(head.open(QIODevice::ReadOnly));
      const QByteArray text = head.readAll().replace("\"stopped\"", "\"running\"");
      head.close();
      QVERIFY(head.open(QIODevice::WriteOnly | QIODevice::Truncate));
      head.write(text);
      head.close();
      QFile::copy(Autosave::defaultFolder() + "/" + kept().first(), home_->path("kept"));
    }
    QVERIFY(QDir().mkpath(Autosave::defaultFolder()));
    for (const QString& name : kept()) QFile::remove(Autosave::defaultFolder() + "/" + name);
    QVERIFY(QFile::copy(home_->path("kept"), Autosave::defaultFolder() + "/dead.json"));
    const auto window = open();
    QVERIFY(window->messages().sentence().contains("interrupted"));
    QVERIFY(choice(*window, "Restore") == nullptr);  // the settings were those of the document
    QTest::mouseClick(choice(*window, "Resume"), Qt::LeftButton);
    QCOMPARE(window->workspaces().current(), 0);
    QTRY_VERIFY_WITH_TIMEOUT(window->controller().series().epochs.size() >= 3, 60000);
    QCOMPARE(QString::fromStdString(window->controller().latest().run_folder), folder);
    QVERIFY(window->train().form().experiment() == *window->controller().experiment());
  }
};

QTEST_MAIN(TestStudioRecovery)
#include "tst_studio_recovery.moc"
