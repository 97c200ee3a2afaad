// Jobs: they end as finished, cancelled or failed, tell how far they are, and start anew.
#include <QTest>
#include <stdexcept>

#include "core/values/job.h"

using namespace paralif;

class TestJob : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void finishes() {
    Job job;
    QCOMPARE(job.report().status, JobStatus::idle);
    std::atomic<int> ended{0};
    int result = 0;
    job.start([&](JobControl&) { result = 7; }, [&] { ++ended; });
    job.wait();
    QCOMPARE(job.report().status, JobStatus::finished);
    QCOMPARE(result, 7);
    QCOMPARE(ended.load(), 1);
    const double seconds = job.report().seconds;
    QTest::qWait(5);
    QCOMPARE(job.report().seconds, seconds);  // that of the work, not of the watching
  }

  void tellsHowFarItIs() {
    Job job;
    std::atomic<bool> go_on{false};
    job.start([&](JobControl& control) {
      control.progress(0.25);
      while (!go_on) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    });
    QTRY_COMPARE(job.report().part, 0.25);
    QTest::qWait(20);
    const JobReport report = job.report();
    QCOMPARE(report.status, JobStatus::running);
    QVERIFY(report.seconds >= 0.02);
    QVERIFY(qAbs(report.remaining_s - 3 * report.seconds) < 1e-9);
    go_on = true;
    job.wait();
    QCOMPARE(job.report().remaining_s, -1.0);
  }

  void isCancelled() {
    Job job;
    job.start([](JobControl& control) {
      for (;;) control.check();
    });
    job.cancel();
    job.wait();
    QCOMPARE(job.report().status, JobStatus::cancelled);
    // Whatever is thrown because of the cancellation is no failure.
    job.start([](JobControl& control) {
      while (!control.cancelled()) {
      }
      throw std::runtime_error("interrupted");
    });
    job.cancel();
    job.wait();
    QCOMPARE(job.report().status, JobStatus::cancelled);
    // Work that had finished all the same has finished.
    job.start([](JobControl& control) {
      while (!control.cancelled()) {
      }
    });
    job.cancel();
    job.wait();
    QCOMPARE(job.report().status, JobStatus::finished);
  }

  void failsWithWhatWasThrown() {
    Job job;
    job.start([](JobControl&) { throw std::runtime_error("no such file"); });
    job.wait();
    QCOMPARE(job.report().status, JobStatus::failed);
    QVERIFY_EXCEPTION_THROWN(std::rethrow_exception(job.report().error), std::runtime_error);
    job.start([](JobControl&) { throw 3; });
    job.wait();
    QCOMPARE(job.report().status, JobStatus::failed);
    job.start([](JobControl&) {});
    job.wait();
    QCOMPARE(job.report().status, JobStatus::finished);
    QVERIFY(job.report().error == nullptr);
  }

  void startingAnewEndsWhatRuns() {
    Job job;
    bool first_ended = false;
    job.start([&](JobControl& control) {
      while (!control.cancelled()) {
      }
      first_ended = true;
    });
    bool saw_end = false;
    job.start([&](JobControl& control) { saw_end = first_ended && !control.cancelled(); });
    job.wait();
    QVERIFY(saw_end);
  }
};

QTEST_GUILESS_MAIN(TestJob)
#include "tst_job.moc"
