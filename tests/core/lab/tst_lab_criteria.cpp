// Every criterion on trains that do and do not show its feature, look-alikes included.
#include <QTest>

#include <cmath>

#include "core/lab/criteria.h"

using namespace paralif::lab;

namespace {

constexpr Window step{100.0, 600.0};
constexpr Window pulse{100.0, 105.0};

Times every(double interval, double from = 102.0, double to = 600.0) {
  Times times;
  for (double t = from; t < to; t += interval) times.push_back(t);
  return times;
}

Times joined(Times first, const Times& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Times bursts(int count, double gap, int spikes = 4, double within = 3.0) {
  Times times;
  for (int b = 0; b < count; ++b) {
    for (int i = 0; i < spikes; ++i) times.push_back(104.0 + b * gap + i * within);
  }
  return times;
}

Times adapting() {
  Times times;
  double interval = 5.0;
  for (double t = 103.0; t < 600.0; t += interval, interval = std::min(interval * 1.2, 30.0)) {
    times.push_back(t);
  }
  return times;
}

const Times phasic_burst{102.0, 104.0, 106.5, 110.0};
const Times mixed = joined({103.0, 105.0, 107.5}, every(40.0, 147.5));
const Times one{103.0};

std::vector<double> ringing(double decay, double period) {
  std::vector<double> v;
  for (int t = 0; t < 400; ++t) {
    v.push_back(-65.0 + std::exp(-t * decay) * std::cos(2.0 * M_PI * t / period));
  }
  return v;
}

}  // namespace

class TestLabCriteria : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void splitsBursts() {
    QVERIFY(!bursts_of(every(10.0)).split);
    QVERIFY(!bursts_of({1.0, 2.0, 4.0, 5.0, 7.0}).split);  // one and two steps
    const Bursts found = bursts_of(bursts(4, 100.0));
    QVERIFY(found.split);
    QCOMPARE(found.groups.size(), std::size_t{4});
    QCOMPARE(bursts_of({}).groups.size(), std::size_t{0});
    QCOMPARE(bursts_of(one).groups.size(), std::size_t{1});
  }

  void tonicSpiking() {
    QVERIFY(tonic_spiking(every(20.0), step).shown);
    QVERIFY(tonic_spiking(every(1.0), step).shown);  // saturated, but tonic
    QVERIFY(tonic_spiking(adapting(), step).shown);  // settles to equal intervals
    QVERIFY(!tonic_spiking({}, step).shown);
    QVERIFY(!tonic_spiking(every(20.0, 102.0, 400.0), step).shown);  // stops
    QVERIFY(!tonic_spiking(every(20.0, 50.0), step).shown);          // before the step
    QVERIFY(!tonic_spiking(every(20.0, 102.0, 900.0), step).shown);  // never ends
    QVERIFY(!tonic_spiking(bursts(5, 100.0), step).shown);
  }

  void phasicSpiking() {
    QVERIFY(phasic_spiking(one, step).shown);
    QVERIFY(!phasic_spiking({}, step).shown);
    QVERIFY(!phasic_spiking({400.0}, step).shown);  // late
    QVERIFY(!phasic_spiking({99.0}, step).shown);
    QVERIFY(!phasic_spiking({103.0, 500.0}, step).shown);
    QVERIFY(!phasic_spiking(phasic_burst, step).shown);
  }

  void tonicBursting() {
    QVERIFY(tonic_bursting(bursts(5, 100.0), step).shown);
    QVERIFY(!tonic_bursting(every(10.0), step).shown);
    QVERIFY(!tonic_bursting(every(1.0), step).shown);  // saturated is not bursting
    QVERIFY(!tonic_bursting(bursts(2, 250.0), step).shown);
    QVERIFY(!tonic_bursting(bursts(3, 60.0), step).shown);      // stops early
    QVERIFY(!tonic_bursting(bursts(5, 100.0, 2), step).shown);  // pairs
    QVERIFY(!tonic_bursting(mixed, step).shown);
  }

  void phasicBursting() {
    QVERIFY(phasic_bursting(phasic_burst, step).shown);
    QVERIFY(phasic_bursting({100.0, 101.0, 102.0, 103.0}, step).shown);
    QVERIFY(!phasic_bursting(one, step).shown);  // a single spike at onset is no burst
    QVERIFY(!phasic_bursting({102.0, 104.0}, step).shown);
    QVERIFY(!phasic_bursting(bursts(5, 100.0), step).shown);
    QVERIFY(!phasic_bursting(bursts(2, 60.0), step).shown);
    QVERIFY(!phasic_bursting(every(20.0), step).shown);
  }

