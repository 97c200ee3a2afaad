// Nothing that is thrown ends the window: at the event loop, in a job, from a file.
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>
#include <QTimer>

#include <new>
#include <stdexcept>

#include "app/studio/guard.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/studio_application.h"
#include "app/studio/timing_workspace.h"
#include "datasets/error.h"
#include "tests/app/isolated.h"

using namespace paralif;

namespace {

struct Odd {};

/// Throws from an event handler of its own.
class Thrower : public QObject {
 public:
  explicit Thrower(std::function<void()> work) : work_(std::move(work)) {}
  bool event(QEvent* event) override {
    if (event->type() != QEvent::User) return QObject::event(event);
    work_();
    return true;
  }

 private:
  std::function<void()> work_;
};

}  // namespace

class TestStudioGuard : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void showsWhatAnEventHandlerThrows_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("error") << 0 << "mine.h5: is damaged";
    QTest::newRow("memory") << 1 << "memory";
    QTest::newRow("standard") << 2 << "out of range \\x1b[31m";
    QTest::newRow("anything") << 3 << "not known";
  }
  void showsWhatAnEventHandlerThrows() {
    QFETCH(int, kind);
    QFETCH(QString, words);
    Thrower thrower([kind] {
      if (kind == 0) throw Error(Error::Kind::file, "mine.h5", "is damaged");
      if (kind == 1) throw std::bad_alloc();
      if (kind == 2) throw std::out_of_range("out of range \x1b[31m");
      throw Odd{};
    });
    QCoreApplication::postEvent(&thrower, new QEvent(QEvent::User));
    QTRY_VERIFY(window_->messages().sentence().contains(words));
    QVERIFY(window_->isVisible());
    QVERIFY(window_->messages().isError());
  }

  void showsWhatASlotThrows() {
    QTimer::singleShot(0, [] { throw std::length_error("too long"); });
    QTRY_VERIFY(window_->messages().sentence().contains("too long"));
  }

  void showsWhatAPoolThreadThrows() {
    runInPool([] { throw std::runtime_error("of a pool thread"); });
    QTRY_VERIFY(window_->messages().sentence().contains("of a pool thread"));
    QVERIFY(QThreadPool::globalInstance()->waitForDone(5000));
  }

  /// A timing file whose kind is a number, and others that are JSON but not what they should be.
  void showsWhatAFileThrows_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("kind") << QByteArray(R"({"kind": 5, "schema": 1})");
    QTest::newRow("list") << QByteArray("[1, 2]");
    QTest::newRow("points") << QByteArray(R"({"kind": "paralif-timing", "schema": 1, "points": 7})");
  }
  void showsWhatAFileThrows() {
    QFETCH(QByteArray, text);
    QFile file(home_->path("timing.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    window_->timing().open(file.fileName());
    QVERIFY(!window_->messages().sentence().isEmpty());
    QVERIFY(window_->messages().isError());
    window_->timing().overlay(file.fileName());
    QVERIFY(window_->isVisible());
  }

  void tellsTheSameOnlyOnceASecond() {
    auto* studio = qobject_cast<StudioApplication*>(QCoreApplication::instance());
    QSignalSpy failed(studio, &StudioApplication::failed);
    for (int i = 0; i < 50; ++i) studio->tell({"The same again", {}});
    studio->tell({"Another", {}});
    QCOMPARE(failed.count(), 2);
  }

  void guardsByOneHelper() {
    Failure failure;
    QVERIFY(guarded([] {}, [&](const Failure& f) { failure = f; }));
    QVERIFY(failure.sentence.isEmpty());
    QVERIFY(!guarded([] { throw Error(Error::Kind::setting, "training.epochs", "is 0"); },
                     [&](const Failure& f) { failure = f; }));
    QCOMPARE(failure.subject, "training.epochs");
  }
};

int main(int argc, char** argv) {
  StudioApplication application(argc, argv);
  TestStudioGuard test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_studio_guard.moc"
