// The judges on whole models: Izhikevich's shows all twenty, the published claims hold or are
// explained, and neurons of the wrong kind are not mistaken.
#include <QTest>

#include "core/lab/biological.h"
#include "core/lab/expressible.h"
#include "core/lab/judge.h"

using namespace paralif;
using namespace paralif::lab;

namespace {

LabNeuron made(const char* name, double gain, double tau_mem_ms, double threshold,
               double tau_syn_ms = 0.0, double background = 0.0) {
  LabNeuron neuron = *neuron_named(name);
  neuron.gain = gain;
  neuron.tau_mem_s = tau_mem_ms * 1e-3;
  neuron.tau_syn_s = tau_syn_ms * 1e-3;
  neuron.threshold = threshold;
  neuron.background = background;
  return neuron;
}

}  // namespace

class TestLabJudges : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void izhikevichShowsAllTwenty() {
    for (const FeatureText& text : feature_texts()) {
      const BiologicalPanel& panel = biological_panel(text.feature);
      const Verdict verdict = judge_neuron(text.feature, panel.settings, panel.neuron);
      QVERIFY2(verdict.finding.shown,
               qPrintable(QString("%1: %2").arg(text.letter).arg(verdict.finding.reason)));
    }
  }

  void izhikevichIsNotMistaken() {
    // Neurons of one panel under the protocol of another feature.
    const std::pair<Feature, Feature> wrong[]{
        {Feature::tonic_spiking, Feature::tonic_bursting},
        {Feature::tonic_spiking, Feature::phasic_spiking},
        {Feature::tonic_bursting, Feature::tonic_spiking},
        {Feature::class_1, Feature::class_2},
        {Feature::class_2, Feature::class_1},
        {Feature::resonator, Feature::integrator},
        {Feature::integrator, Feature::resonator},
        {Feature::tonic_spiking, Feature::rebound_spike},
        {Feature::rebound_spike, Feature::rebound_burst},
        {Feature::rebound_burst, Feature::rebound_spike},
        {Feature::tonic_spiking, Feature::bistability},
        {Feature::tonic_spiking, Feature::oscillations},
        {Feature::tonic_spiking, Feature::after_potential},
        {Feature::inhibition_spiking, Feature::inhibition_bursting}};
    for (const auto& [from, feature] : wrong) {
      const BiologicalPanel& panel = biological_panel(feature);
      LabNeuron neuron = biological_panel(from).neuron;
      const bool background = feature == Feature::inhibition_bursting;
      if (!background) neuron.background = panel.neuron.background;
      ProtocolSettings settings = panel.settings;
      const bool excitability = feature == Feature::class_1 || feature == Feature::class_2;
      if (excitability) settings.amplitude = biological_panel(from).settings.amplitude;
      const Verdict verdict = judge_neuron(feature, settings, neuron);
      QVERIFY2(
          !verdict.finding.shown,
          qPrintable(
              QString("%1 taken for %2").arg(text_of(from).letter).arg(text_of(feature).letter)));
    }
  }

  void confirmsThePublishedClaims() {
    const auto shows = [](Feature feature, const LabNeuron& neuron, ProtocolSettings settings) {
      return judge_neuron(feature, settings, neuron).finding.shown;
    };
    const auto usual = [](Feature feature) { return usual_settings(feature); };
    QVERIFY(
        shows(Feature::tonic_spiking, made("LIF", 2.0, 10.7, 1.0), usual(Feature::tonic_spiking)));
    QVERIFY(shows(Feature::tonic_spiking, made("ParaLIF-T", 2.0, 10.7, 1.0),
                  usual(Feature::tonic_spiking)));
    QVERIFY(shows(Feature::phasic_spiking, made("ParaLIF-D", 2.0, 18.7, 0.1),
                  usual(Feature::phasic_spiking)));
    QVERIFY(shows(Feature::phasic_bursting, made("ParaLIF-D", 1.5, 7.4, 0.1),
                  usual(Feature::phasic_bursting)));
    QVERIFY(shows(Feature::class_1, made("LIF", 5.5, 11.5, 1.0), usual(Feature::class_1)));
    QVERIFY(shows(Feature::class_2, made("ParaLIF-T", 5.5, 1.1, 0.9), usual(Feature::class_2)));
    ProtocolSettings pairs = usual(Feature::integrator);
    pairs.gap_ms = 20.0;
    for (const char* name : {"LIF", "ParaLIF-T"}) {
      QVERIFY(shows(Feature::integrator, made(name, 3.9, 9.0, 1.0), pairs));
    }
    ProtocolSettings pulse = usual(Feature::rebound_spike);
    pulse.width_ms = 2.0;
    QVERIFY(shows(Feature::rebound_spike, made("ParaLIF-D", 1.0, 1.0, 0.3), pulse));
    QVERIFY(shows(Feature::rebound_burst, made("ParaLIF-D", 22.3, 1.0, 0.3), pulse));
    QVERIFY(shows(Feature::threshold_variability, made("ParaLIF-D", 9.0, 9.9, 0.9),
                  usual(Feature::threshold_variability)));
    ProtocolSettings ramps = usual(Feature::accommodation);
    ramps.gap_ms = 45.0;
    QVERIFY(shows(Feature::accommodation, made("ParaLIF-D", 2.2, 5.0, 0.1), ramps));
  }

  void explainsTheClaimThatFails() {
    const LabNeuron delta = made("ParaLIF-D", 8.5, 2.5, 0.1);
    QVERIFY(claimed(delta, Feature::class_2));
    QVERIFY(!judge_neuron(Feature::class_2, usual_settings(Feature::class_2), delta).finding.shown);
    QVERIFY(impossible(delta, Feature::class_2).has_value());
    QVERIFY(claim_note(delta, Feature::class_2).has_value());
    // Every other claim is possible by the equations.
    for (const char* name : {"LIF", "ParaLIF-T", "ParaLIF-D"}) {
      for (const FeatureText& text : feature_texts()) {
        const LabNeuron neuron = *neuron_named(name);
        if (!claimed(neuron, text.feature)) continue;
        QVERIFY(!impossible(neuron, text.feature) || claim_note(neuron, text.feature));
      }
    }
  }

  void knowsWhatEquationsRuleOut() {
    for (const std::string& name : model_names()) {
      const LabNeuron neuron = *neuron_named(name);
      const bool living = neuron.model == LabModel::izhikevich;
      for (const Feature feature : {Feature::oscillations, Feature::after_potential,
                                    Feature::bistability, Feature::inhibition_spiking}) {
        QCOMPARE(impossible(neuron, feature).has_value(), !living);
      }
    }
    QVERIFY(!impossible(*neuron_named("LIF"), Feature::latency));
    QVERIFY(impossible(*neuron_named("PLIF"), Feature::latency));
    QVERIFY(!impossible(*neuron_named("ParaLIF-D"), Feature::rebound_spike));
    QVERIFY(impossible(*neuron_named("ParaLIF-T"), Feature::rebound_spike));
  }

  void synapticCurrentDelaysTheSpike() {
    ProtocolSettings settings = usual_settings(Feature::latency);
    settings.width_ms = 2.0;
    bool found = false;
    for (double gain = 1.0; gain < 8.0 && !found; gain *= 1.02) {
      found = judge_neuron(Feature::latency, settings, made("LIF", gain, 20.0, 1.0, 10.0))
                  .finding.shown;
      QVERIFY(
          !judge_neuron(Feature::latency, settings, made("LIF", gain, 20.0, 1.0)).finding.shown);
    }
    QVERIFY(found);
  }

  void chanceIsNotAFeature() {
    const LabNeuron noisy = made("ParaLIF-SB", 1.0, 5.0, 1.0, 0.0, -5.0);
    for (const Feature feature : {Feature::phasic_spiking, Feature::rebound_spike}) {
      const Verdict verdict = judge_neuron(feature, usual_settings(feature), noisy);
      QCOMPARE(verdict.trials, stochastic_trials);
      QVERIFY(!verdict.finding.shown);
    }
  }
};

QTEST_GUILESS_MAIN(TestLabJudges)
#include "tst_lab_judges.moc"
