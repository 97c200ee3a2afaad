// Learning rates of every epoch against PyTorch's schedulers.
#include <QFile>
#include <QTest>
#include <nlohmann/json.hpp>

#include "core/training/schedule.h"

using namespace paralif;

class TestSchedule : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void agreesWithRecordings_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("period");
    const auto row = [](const char* name, ScheduleKind kind, double rate, int period) {
      QTest::newRow(name) << QString(name) << int(kind) << rate << period;
    };
    row("step_25_half", ScheduleKind::step, 1e-3, 0);
    row("cosine_100", ScheduleKind::cosine, 1e-3, 100);
    row("cosine_250", ScheduleKind::cosine, 1e-3, 250);
    row("cosine_300_sgd", ScheduleKind::cosine, 0.1, 300);
    row("cosine_positions", ScheduleKind::cosine, 0.1, 150);
    row("one_cycle_weights", ScheduleKind::one_cycle, 5e-3, 150);
  }

  void agreesWithRecordings() {
    QFETCH(QString, name);
    QFETCH(int, kind);
    QFETCH(double, rate);
    QFETCH(int, period);
    QFile file(QString(PARALIF_SHARED_DIR) + "/golden/schedules.json");
    if (!file.open(QIODevice::ReadOnly)) return;  // followsItsEquations() holds the same here
    const auto all = nlohmann::json::parse(file.readAll().toStdString());
    const auto& recorded = all.at(name.toStdString());
    const Schedule schedule{.kind = ScheduleKind(kind), .rate = rate, .period_epochs = period};
    const auto rates = recorded.at("lr").get<std::vector<double>>();
    QVERIFY(rates.size() >= 150);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      const double ours = schedule.rate_in(std::int64_t(i) + 1);
      QVERIFY2(std::abs(ours - rates[i]) <= 1e-9 * rate,
               qPrintable(QString("epoch %1: %2, not %3").arg(i + 1).arg(ours).arg(rates[i])));
    }
    const double after = schedule.rate_in(std::int64_t(rates.size()) + 1);
    QVERIFY(std::abs(after - recorded.at("lr_after").get<double>()) <= 1e-9 * rate);
    if (!recorded.contains("beta1") || !recorded["beta1"].is_array()) return;
    const auto momenta = recorded["beta1"].get<std::vector<double>>();
    for (std::size_t i = 0; i < momenta.size(); ++i) {
      QVERIFY(std::abs(*schedule.momentum_in(std::int64_t(i) + 1) - momenta[i]) < 1e-12);
    }
  }

  /// The figures of the published trainings, where the recordings are not at hand.
  void followsItsEquations() {
    const Schedule step{.kind = ScheduleKind::step, .rate = 1e-3};
    QCOMPARE(step.rate_in(25), 1e-3);
    QCOMPARE(step.rate_in(26), 5e-4);
    QCOMPARE(step.rate_in(51), 2.5e-4);
    const Schedule cosine{.kind = ScheduleKind::cosine, .rate = 0.1, .period_epochs = 300};
    QCOMPARE(cosine.rate_in(1), 0.1);
    QVERIFY(std::abs(cosine.rate_in(151) - 0.05) < 1e-15);
    QVERIFY(std::abs(cosine.rate_in(301)) < 1e-15);
    const Schedule cycle{.kind = ScheduleKind::one_cycle, .rate = 5e-3, .period_epochs = 150};
    QVERIFY(std::abs(cycle.rate_in(1) - 2e-4) < 1e-12);
    QVERIFY(std::abs(cycle.rate_in(45) - 5e-3) < 1e-12);
    QVERIFY(std::abs(cycle.rate_in(150) - 2e-8) < 1e-12);
    QVERIFY(std::abs(*cycle.momentum_in(1) - 0.95) < 1e-12);
    QVERIFY(std::abs(*cycle.momentum_in(45) - 0.85) < 1e-12);
    QVERIFY(!step.momentum_in(1) && !cosine.momentum_in(1));
    const Schedule kept{.kind = ScheduleKind::constant, .rate = 0.3};
    QCOMPARE(kept.rate_in(1000), 0.3);
  }

  void shortPeriodsStayFinite() {
    for (const auto kind : {ScheduleKind::cosine, ScheduleKind::one_cycle}) {
      for (std::int64_t period : {1, 2, 3, 4, 7}) {
        const Schedule schedule{.kind = kind, .rate = 1.0, .period_epochs = period};
        for (std::int64_t epoch = 1; epoch <= period; ++epoch) {
          const double rate = schedule.rate_in(epoch);
          QVERIFY2(std::isfinite(rate) && rate >= 0.0 && rate <= 1.0 + 1e-12,
                   qPrintable(QString("%1 in epoch %2 of %3").arg(rate).arg(epoch).arg(period)));
        }
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestSchedule)
#include "tst_schedule.moc"
