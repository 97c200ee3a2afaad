// Sessions with probes made for the test, and one with real neurons.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include "core/bench/timing_session.h"
#include "core/kernels/interruption.h"
#include "core/timing/timing_files.h"
#include "core/timing/timing_presets.h"
#include "datasets/error.h"

using namespace paralif;

namespace {

/// Sleeps, and looks for an interruption every millisecond.
class SleepProbe : public bench::Probe {
 public:
  explicit SleepProbe(int ms) : ms_(ms) {}
  void run() override {
    for (int i = 0; i < ms_; ++i) {
      throw_if_interrupted();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }

 private:
  int ms_;
};

/// Throws from its n-th run on, as a device that was unplugged.
class VanishingProbe : public bench::Probe {
 public:
  explicit VanishingProbe(int good) : good_(good) {}
  void run() override {
    std::this_thread::sleep_for(std::chrono::milliseconds(11));
    if (--good_ < 0) throw Error(Error::Kind::device, "cuda:0", "is gone", "plug it in");
  }

 private:
  int good_;
};

class GreedyProbe : public bench::Probe {
 public:
  void run() override { throw std::bad_alloc(); }
};

}  // namespace

class TestTimingSession : public QObject {
  Q_OBJECT

 private:
  static TimingPlan plan() {
    TimingPlan plan;
    plan.curves = {{"LIF", "sequential"}, {"ParaLIF-T", "fused"}};
    plan.lengths = {10, 20};
    plan.trials = 3;
    return plan;
  }
  static TimingOptions sleeping(int ms) {
    TimingOptions options;
    options.probe = [ms](const bench::Request&) { return std::make_unique<SleepProbe>(ms); };
    return options;
  }
  static const bench::NeuronPass* pass_of(const bench::Request& request) {
    return std::get_if<bench::NeuronPass>(&request);
  }

 private Q_SLOTS:
  void measuresEveryPoint() {
    TimingSession session(plan(), sleeping(12));
    QVERIFY(session.state() == TimingState::idle);
    session.start();
    QVERIFY(session.wait(30));
    const auto snapshot = session.take();
    QVERIFY(snapshot);
    QVERIFY(snapshot->state == TimingState::finished);
    QCOMPARE(snapshot->results.status, std::string("finished"));
    QCOMPARE(snapshot->trials_done, std::size_t{12});
    QCOMPARE(snapshot->trials, std::size_t{12});
    for (const TimingResult& result : snapshot->results.points) {
      QCOMPARE(result.trials_ms.size(), std::size_t{3});
      QVERIFY(result.problem.empty());
      QVERIFY(result.spread().median >= 12.0);
    }
    QVERIFY(!snapshot->results.machine.host.cpu.empty());
    QVERIFY(snapshot->results.machine.copy_gb_s > 0.0);
    QVERIFY(!session.take());
  }

  void interleavesThePoints() {
    auto order = std::make_shared<std::vector<std::string>>();
    class Recording : public SleepProbe {
     public:
      Recording(std::shared_ptr<std::vector<std::string>> order, std::string name)
          : SleepProbe(11), order_(std::move(order)), name_(std::move(name)) {}
      void run() override {
        order_->push_back(name_);
        SleepProbe::run();
      }

     private:
      std::shared_ptr<std::vector<std::string>> order_;
      std::string name_;
    };
    TimingOptions options;
    options.probe = [order](const bench::Request& request) -> std::unique_ptr<bench::Probe> {
      const auto* pass = pass_of(request);
      if (pass == nullptr) return std::make_unique<SleepProbe>(0);
      return std::make_unique<Recording>(order, pass->neuron + std::to_string(pass->steps));
    };
    TimingSession session(plan(), options);
    session.start();
    QVERIFY(session.wait(30));
    const std::vector<std::string> round{"LIF10", "ParaLIF-T10", "LIF20", "ParaLIF-T20"};
    std::vector<std::string> expected;
    for (const std::string& name : round) expected.insert(expected.end(), {name, name});  // warm-up
    for (int i = 0; i < 2; ++i) expected.insert(expected.end(), round.begin(), round.end());
    QVERIFY(*order == expected);
  }

