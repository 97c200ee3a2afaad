// What others put into the inbox is offered in the window, and opened by its button.
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include "app/studio/inbox.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/train_workspace.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/atomic_file.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"

using namespace paralif;

class TestInbox : public QObject {
  Q_OBJECT

 private:
  testing::IsolatedHome home_;
  QTemporaryDir inbox_;

  void put(const QString& name, std::int64_t epochs) {
    Experiment experiment = first_experiment();
    experiment.training.epochs = epochs;
    write_file(inbox_.filePath(name).toStdString(), to_json(experiment));
  }
  static void press(MessageBar& bar, const QString& text) {
    for (QPushButton* button : bar.findChildren<QPushButton*>()) {
      if (button->text() == text && button->isVisible()) return QTest::mouseClick(button, Qt::LeftButton);
    }
    QFAIL(qPrintable("there is no button " + text));
  }

 private Q_SLOTS:
  void whatArrivesIsOfferedInTurn() {
    put("old.json", 3);
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.inbox = inbox_.path();
    MainWindow window(options);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const auto epochs = [&] { return window.train().form().experiment().training.epochs; };
    const std::int64_t before = epochs();
    QTest::qWait(300);
    QVERIFY(!window.messages().sentence().contains("old.json"));  // it lay there already

    put("first.json", 7);
    QTRY_VERIFY(window.messages().sentence().contains("first.json"));
    QCOMPARE(epochs(), before);  // nothing changes unasked
    put("second.json", 11);
    put("note.txt", 5);
    QTest::qWait(300);
    QVERIFY(window.messages().sentence().contains("first.json"));
    press(window.messages(), "Open");
    QCOMPARE(epochs(), 7);
    QTRY_VERIFY(window.messages().sentence().contains("second.json"));
    press(window.messages(), "Not now");
    QCOMPARE(epochs(), 7);
    QTRY_VERIFY(!window.messages().sentence().contains(".json"));

    // The same name again is news.
    QTest::qWait(20);
    put("first.json", 13);
    QTRY_VERIFY(window.messages().sentence().contains("first.json"));
    press(window.messages(), "Open");
    QCOMPARE(epochs(), 13);
  }
};

QTEST_MAIN(TestInbox)
#include "tst_inbox.moc"