  void mixedMode() {
    QVERIFY(mixed_mode(mixed, step).shown);
    QVERIFY(!mixed_mode(every(20.0), step).shown);
    QVERIFY(!mixed_mode(bursts(5, 100.0), step).shown);  // bursts again
    QVERIFY(!mixed_mode(phasic_burst, step).shown);
    QVERIFY(!mixed_mode(joined({103.0, 105.0}, {140.0, 190.0, 310.0, 350.0, 590.0}), step).shown);
  }

  void frequencyAdaptation() {
    QVERIFY(adaptation(adapting(), step, 1.0).shown);
    QVERIFY(!adaptation(every(20.0), step, 1.0).shown);
    QVERIFY(!adaptation({101.0, 103.0, 107.0, 115.0, 131.0}, step, 1.0).shown);  // ends
    QVERIFY(!adaptation(joined(every(30.0, 102.0, 300.0), every(10.0, 300.0)), step, 1.0).shown);
    QVERIFY(!adaptation(bursts(5, 100.0), step, 1.0).shown);
  }

  void excitability() {
    QVERIFY(class_1(0.01, 0.1).shown);
    QVERIFY(!class_1(0.05, 0.1).shown);
    QVERIFY(!class_1(0.0, 0.1).shown);
    QVERIFY(class_2(0.05, 0.1, 400.0).shown);
    QVERIFY(!class_2(0.02, 0.1, 400.0).shown);
    QVERIFY(!class_2(0.0, 0.0, 400.0).shown);
    QVERIFY(!class_2(0.005, 0.01, 400.0).shown);  // two stray spikes are no rate
  }

  void spikeLatency() {
    QVERIFY(latency({125.0}, {115.0}, pulse).shown);
    QVERIFY(!latency({108.0}, {104.0}, pulse).shown);         // soon
    QVERIFY(!latency({125.0, 130.0}, {115.0}, pulse).shown);  // twice
    QVERIFY(!latency({125.0}, {125.0}, pulse).shown);         // as late
    QVERIFY(!latency({125.0}, {}, pulse).shown);
    QVERIFY(!latency({}, {115.0}, pulse).shown);
    QVERIFY(!latency({90.0}, {80.0}, pulse).shown);
  }

  void subthresholdOscillations() {
    QVERIFY(oscillations(ringing(0.01, 30.0), -65.0).shown);
    QVERIFY(!oscillations(ringing(0.5, 1e9), -65.0).shown);   // falls back without swinging
    QVERIFY(!oscillations(ringing(0.5, 30.0), -65.0).shown);  // overshoots at most once
    QVERIFY(!oscillations(std::vector<double>(100, -65.0), -65.0).shown);
    QVERIFY(!oscillations({}, -65.0).shown);
  }

  void resonatorAndIntegrator() {
    const Times none;
    const auto judged = [&](const Times& single, std::vector<int> fires, auto criterion) {
      std::vector<const Times*> pairs;
      for (const int f : fires) pairs.push_back(f != 0 ? &one : &none);
      return criterion(single, pairs).shown;
    };
    QVERIFY(judged(none, {0, 0, 1, 0, 0}, resonator));
    QVERIFY(judged(none, {1, 0, 1, 0, 0}, resonator));
    QVERIFY(!judged(none, {1, 1, 0, 0, 0}, resonator));  // an integrator
    QVERIFY(!judged(none, {0, 0, 0, 0, 0}, resonator));
    QVERIFY(!judged(one, {0, 0, 1, 0, 0}, resonator));
    QVERIFY(judged(none, {1, 1, 0, 0, 0}, integrator));
    QVERIFY(judged(none, {1, 0, 0, 0, 0}, integrator));
    QVERIFY(!judged(one, {1, 1, 0, 0, 0}, integrator));   // one pulse is enough
    QVERIFY(!judged(none, {1, 1, 1, 1, 1}, integrator));  // the distant pair fires too
    QVERIFY(!judged(none, {1, 0, 1, 0, 0}, integrator));  // a resonator
    QVERIFY(!judged(none, {0, 0, 0, 0, 0}, integrator));
  }