  void cancelsWithin200Ms() {
    TimingSession session(plan(), sleeping(60000));
    session.start();
    QTest::qWait(100);
    QElapsedTimer clock;
    clock.start();
    session.cancel();
    QVERIFY(session.wait(5));
    QVERIFY2(clock.elapsed() <= 200, qPrintable(QString::number(clock.elapsed())));
    QVERIFY(session.state() == TimingState::cancelled);
    QCOMPARE(session.take()->results.status, std::string("cancelled"));
  }

  void breaksARealBackwardPassOff() {
    TimingPlan real = plan();
    real.curves = {{"LIF", "sequential", TimingPass::forward_backward}};
    real.lengths = {5000};
    real.trials = 100;
    TimingSession session(real);
    session.start();
    QTest::qWait(1500);
    QVERIFY(session.state() == TimingState::measuring);
    QElapsedTimer clock;
    clock.start();
    session.cancel();
    QVERIFY(session.wait(10));
    qInfo("ended after %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() <= 400);
  }

  void pausesAndGoesOn() {
    TimingSession session(plan(), sleeping(20));
    session.start();
    QTest::qWait(60);
    session.pause();
    QTRY_VERIFY(session.state() == TimingState::paused);
    const std::size_t before = session.take()->trials_done;
    QTest::qWait(120);
    const auto still = session.take();
    QVERIFY(!still || still->trials_done == before);
    session.start();
    QVERIFY(session.wait(30));
    QCOMPARE(session.take()->trials_done, std::size_t{12});
  }

  void aDeviceThatVanishesIsAMarkedPoint() {
    TimingOptions options;
    options.probe = [](const bench::Request& request) -> std::unique_ptr<bench::Probe> {
      const auto* pass = pass_of(request);
      if (pass != nullptr && pass->device == "cuda:0") return std::make_unique<VanishingProbe>(2);
      return std::make_unique<SleepProbe>(1);
    };
    TimingPlan two = plan();
    two.devices = {{"cuda:0", 0}, {"cpu", 0}};
    TimingSession session(two, options);
    session.start();
    QVERIFY(session.wait(30));
    const TimingResults results = session.take()->results;
    for (const TimingResult& result : results.points) {
      if (result.point.device.name == "cpu") {
        QVERIFY(result.problem.empty());
        QCOMPARE(result.trials_ms.size(), std::size_t{3});
      } else {
        QVERIFY(QString::fromStdString(result.problem).contains("is gone"));
        QCOMPARE(result.trials_ms.size(), std::size_t{1});  // one warm-up, one trial
      }
    }
  }

  void aMissingDeviceIsAMarkedPoint() {
    TimingPlan far = plan();
    far.devices = {{"cuda:63", 0}, {"cpu", 0}};
    far.lengths = {10};
    TimingSession session(far);
    session.start();
    QVERIFY(session.wait(60));
    const TimingResults results = session.take()->results;
    for (const TimingResult& result : results.points) {
      QCOMPARE(result.problem.empty(), result.point.device.name == "cpu");
    }
  }

  void outOfMemoryIsAMarkedPoint() {
    TimingOptions options;
    options.probe = [](const bench::Request& request) -> std::unique_ptr<bench::Probe> {
      const auto* pass = pass_of(request);
      if (pass != nullptr && pass->steps == 20) return std::make_unique<GreedyProbe>();
      return std::make_unique<SleepProbe>(1);
    };
    TimingSession session(plan(), options);
    session.start();
    QVERIFY(session.wait(30));
    const auto snapshot = session.take();
    QVERIFY(snapshot->state == TimingState::finished);
    for (const TimingResult& result : snapshot->results.points) {
      QCOMPARE(result.problem, std::string(result.point.steps == 20 ? "out of memory" : ""));
    }
    QCOMPARE(snapshot->trials, std::size_t{6});
  }

  void whatDoesNotFitIsNotTried() {
    TimingPlan huge = plan();
    huge.lengths = {10, 1000000};
    huge.batch = 4;
    huge.neurons = 1000;
    huge.limit_s = 1e4;
    huge.curves = {{"ParaLIF-T", "fft"}};
    std::atomic<bool> tried{false};
    TimingOptions options;
    options.probe = [&tried](const bench::Request& request) -> std::unique_ptr<bench::Probe> {
      const auto* pass = pass_of(request);
      if (pass != nullptr && pass->steps == 1000000) tried = true;
      return std::make_unique<SleepProbe>(1);
    };
    TimingSession session(huge, options);
    session.start();
    QVERIFY(session.wait(30));
    const TimingResults results = session.take()->results;
    QVERIFY(!tried);
    QVERIFY(QString::fromStdString(results.points[1].problem).startsWith("out of memory"));
    QCOMPARE(results.points[0].trials_ms.size(), std::size_t{3});
  }

  void whatTakesTooLongIsLeftOut() {
    TimingPlan slow = plan();
    slow.limit_s = 0.001;
    slow.lengths = {10, 5000};
    TimingSession session(slow, sleeping(0));
    session.start();
    QVERIFY(session.wait(30));
    const TimingResults results = session.take()->results;
    const TimingResult* point = find_point(results, {"LIF", "sequential"}, {}, 5000);
    QVERIFY(point != nullptr);
    QVERIFY(point->trials_ms.size() == 3 ||
            QString::fromStdString(point->problem).startsWith("left out"));
  }

  void repeatsOnePoint() {
    std::atomic<int> ms{12};
    TimingOptions options;
    options.probe = [&ms](const bench::Request&) { return std::make_unique<SleepProbe>(ms); };
    TimingSession session(plan(), options);
    session.start();
    QVERIFY(session.wait(30));
    const TimingResults before = session.take()->results;
    ms = 40;
    session.repeat(3);
    session.repeat(99);  // there is no such point
    QVERIFY(session.wait(30));
    const auto after = session.take();
    QVERIFY(after->state == TimingState::finished);
    QVERIFY(after->results.points[3].spread().median >= 40.0);
    QCOMPARE(after->results.points[3].trials_ms.size(), std::size_t{3});
    QVERIFY(after->results.points[2].trials_ms == before.points[2].trials_ms);
  }

  void leavesAFolderAndKeepsItCurrent() {
    QTemporaryDir dir;
    TimingOptions options = sleeping(11);
    options.root = dir.filePath("runs").toStdString();
    TimingSession session(plan(), options);
    session.start();
    QVERIFY(session.wait(30));
    const std::string folder = session.take()->folder;
    const TimingResults saved = read_timing(folder);
    QCOMPARE(saved.points.size(), std::size_t{4});
    session.repeat(0);
    QVERIFY(session.wait(30));
    QCOMPARE(session.take()->folder, folder);
    QVERIFY(read_timing(folder).points[0].trials_ms != saved.points[0].trials_ms);
  }

  void aFullDiskIsSaidAndLosesNothing() {
    TimingOptions options = sleeping(11);
    options.root = "/dev/full";
    TimingSession session(plan(), options);
    session.start();
    QVERIFY(session.wait(30));
    const auto snapshot = session.take();
    QVERIFY(snapshot->state == TimingState::finished);
    QVERIFY(QString::fromStdString(snapshot->problem).contains("/dev/full"));
    QVERIFY(snapshot->folder.empty());
    QCOMPARE(snapshot->results.points[0].trials_ms.size(), std::size_t{3});
  }

  void refusesABadPlan() {
    TimingPlan bad = plan();
    bad.trials = 0;
    QVERIFY_EXCEPTION_THROWN(TimingSession{bad}, Error);
  }

  void realNeuronsAgreeWithTheClaim() {
    TimingPlan real = timing_preset("published").plan;
    real.lengths = {10, 2000};
    real.devices = {{"cpu", 1}};
    real.trials = 3;
    TimingSession session(real);
    session.start();
    QVERIFY(session.wait(120));
    const TimingResults results = session.take()->results;
    const auto median = [&](const char* neuron, const char* backend) {
      return find_point(results, {neuron, backend}, {"cpu", 1}, 2000)->spread().median;
    };
    // Far below what is measured on a machine at rest, so that a busy one passes.
    QVERIFY(median("LIF", "sequential") > median("ParaLIF-T", "fft"));
    QVERIFY(median("LIF", "sequential") > 10 * median("ParaLIF-T", "fused"));
    QVERIFY(median("ParaLIF-T", "fft") > median("ParaLIF-T", "fused"));
  }
};

QTEST_GUILESS_MAIN(TestTimingSession)
#include "tst_timing_session.moc"
