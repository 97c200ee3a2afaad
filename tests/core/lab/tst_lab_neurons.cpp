// Models of the lab: the published spikes, loops written out by hand, and the views of a rule.
#include <QTest>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/lab/analysis.h"
#include "core/lab/biological.h"
#include "core/lab/population.h"
#include "core/lab/published_runs.h"
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
    }
    QVERIFY(spikes.size() > 3);
    QVERIFY(trace.spikes == spikes);
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
      QVERIFY2(std::abs(first - panel.published_first_ms) < 0.06, text.name.data());
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
