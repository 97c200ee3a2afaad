// From the scene to curves.
#include "app/studio/lab_analysis.h"

#include <algorithm>
#include <cmath>

#include "app/studio/lab_controller.h"
#include "core/lab/analysis.h"
#include "widgets/lab/curve_plot.h"
#include "widgets/lab/trials_plot.h"

namespace paralif {
namespace {

constexpr int quietMs = 60;      // after the last change
constexpr int rateHeights = 41;  // of an f-I curve
constexpr int formulaHeights = 161;
constexpr double rateSeconds = 0.5;
constexpr double rateSteps = 20000.0;  // at most, for short time steps
constexpr int trialCount = 40;
constexpr std::int64_t trialSteps = 400000;  // of all trials together

QString nameOf(std::size_t index, const lab::LabNeuron& neuron) {
  return QString("%1 %2").arg(index + 1).arg(QString::fromStdString(lab::name_of(neuron)));
}

QVector<double> list(const std::vector<double>& values) {
  return QVector<double>(values.begin(), values.end());
}

}  // namespace

LabAnalysis::LabAnalysis(LabController& controller, QWidget* parent)
    : QTabWidget(parent),
      controller_(controller),
      rates_(new CurvePlot(tr("f-I curve"), tr("Constant stimulus (a.u.)"), tr("Rate (Hz)"))),
      responses_(new CurvePlot(tr("Impulse response"), tr("Time (ms)"), tr("Membrane (a.u.)"))),
      intervals_(new CurvePlot(tr("Intervals"), tr("Inter-spike interval (ms)"), tr("Count"))),
      trials_(new TrialsPlot) {
  setDocumentMode(true);
  addTab(rates_, tr("f-I"));
  addTab(responses_, tr("Impulse"));
  addTab(intervals_, tr("Intervals"));
  addTab(trials_, tr("Trials"));
  responses_->setOtherLabel(tr("v − rest (mV)"));
  setTabToolTip(0, tr("Rate against a constant stimulus; dashed: by LIF's formula, without "
                      "rounding to whole time steps"));
  setTabToolTip(1, tr("Membrane after one step of input of height 1, without spikes"));
  setTabToolTip(2, tr("Histogram and variation of the intervals between spikes"));
  setTabToolTip(3, tr("Many runs of the chosen neuron with other random draws"));
  timer_.setSingleShot(true);
  timer_.setInterval(quietMs);
  connect(&timer_, &QTimer::timeout, this, &LabAnalysis::update);
  connect(&controller_, &LabController::changed, this, [this] { timer_.start(); });
  connect(this, &QTabWidget::currentChanged, this, &LabAnalysis::update);
  for (PlotView* plot : {static_cast<PlotView*>(rates_), static_cast<PlotView*>(responses_),
                         static_cast<PlotView*>(intervals_), static_cast<PlotView*>(trials_)}) {
    connect(plot, &PlotView::exportFailed, this, &LabAnalysis::exportFailed);
  }
  update();
}

void LabAnalysis::setChosen(std::size_t neuron) {
  chosen_ = neuron;
  timer_.start();
}

void LabAnalysis::update() {
  switch (currentIndex()) {
    case 0:
      return showRates();
    case 1:
      return showResponses();
    case 2:
      return showIntervals();
    default:
      return showTrials();
  }
}

void LabAnalysis::showRates() {
  const lab::LabScene& scene = controller_.scene();
  double highest = 0.0;
  for (const double v : lab::values_of(scene.stimulus)) highest = std::max(highest, std::abs(v));
  highest = highest > 0.0 ? 2.0 * highest : 2.0;
  const double length = std::min(rateSeconds, rateSteps * scene.stimulus.time_step_s);
  QStringList note;
  bool anyFormula = false;
  std::vector<ShownCurve> curves;
  for (std::size_t i = 0; i < scene.neurons.size(); ++i) {
    const lab::Curve curve = lab::rate_curve(scene.neurons[i], 0.0, highest, rateHeights, length,
                                             scene.stimulus.time_step_s);
    curves.push_back({nameOf(i, scene.neurons[i]), list(curve.x), list(curve.y), 0.0, i});
    const bool silent = std::ranges::all_of(curve.y, [](double rate) { return rate == 0.0; });
    if (silent) note << tr("%1: silent").arg(i + 1);
    const lab::Curve formula = lab::formula_rate_curve(scene.neurons[i], 0.0, highest,
                                                       formulaHeights, scene.stimulus.time_step_s);
    if (formula.x.empty()) continue;
    curves.push_back({tr("%1 by formula").arg(nameOf(i, scene.neurons[i])), list(formula.x),
                      list(formula.y), 0.0, i, true});
    anyFormula = true;
  }
  if (anyFormula) note.prepend(tr("dashed: by formula"));
  rates_->setCurves(std::move(curves));
  rates_->setNote(note.join('\n'));
}

void LabAnalysis::showResponses() {
  const lab::LabScene& scene = controller_.scene();
  double longest = 0.02;
  for (const lab::LabNeuron& n : scene.neurons) {
    const bool living = n.model == lab::LabModel::izhikevich;
    longest = std::max(longest, living ? 0.2 : 5.0 * (n.tau_mem_s + n.tau_syn_s));
  }
  longest = std::min(longest, 1000.0 * scene.stimulus.time_step_s);
  std::vector<ShownCurve> curves;
  for (std::size_t i = 0; i < scene.neurons.size(); ++i) {
    const lab::Curve curve =
        lab::impulse_response(scene.neurons[i], longest, scene.stimulus.time_step_s);
    const bool living = scene.neurons[i].model == lab::LabModel::izhikevich;
    curves.push_back(
        {nameOf(i, scene.neurons[i]), list(curve.x), list(curve.y), 0.0, i, false, living});
  }
  responses_->setCurves(std::move(curves));
}

void LabAnalysis::showIntervals() {
  std::vector<ShownCurve> curves;
  QStringList note;
  for (std::size_t i = 0; i < controller_.shown().size(); ++i) {
    const ShownNeuron& shown = controller_.shown()[i];
    const auto statistics = lab::interval_statistics(shown.trace->spikes, shown.trace->time_step_s);
    ShownCurve curve;
    curve.name = nameOf(i, shown.neuron);
    curve.colour = i;
    for (std::size_t bin = 0; bin < statistics.counts.size(); ++bin) {
      curve.x.append(0.5 * (statistics.edges_ms[bin] + statistics.edges_ms[bin + 1]));
      curve.y.append(statistics.counts[bin]);
    }
    curve.barWidth =
        statistics.counts.empty() ? 1.0 : 0.9 * (statistics.edges_ms[1] - statistics.edges_ms[0]);
    curves.push_back(curve);
    note << (statistics.intervals < 2 ? tr("%1: too few spikes").arg(i + 1)
                                      : tr("%1: mean %2 ms, CV %3")
                                            .arg(i + 1)
                                            .arg(statistics.mean_ms, 0, 'g', 4)
                                            .arg(statistics.variation, 0, 'f', 3));
  }
  intervals_->setCurves(std::move(curves));
  intervals_->setNote(note.join('\n'));
}

void LabAnalysis::showTrials() {
  const lab::LabScene& scene = controller_.scene();
  if (scene.neurons.empty()) return;
  const std::size_t index = std::min(chosen_, scene.neurons.size() - 1);
  const std::int64_t steps = scene.stimulus.steps();
  const int count = static_cast<int>(std::clamp<std::int64_t>(trialSteps / steps, 1, trialCount));
  const double step = scene.stimulus.time_step_s;
  auto trials = lab::trials_of(scene.neurons[index], lab::values_of(scene.stimulus), step, count);
  const lab::Curve mean =
      lab::mean_rate(trials, steps, std::max<std::int64_t>(1, steps / 50), step);
  trials_->setTrials(std::move(trials), mean, step * 1e3, double(steps) * step * 1e3, index);
}

}  // namespace paralif