  void rebounds() {
    const Times none;
    QVERIFY(rebound_spike({130.0}, none, pulse).shown);
    QVERIFY(!rebound_spike({130.0}, {131.0}, pulse).shown);  // fires anyway
    QVERIFY(!rebound_spike({102.0}, none, pulse).shown);     // during inhibition
    QVERIFY(!rebound_spike({90.0, 130.0}, none, pulse).shown);
    QVERIFY(!rebound_spike({130.0, 133.0, 136.0}, none, pulse).shown);
    QVERIFY(rebound_burst({130.0, 133.0, 136.0}, none, pulse).shown);
    QVERIFY(!rebound_burst({130.0}, none, pulse).shown);
    QVERIFY(!rebound_burst({130.0, 133.0}, none, pulse).shown);
    QVERIFY(!rebound_burst(every(2.0, 130.0, 400.0), none, pulse).shown);  // goes on
    QVERIFY(!rebound_burst({103.0, 130.0, 133.0, 136.0}, none, pulse).shown);
    QVERIFY(!rebound_burst({110.0, 112.0, 114.0, 180.0, 182.0, 184.0}, none, pulse).shown);
  }

  void thresholdVariability() {
    const Times none;
    QVERIFY(threshold_variability(none, none, {112.0}, 110.0).shown);
    QVERIFY(!threshold_variability({112.0}, none, {112.0}, 110.0).shown);
    QVERIFY(!threshold_variability(none, {108.0}, {112.0}, 110.0).shown);
    QVERIFY(!threshold_variability(none, none, none, 110.0).shown);
    QVERIFY(!threshold_variability(none, none, {106.0}, 110.0).shown);
  }

  void bistable() {
    constexpr Window lasting{105.0, 300.0};
    const Times switched = every(20.0, 102.0, 300.0);
    const Times on = every(20.0, 102.0, 800.0);
    const auto shown = [&](const Times& both, const Times& first) {
      return bistability(both, first, lasting, 320.0, 100.0, 800.0).shown;
    };
    QVERIFY(shown(switched, on));
    QVERIFY(!shown(on, on));                         // the second pulse stops nothing
    QVERIFY(!shown(switched, switched));             // it ends by itself
    QVERIFY(!shown(every(20.0, 102.0, 180.0), on));  // fades
    QVERIFY(!shown(every(20.0, 62.0, 300.0), on));   // fires before
    QVERIFY(!shown({}, {}));
  }

  void afterPotential() {
    std::vector<double> lifted;
    std::vector<double> passive;
    std::vector<double> reset;
    for (int t = 0; t < 200; ++t) {
      lifted.push_back(-70.0 + 10.0 * std::exp(-t / 30.0));
      passive.push_back(-70.0 + 4.0 * std::exp(-t / 20.0));
      reset.push_back(-70.0 - 3.0 * std::exp(-t / 20.0));
    }
    const Times none;
    QVERIFY(after_potential(one, none, lifted, passive, -70.0).shown);
    QVERIFY(!after_potential(one, none, passive, passive, -70.0).shown);  // no spike's doing
    QVERIFY(!after_potential(one, none, reset, passive, -70.0).shown);
    QVERIFY(!after_potential(one, one, lifted, passive, -70.0).shown);
    QVERIFY(!after_potential(none, none, lifted, passive, -70.0).shown);
    const std::vector<double> stays(200, -60.0);
    QVERIFY(!after_potential(one, none, stays, passive, -70.0).shown);
  }

  void accommodates() {
    QVERIFY(accommodation({}, one).shown);
    QVERIFY(!accommodation(one, one).shown);
    QVERIFY(!accommodation({}, {}).shown);
    QVERIFY(!accommodation(one, {}).shown);
  }

  void inhibitionInduced() {
    constexpr Window inhibited{100.0, 300.0};
    const Times spikes = every(40.0, 130.0, 300.0);
    const Times in_bursts = {120.0, 123.0, 126.0, 200.0, 203.0, 206.0};
    QVERIFY(inhibition_spiking(spikes, inhibited).shown);
    QVERIFY(!inhibition_spiking({130.0}, inhibited).shown);
    QVERIFY(!inhibition_spiking(every(40.0, 60.0, 300.0), inhibited).shown);   // at background
    QVERIFY(!inhibition_spiking(every(40.0, 130.0, 600.0), inhibited).shown);  // goes on
    QVERIFY(!inhibition_spiking({310.0, 312.0}, inhibited).shown);             // a rebound
    QVERIFY(inhibition_bursting(in_bursts, inhibited).shown);
    QVERIFY(!inhibition_bursting(spikes, inhibited).shown);
    QVERIFY(!inhibition_bursting({120.0, 123.0, 126.0}, inhibited).shown);  // one burst
  }
};

QTEST_GUILESS_MAIN(TestLabCriteria)
#include "tst_lab_criteria.moc"
