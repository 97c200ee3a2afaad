// Work off the window's thread: the newest result counts, failures become sentences.
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include "app/studio/background_job.h"
#include "datasets/error.h"

using namespace paralif;

class TestBackgroundJob : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void givesItsResultOnThisThread() {
    BackgroundJob job;
    QThread* worked = nullptr;
    QThread* told = nullptr;
    int result = 0;
    job.start([&](JobControl&) { return worked = QThread::currentThread(), 42; },
              [&](int given) { result = given, told = QThread::currentThread(); });
    QVERIFY(job.isRunning());
    QTRY_COMPARE(result, 42);
    QCOMPARE(told, QThread::currentThread());
    QVERIFY(worked != told);
    QVERIFY(!job.isRunning());
  }

  void theNewestCounts() {
    BackgroundJob job;
    std::vector<int> results;
    const auto keep = [&](int given) { results.push_back(given); };
    job.start(
        [](JobControl& control) {
          while (!control.cancelled()) QThread::msleep(1);
          return 1;
        },
        keep);
    job.start([](JobControl&) { return 2; }, keep);
    QTRY_COMPARE(results.size(), std::size_t{1});
    QTest::qWait(50);
    QCOMPARE(results, std::vector<int>{2});
  }

  void nothingComesAfterACancellation() {
    BackgroundJob job;
    QSignalSpy ended(&job, &BackgroundJob::ended);
    QSignalSpy failed(&job, &BackgroundJob::failed);
    bool came = false;
    job.start([](JobControl&) { return 1; }, [&](int) { came = true; });
    job.cancel();
    QTRY_COMPARE(ended.count(), 1);
    QCOMPARE(ended[0][0].value<JobStatus>(), JobStatus::cancelled);
    QVERIFY(!job.isRunning());
    QTest::qWait(50);
    QVERIFY(!came);
    QCOMPARE(ended.count(), 1);
    QCOMPARE(failed.count(), 0);
  }

  void failuresAreSentences() {
    BackgroundJob job;
    QString sentence;
    QString subject;
    connect(&job, &BackgroundJob::failed, this, [&](const Failure& failure) {
      sentence = failure.sentence;
      subject = failure.subject;
    });
    job.start(
        [](JobControl&) -> int {
          throw Error(Error::Kind::file, "runs/a", "is damaged", "delete it");
        },
        [](int) { QFAIL("a failed job has no result"); });
    QTRY_VERIFY(!sentence.isEmpty());
    QVERIFY2(sentence.contains("runs/a") && sentence.contains("damaged"), qPrintable(sentence));
    QCOMPARE(subject, QString("runs/a"));
    sentence.clear();
    job.start([](JobControl&) -> int { throw std::bad_alloc(); }, [](int) {});
    QTRY_VERIFY(sentence.contains("memory"));
  }

  void tellsOfItsProgress() {
    BackgroundJob job;
    QSignalSpy progressed(&job, &BackgroundJob::progressed);
    std::atomic<bool> go_on{false};
    job.start(
        [&](JobControl& control) {
          control.progress(0.5);
          while (!go_on) QThread::msleep(1);
          return 0;
        },
        [](int) {});
    QTRY_VERIFY(!progressed.isEmpty());
    QCOMPARE(progressed.last()[0].toDouble(), 0.5);
    QVERIFY(progressed.last()[1].toDouble() >= 0.0);
    go_on = true;
    QTRY_VERIFY(!job.isRunning());
  }

  void goesWithItsWorkRunning() {
    bool ended = false;
    {
      BackgroundJob job;
      job.start(
          [&](JobControl& control) {
            while (!control.cancelled()) QThread::msleep(1);
            ended = true;
            return 0;
          },
          [](int) { QFAIL("its owner is gone"); });
    }
    QVERIFY(ended);
    QTest::qWait(20);
  }
};

QTEST_GUILESS_MAIN(TestBackgroundJob)
#include "tst_background_job.moc"
