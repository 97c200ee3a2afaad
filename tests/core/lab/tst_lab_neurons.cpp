// Models of the lab: the published spikes, loops written out by hand, and the views of a rule.
#include <QTest>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/lab/advice.h"
#include "core/lab/lab_parameters.h"
#include "core/lab/analysis.h"
#include "core/lab/biological.h"
#include "core/lab/lab_json.h"
#include "core/lab/population.h"
#include "core/lab/published_runs.h"
#include "core/lab/quantity.h"
#include "core/lab/simulate.h"
#include "datasets/error.h"

using namespace paralif;
using namespace paralif::lab;

namespace {

std::vector<double> noise(std::size_t steps, double mean, double deviation) {
  Stimulus stimulus;
  stimulus.duration_s = static_cast<double>(steps) * 1e-3;
  Segment segment;
  segment.shape = SegmentShape::noise;
  segment.end_s = stimulus.duration_s;
  segment.from = mean;
  segment.to = deviation;
  stimulus.segments = {segment};
  return values_of(stimulus);
}

}  // namespace

class TestLabNeurons : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void firesInThePublishedSteps() {
    QCOMPARE(published_runs().size(), std::size_t{13});
    for (const PublishedRun& run : published_runs()) {
      const auto spikes = simulate(run.neuron, run.stimulus).spikes;
      QVERIFY2(spikes == run.spike_steps, name_of(run.neuron).c_str());
    }
  }

  void agreesWithTheGoldenFile() {
    std::ifstream file(std::string(PARALIF_SHARED_DIR) + "/golden/features.json");
    if (!file) return;  // the recorded steps above are the same numbers
    const auto golden = nlohmann::json::parse(file);
    QCOMPARE(golden.size(), published_runs().size());
    for (std::size_t i = 0; i < golden.size(); ++i) {
      const PublishedRun& run = published_runs()[i];
      QCOMPARE(run.stimulus.title, golden[i]["stimulus"].get<std::string>());
      QCOMPARE(run.neuron.gain, golden[i]["gain"].get<double>());
      QCOMPARE(run.neuron.tau_mem_s, golden[i]["tau_mem_s"].get<double>());
      QCOMPARE(run.neuron.threshold, golden[i]["threshold"].get<double>());
      QCOMPARE(name_of(run.neuron), golden[i]["neuron"].get<std::string>());
      QCOMPARE(std::string(1, run.property), golden[i]["property"].get<std::string>());
      QVERIFY(simulate(run.neuron, run.stimulus).spikes ==
              golden[i]["spike_steps"].get<std::vector<std::int32_t>>());
    }
  }

  void lifIsTheWrittenLoop() {
    LabNeuron neuron = *neuron_named("LIF");
    neuron.tau_syn_s = 4e-3;
    neuron.gain = 1.3;
    neuron.background = 0.1;
    neuron.refractory_s = 3e-3;
    neuron.refractory_rule = RefractoryRule::reference;
    const auto input = noise(500, 0.2, 0.4);
    const LabTrace trace = simulate(neuron, input, 1e-3);
    const double alpha = std::exp(-1e-3 / 4e-3);
    const double beta = std::exp(-1e-3 / 10e-3);
    double current = 0.0;
    double v = 0.0;
    double wait = 0.0;
    std::vector<std::int32_t> spikes;
    for (std::size_t t = 0; t < input.size(); ++t) {
      current = alpha * current + 0.1 + 1.3 * input[t];
      wait -= 1.0;
      v = beta * v + (1.0 - beta) * current * (wait > 0.0 ? 0.0 : 1.0);
      QVERIFY(std::abs(trace.membrane[t] - v) < 1e-9);
      QVERIFY(std::abs(trace.current[t] - current) < 1e-9);
      if (v > 1.0) {
        spikes.push_back(static_cast<std::int32_t>(t));
        v = 0.0;
        wait = 3.0;
      }
      QVERIFY(std::abs(trace.after_reset[t] - v) < 1e-9);
    }
    QVERIFY(spikes.size() > 3);
    QVERIFY(trace.spikes == spikes);
  }

  void refractoryTimeHasTwoRules() {
    LabNeuron neuron = *neuron_named("LIF");
    QVERIFY(neuron.refractory_rule == RefractoryRule::exact);
    neuron.tau_mem_s = 0.0;  // fires in every step that is not refractory
    for (const double step_s : {1e-3, 1e-4, 3e-4}) {
      for (const int steps : {0, 1, 2, 3, 5, 7}) {
        neuron.refractory_s = steps * step_s;
        const std::vector<double> input(60, 5.0);
        neuron.refractory_rule = RefractoryRule::exact;
        QCOMPARE(ignored_steps(neuron, step_s), steps);
        QCOMPARE(simulate(neuron, input, step_s).spikes.at(1), steps + 1);
        neuron.refractory_rule = RefractoryRule::reference;
        QCOMPARE(ignored_steps(neuron, step_s), std::max(0, steps - 1));
      }
    }
    neuron.refractory_s = 4e-3;
    QCOMPARE(simulate(neuron, std::vector<double>(60, 5.0), 1e-3).spikes.at(1), 4);
    neuron.refractory_rule = RefractoryRule::exact;
    neuron.refractory_s = 2.2e-3;
    QCOMPARE(ignored_steps(neuron, 1e-3), 3);
    neuron.refractory_s = 1e300;
    QVERIFY(ignored_steps(neuron, 1e-3) > 1000);
  }

  void carriesBothSidesOfTheReset() {
    const LabTrace lif = simulate(*neuron_named("LIF"), std::vector<double>(200, 2.0), 1e-3);
    QVERIFY(lif.spikes.size() > 5);
    std::size_t next = 0;
    for (std::size_t t = 0; t < lif.steps(); ++t) {
      const bool fires = next < lif.spikes.size() && lif.spikes[next] == std::int32_t(t);
      next += fires ? 1 : 0;
      QCOMPARE(lif.membrane[t] > 1.0, fires);
      QCOMPARE(lif.after_reset[t], fires ? 0.0 : lif.membrane[t]);
    }
    const LabTrace living = simulate(*neuron_named("Izhikevich"), std::vector<double>(200, 14.0), 1e-3);
    QVERIFY(!living.spikes.empty());
    const auto spike = static_cast<std::size_t>(living.spikes[0]);
    QCOMPARE(living.membrane[spike], 30.0);
    QVERIFY(living.after_reset[spike] < -50.0);
    const LabTrace parallel = simulate(*neuron_named("ParaLIF-D"), std::vector<double>(50, 2.0), 1e-3);
    QVERIFY(parallel.after_reset.empty());
  }

  void everyQuantityHasItsOwnValues() {
    for (const std::string& name : model_names()) {
      const LabNeuron neuron = *neuron_named(name);
      const LabTrace trace = simulate(neuron, std::vector<double>(30, 2.0), 1e-3);
      const auto shown = shown_quantities(neuron);
      for (const QuantityText& text : quantities()) {
        const bool wanted = std::ranges::find(shown, text.quantity) != shown.end();
        if (wanted) QCOMPARE(values_of(trace, text.quantity).size(), std::size_t{30});
      }
      const bool living = neuron.model == LabModel::izhikevich;
      QCOMPARE(values_of(trace, Quantity::membrane).empty(), living);
      QCOMPARE(values_of(trace, Quantity::membrane_mv).empty(), !living);
      QCOMPARE(values_of(trace, Quantity::current).empty(), living);
      QCOMPARE(values_of(trace, Quantity::recovery).empty(), !living);
    }
    QVERIFY(rule_quantity(*neuron_named("ParaLIF-D")) == Quantity::change);
    QVERIFY(rule_quantity(*neuron_named("ParaLIF-GS")) == Quantity::probability);
    QVERIFY(!rule_quantity(*neuron_named("ParaLIF-T")));
    QVERIFY(!rule_quantity(*neuron_named("LIF")));
  }

  void alifIsTheWrittenLoop() {
    LabNeuron neuron = *neuron_named("ALIF");
    neuron.gain = 3.0;
    find_lab_parameter("tau_adapt")->show(neuron, 50.0);  // ms
    find_lab_parameter("adaptation")->show(neuron, 2.5);
    const std::vector<double> stimulus(400, 1.0);
    const LabTrace trace = simulate(neuron, stimulus, 1e-3);
    const double beta = std::exp(-1e-3 / neuron.tau_mem_s);
    const double rho = std::exp(-1e-3 / 50e-3);
    double v = 0.0;
    double a = 0.0;
    std::vector<std::int32_t> spikes;
    for (int t = 0; t < 400; ++t) {
      const double u = beta * v + (1 - beta) * 3.0;
      const double level = 1.0 + 2.5 * a;
      const bool fires = u > level;
      v = fires ? u - level : u;
      a = rho * a + (fires ? 1 - rho : 0.0);
      if (fires) spikes.push_back(t);
      QVERIFY(std::abs(trace.membrane[static_cast<std::size_t>(t)] - u) < 1e-12);
      QVERIFY(std::abs(trace.after_reset[static_cast<std::size_t>(t)] - v) < 1e-12);
    }
    QCOMPARE(trace.spikes, spikes);
    QVERIFY(spikes.size() > 5);
    // It adapts: the last interval is longer than the first.
    QVERIFY(spikes.back() - spikes[spikes.size() - 2] > spikes[1] - spikes[0]);
    QCOMPARE(neuron_from(json_of(neuron)), neuron);
    neuron.own["tau_adapt"] = -1.0;
    QVERIFY_THROWS_EXCEPTION(Error, validate(neuron));
  }

  void plifFiresAtTheThreshold() {
    LabNeuron neuron = *neuron_named("PLIF");
    neuron.tau_mem_s = 2e-3;  // two steps
    neuron.threshold = 1.0;
    // v = 1 exactly after one step of input 2: SpikingJelly fires, H(v - 1) would not.
    const LabTrace trace = simulate(neuron, {2.0, 0.0, 1.9, 0.0}, 1e-3);
    QVERIFY(trace.spikes == std::vector<std::int32_t>{0});
    QCOMPARE(trace.membrane[2], 0.95);
    QCOMPARE(trace.membrane[3], 0.475);
  }

  void deltaModesStartAtRest() {
    for (const char* name : {"ParaLIF-SD", "ParaLIF-TD", "ParaLIF-TRD", "ParaLIF-D"}) {
      const LabTrace trace = simulate(*neuron_named(name), std::vector<double>(50, 0.0), 1e-3);
      QVERIFY2(trace.spikes.empty(), name);
      QCOMPARE(trace.change.size(), std::size_t{50});
    }
  }

  void firesWithTheShownProbability() {
    for (const char* name : {"ParaLIF-GS", "ParaLIF-SB", "ParaLIF-TRB"}) {
      LabNeuron neuron = *neuron_named(name);
      const std::vector<double> input(200, 0.3);
      const LabTrace trace = simulate(neuron, input, 1e-3);
      const int trials = 400;
      double expected = 0.0;
      double deviation = 0.0;
      for (const double p : trace.probability) {
        expected += trials * p;
        deviation += trials * p * (1.0 - p);
      }
      double counted = 0.0;
      for (const auto& trial : trials_of(neuron, input, 1e-3, trials)) {
        counted += static_cast<double>(trial.size());
      }
      QVERIFY2(std::abs(counted - expected) < 4.0 * std::sqrt(deviation), name);
    }
  }

  void batchAgreesWithSingleNeurons() {
    for (const std::string& name : model_names()) {
      const LabNeuron model = *neuron_named(name);
      if (model.model == LabModel::izhikevich || model.stochastic()) continue;
      std::vector<LabNeuron> neurons;
      for (int i = 0; i < 300; ++i) {
        LabNeuron neuron = model;
        neuron.tau_mem_s = (2.0 + 0.1 * i) * 1e-3;
        neuron.tau_syn_s = i % 3 == 0 ? 0.0 : 3e-3;
        neuron.gain = 0.5 + 0.03 * i;
        neurons.push_back(neuron);
      }
      Population population(neurons);
      Stimulus step = stimulus_presets()[0];
      std::vector<Response> responses;
      population.run(step, {}, false, responses);
      int same = 0;
      for (std::size_t i = 0; i < neurons.size(); ++i) {
        const auto spikes = simulate(neurons[i], step).spikes;
        bool equal = spikes.size() == responses[i].times_ms.size();
        for (std::size_t k = 0; equal && k < spikes.size(); ++k) {
          equal = responses[i].times_ms[k] == static_cast<double>(spikes[k]);
        }
        same += equal ? 1 : 0;
      }
      QVERIFY2(same >= 297, qPrintable(QString("%1: %2 of 300").arg(name.c_str()).arg(same)));
    }
  }

  void biologicalPanelsFireAsPublished() {
    for (const FeatureText& text : feature_texts()) {
      const BiologicalPanel& panel = biological_panel(text.feature);
      const LabTrace trace = simulate(panel.neuron, panel.stimulus);
      QCOMPARE(static_cast<int>(trace.spikes.size()), panel.published_spikes);
      const double first = trace.spikes.front() * trace.time_step_s * 1e3;
      QVERIFY2(std::abs(first - panel.published_first_ms) < 0.06, text.name.english().data());
    }
  }

  void curvesTellTheNeuron() {
    LabNeuron neuron = *neuron_named("LIF");
    const Curve rates = rate_curve(neuron, 0.0, 4.0, 21, 0.5, 1e-3);
    QCOMPARE(rates.y.front(), 0.0);
    QVERIFY(rates.y.back() > 100.0);
    QVERIFY(std::ranges::is_sorted(rates.y));
    neuron.tau_syn_s = 5e-3;
    const Curve response = impulse_response(neuron, 0.2, 1e-3);
    double sum = 0.0;
    for (const double y : response.y) sum += y;
    QVERIFY(std::abs(sum - 1.0 / (1.0 - std::exp(-0.2))) < 1e-3);
    const IntervalStatistics statistics = interval_statistics({3, 10, 17, 24, 41}, 1e-3);
    QCOMPARE(statistics.intervals, std::size_t{4});
    QVERIFY(std::abs(statistics.mean_ms - 9.5) < 1e-12);
    QVERIFY(std::abs(statistics.variation - std::sqrt(18.75) / 9.5) < 1e-12);
    int counted = 0;
    for (const int count : statistics.counts) counted += count;
    QCOMPARE(counted, 4);
  }

  void formulaIsTheLimitOfFineSteps() {
    LabNeuron neuron = *neuron_named("LIF");
    for (const double tau_syn_s : {0.0, 5e-3}) {
      for (const double refractory_s : {0.0, 4e-3}) {
        neuron.tau_syn_s = tau_syn_s;
        neuron.refractory_s = refractory_s;
        const double fine = 2e-5;
        // The current of one step stands for tau_syn / time_step of them.
        neuron.gain = 1.0 - synaptic_decay(neuron, fine);
        const Curve counted = rate_curve(neuron, 0.0, 4.0, 9, 1.0, fine);
        const Curve formula = formula_rate_curve(neuron, 0.0, 4.0, 9, fine);
        for (std::size_t i = 0; i < 9; ++i) {
          QVERIFY2(std::abs(counted.y[i] - formula.y[i]) <= 0.01 * counted.y[i] + 1e-9,
                   qPrintable(QString("%1 %2").arg(counted.y[i]).arg(formula.y[i])));
        }
      }
    }
    // The published number by hand: 1 / (10 ms ln 2) = 144.27 Hz.
    LabNeuron usual = *neuron_named("LIF");
    QVERIFY(std::abs(formula_rate_curve(usual, 2.0, 2.0, 1, 1e-3).y[0] - 144.2695) < 1e-3);
    usual.refractory_s = 2e-3;
    QVERIFY(std::abs(formula_rate_curve(usual, 2.0, 2.0, 1, 1e-3).y[0] - 111.9636) < 1e-3);
    usual.refractory_rule = RefractoryRule::reference;  // ignores one step
    QVERIFY(std::abs(formula_rate_curve(usual, 2.0, 2.0, 1, 1e-3).y[0] - 126.0800) < 1e-3);
    QVERIFY(formula_rate_curve(*neuron_named("ParaLIF-D"), 0.0, 2.0, 5, 1e-3).x.empty());
    QVERIFY(formula_rate_curve(*neuron_named("Izhikevich"), 0.0, 2.0, 5, 1e-3).x.empty());
  }

  void warnsOfWhatTheTimeStepDecides() {
    LabNeuron lif = *neuron_named("LIF");
    QVERIFY(advice_on(lif, 1e-3).empty());
    lif.tau_syn_s = 2e-3;
    const auto coarse = advice_on(lif, 1e-3);
    QCOMPARE(coarse.size(), std::size_t{1});
    QVERIFY(coarse[0].warning);
    QVERIFY(coarse[0].text.find("τ_syn = 2 ms") != std::string::npos);
    QVERIFY(coarse[0].text.find("0.4 ms or less") != std::string::npos);
    QVERIFY(advice_on(lif, 4e-4).empty());
    lif.tau_syn_s = 0.0;
    lif.refractory_s = 3e-3;
    QVERIFY(advice_on(lif, 1e-3).empty());
    lif.refractory_rule = RefractoryRule::reference;
    QVERIFY(advice_on(lif, 1e-3).at(0).text.find("ignored for 2 ms, not 3 ms") !=
            std::string::npos);

    // The trap: a threshold on the change of one step cannot be reached in short steps.
    LabNeuron delta = *neuron_named("ParaLIF-D");
    delta.gain = 2.0;
    QVERIFY(!advice_on(delta, 1e-3).at(0).warning);
    const LabTrace fine = simulate(delta, std::vector<double>(1000, 1.0), 1e-4);
    QVERIFY(fine.spikes.empty());
    const auto trap = advice_on(delta, fine);
    QCOMPARE(trap.size(), std::size_t{2});
    QVERIFY(trap[0].warning);
    QVERIFY(trap[0].text.find("one step of 0.1 ms") != std::string::npos);
    QVERIFY(trap[1].text.starts_with("Silent: the change of u in one step reaches 0.0199"));

    LabNeuron fast = *neuron_named("LIF");
    fast.gain = 12.0;
    const auto bar = advice_on(fast, simulate(fast, std::vector<double>(200, 1.0), 1e-3));
    QCOMPARE(bar.size(), std::size_t{1});
    QVERIFY(bar[0].text.find("Fires every") != std::string::npos);
  }

  void refusesImpossibleNeurons() {
    LabNeuron neuron = *neuron_named("LIF");
    neuron.tau_mem_s = -1.0;
    QVERIFY_EXCEPTION_THROWN(simulate(neuron, {1.0}, 1e-3), Error);
    neuron.tau_mem_s = 1e-3;
    neuron.gain = 1e300;
    QVERIFY_EXCEPTION_THROWN(simulate(neuron, {1.0}, 1e-3), Error);
    neuron.gain = 1.0;
    neuron.threshold = NAN;
    QVERIFY_EXCEPTION_THROWN(simulate(neuron, {1.0}, 1e-3), Error);
    QVERIFY(!neuron_named("ParaLIF-X"));
    QVERIFY(!neuron_named("LIF "));
  }

  void wildBiologicalParametersStayFinite() {
    LabNeuron neuron = *neuron_named("Izhikevich");
    neuron.biological.a = 100.0;
    neuron.biological.d = -1e5;
    neuron.background = 1e8;
    const LabTrace trace = simulate(neuron, std::vector<double>(200, 1.0), 1e-3);
    for (const double v : trace.membrane) QVERIFY(std::isfinite(v));
  }
};

QTEST_GUILESS_MAIN(TestLabNeurons)
#include "tst_lab_neurons.moc"
