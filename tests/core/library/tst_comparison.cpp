// Runs beside one another: what differs, groups over seeds, the permutation test.
#include <QTest>

#include <cmath>

#include "core/experiments/fields.h"
#include "core/library/comparison.h"
#include "core/values/mean_deviation.h"
#include "core/values/parameter_text.h"

using namespace paralif;

class TestComparison : public QObject {
  Q_OBJECT

 private:
  static RunEntry entryOf(const Experiment& experiment) {
    RunEntry run;
    run.title = experiment.title;
    run.network = experiment.neuron.name;
    for (const Field& field : experiment_fields()) {
      const bool shown = field.type != ParameterType::layers && field.applies(experiment);
      run.settings.push_back(shown ? parameter_text(field, experiment) : std::string());
    }
    return run;
  }
  static std::vector<RunEntry> grid() {
    std::vector<RunEntry> runs;
    for (const char* neuron : {"LIF", "ParaLIF-T"}) {
      for (const std::int64_t hidden : {32, 64}) {
        for (const std::int64_t seed : {1, 2, 3}) {
          Experiment experiment;
          experiment.neuron.name = neuron;
          experiment.network.hidden = {hidden};
          experiment.seed = seed;
          experiment.title = QString("Run %1").arg(runs.size()).toStdString();
          runs.push_back(entryOf(experiment));
        }
      }
    }
    return runs;
  }
  static QStringList keys(const std::vector<Difference>& found) {
    QStringList all;
    for (const Difference& one : found) all << QString::fromStdString(one.column->key);
    return all;
  }

 private Q_SLOTS:
  void onlyWhatDiffersIsListed() {
    const auto runs = grid();
    // LIF has a refractory time, which ParaLIF has not.
    QCOMPARE(keys(differences(runs)),
             (QStringList{"network.hidden", "neuron.name", "neuron.refractory", "seed"}));
    QCOMPARE(differences(runs)[0].values[3], std::string("64"));
    QVERIFY(differences(std::span(runs).first(1)).empty());
    QCOMPARE(keys(differences(std::span(runs).first(3))), QStringList{"seed"});
  }

  void groupsDifferInMoreThanTheSeed() {
    const auto runs = grid();
    const auto groups = groups_of(runs);
    QCOMPARE(groups.size(), std::size_t{4});
    QCOMPARE(groups[0].runs, (std::vector<std::size_t>{0, 1, 2}));
    QCOMPARE(groups[0].name, std::string("32, LIF"));
    QCOMPARE(groups[3].name, std::string("64, ParaLIF-T"));
    QCOMPARE(groups_of(std::span(runs).first(3)).size(), std::size_t{1});
    QVERIFY(groups_of({}).empty());
  }

  void meansAndDeviations() {
    const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
    QCOMPARE(mean_deviation(values).mean, 5.0);
    QVERIFY(qFuzzyCompare(mean_deviation(values).deviation, std::sqrt(32.0 / 7.0)));
    QCOMPARE(mean_deviation(std::vector<double>{3}).deviation, 0.0);
    QCOMPARE(mean_deviation(std::vector<double>{}).count, std::size_t{0});
  }

  void thePermutationTestIsExactForFewRuns() {
    // All 20 ways to part six values in three and three; only the observed one and its mirror
    // differ as much.
    const std::vector<double> low{1, 2, 3};
    const std::vector<double> high{10, 11, 12};
    PermutationTest test = permutation_test(low, high);
    QVERIFY(test.exact);
    QCOMPARE(test.p, 2.0 / 20.0);
    QCOMPARE(permutation_test(high, low).p, 0.1);
    // By hand: sums of two of {0, 1, 3, 7} are 1, 3, 7, 4, 8, 10; expected 5.5; |10 - 5.5| is
    // reached by 10 and 1.
    QCOMPARE(permutation_test(std::vector<double>{3, 7}, std::vector<double>{0, 1}).p, 2.0 / 6.0);
    // Equal values: every way is as extreme.
    QCOMPARE(permutation_test(std::vector<double>{1, 1}, std::vector<double>{1, 1}).p, 1.0);
    QCOMPARE(permutation_test(std::vector<double>{}, low).p, 1.0);
    // Different sizes: one against three.
    QCOMPARE(permutation_test(std::vector<double>{9}, low).p, 1.0 / 4.0);
  }

  void manyRunsAreDrawn() {
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < 20; ++i) {
      a.push_back(i);
      b.push_back(i + 0.5);
    }
    const PermutationTest near = permutation_test(a, b);
    QVERIFY(!near.exact && near.drawn > 0);
    QVERIFY(near.p > 0.5 && near.p < 1.0);
    for (double& value : b) value += 100;
    const PermutationTest far = permutation_test(a, b);
    QCOMPARE(far.p, 1.0 / static_cast<double>(far.drawn));
    QCOMPARE(permutation_test(a, b).p, far.p);  // the draws are of a fixed seed
  }
};

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
