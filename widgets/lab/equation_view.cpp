// Equations as rich text whose terms are links.
#include "widgets/lab/equation_view.h"

#include <QCursor>
#include <QEvent>
#include <QRegularExpression>
#include <QToolTip>

#include <cmath>

#include "core/lab/quantity.h"
#include "widgets/theme/theme.h"

namespace paralif {
namespace {

/// A term: a link that looks like text. "{alpha|α}" in the templates below.
QString linked(QString html, const QColor& colour) {
  static const QRegularExpression term("\\{(\\w+)\\|([^}]*)\\}");
  return html.replace(term,
                      QString("<a href=\"\\1\" style=\"color:%1; text-decoration:none\">\\2</a>")
                          .arg(colour.name()));
}

QString squashText(Squash squash) {
  switch (squash) {
    case Squash::identity:
      return "{V|V}[t]";
    case Squash::sigmoid:
      return "{squash|σ}({V|V}[t])";
    case Squash::tanh:
      return "{squash|tanh}({V|V}[t])";
    case Squash::relu_tanh:
      return "{squash|relu(tanh}({V|V}[t]))";
  }
  return {};
}

QString ruleText(SpikeFunction spike_function) {
  switch (spike_function) {
    case SpikeFunction::threshold:
      return "{s|s}[t] = {H|H}({u|u}[t] − {theta|θ})";
    case SpikeFunction::delta:
      return "{s|s}[t] = {H|H}({change|u[t] − u[t−1]} − {theta|θ})";
    case SpikeFunction::bernoulli:
      return "{s|s}[t] = 1 {chance|with probability} {u|u}[t]";
    case SpikeFunction::gumbel:
      return "{s|s}[t] = 1 {chance|with probability} {squash|σ}(2{u|u}[t])";
    case SpikeFunction::none:
      break;
  }
  return {};
}

QString equations(const lab::LabNeuron& neuron) {
  const QString current = "{I|I}[t] = {alpha|α} {I|I}[t−1] + {b0|b₀} + {g|g} {x|x}[t]";
  const QString membrane = "{V|V}[t] = {beta|β} {V|V}[t−1] + {one_minus_beta|(1−β)} {I|I}[t]";
  switch (neuron.model) {
    case lab::LabModel::lif:
      return current +
             "<br>{V|V}[t] = {beta|β} {V|V}[t−1] + {one_minus_beta|(1−β)} {I|I}[t] {gate|r}[t]"
             "<br>{gate|r}[t] = 0 for {tref|t_ref} after a spike, else 1"
             "<br>{s|s}[t] = {H|H}({V|V}[t] − {theta|θ})<br>{reset|V[t] ← 0 where s[t] = 1}";
    case lab::LabModel::plif:
      return "{V|V}[t] = {V|V}[t−1] + ({b0|b₀} + {g|g} {x|x}[t] − {V|V}[t−1]) / {tau|τ}"
             "<br>{s|s}[t] = 1 where {V|V}[t] ≥ {theta|θ}<br>{reset|V[t] ← 0 where s[t] = 1}";
    case lab::LabModel::paralif: {
      const SpikeRule rule = lab::rule_of(neuron);
      QString text = current + "<br>" + membrane;
      text += "<br>{u|u}[t] = " + squashText(rule.squash);
      return text + "<br>" + ruleText(rule.spike_function);
    }
    case lab::LabModel::izhikevich:
      return QString(
                 "v' = 0.04 v² + {k1|k₁} v + {k0|k₀} − {recovery|u} + {b0|b₀} + {g|g} {x|x}"
                 "<br>u' = {a|a} (%1)<br>v &gt; 30 mV: v ← {c|c}, u ← u + {d|d}")
          .arg(neuron.biological.anchored ? "{b|b} (v + 65)" : "{b|b} v − u");
    case lab::LabModel::stepped: {
      const std::string_view lines = lab::step_equations(neuron);
      return QString("x is {b0|b₀} + {g|g} times the {x|stimulus}<br>") +
             QString::fromUtf8(lines.data(), static_cast<qsizetype>(lines.size()))
                 .toHtmlEscaped()
                 .replace('\n', "<br>");
    }
  }
  return {};
}

}  // namespace

EquationView::EquationView(QWidget* parent) : QLabel(parent) {
  setObjectName("equation");
  setAccessibleName(tr("Equations of the neuron"));
  setTextFormat(Qt::RichText);
  setWordWrap(true);
  setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
  setContentsMargins(0, 6, 0, 0);
  connect(this, &QLabel::linkHovered, this, [this](const QString& term) {
    const QString meaning = meaningOf(term);
    meaning.isEmpty() ? QToolTip::hideText() : QToolTip::showText(QCursor::pos(), meaning, this);
  });
  connect(this, &QLabel::linkActivated, this, [this](const QString& term) {
    QToolTip::showText(mapToGlobal(rect().bottomLeft()), meaningOf(term), this);
  });
}

void EquationView::setNeuron(const lab::LabNeuron& neuron) {
  const bool other = text().isEmpty() || neuron.model != neuron_.model ||
                     neuron.step_name != neuron_.step_name ||
                     neuron.mode != neuron_.mode ||
                     neuron.biological.anchored != neuron_.biological.anchored;
  neuron_ = neuron;
  if (other) write();
}

void EquationView::write() {
  setText(linked(equations(neuron_), Theme::of(palette()).text));
}

void EquationView::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) write();
}

QString EquationView::refractoryMeaning() const {
  const auto ms = [](double seconds) { return QString::number(seconds * 1e3, 'g', 4); };
  const int ignored = lab::ignored_steps(neuron_, step_s_);
  return tr("Refractory time: %1 ms. With steps of %2 ms the input is ignored for %3 (%4 ms) "
            "by the %5 rule")
      .arg(ms(neuron_.refractory_s), ms(step_s_),
           ignored == 1 ? tr("1 step") : tr("%1 steps").arg(ignored), ms(ignored * step_s_),
           neuron_.refractory_rule == lab::RefractoryRule::exact ? tr("exact") : tr("published"));
}

QString EquationView::meaningOf(const QString& term) const {
  const auto value = [](double x) { return QString::number(x, 'g', 4); };
  const lab::Izhikevich& living = neuron_.biological;
  const QString step = value(step_s_ * 1e3);
  const double alpha = lab::synaptic_decay(neuron_, step_s_);
  const double beta = lab::membrane_decay(neuron_, step_s_);
  if (term == "I") return tr("Synaptic current: what the inputs leave behind");
  if (term == "V") return tr("Membrane potential");
  if (term == "x") return tr("The stimulus in this step of %1 ms").arg(step);
  if (term == "g") return tr("Gain of the stimulus: %1").arg(value(neuron_.gain));
  if (term == "b0") return tr("Background, a constant input: %1").arg(value(neuron_.background));
  if (term == "alpha") {
    if (neuron_.tau_syn_s <= 0.0) return tr("No synaptic time constant: nothing is left, α = 0");
    return tr("What is left of the current after %1 ms, one step: exp(−%1 ms/τ_syn) = %2")
        .arg(step, value(alpha));
  }
  if (term == "beta") {
    if (neuron_.tau_mem_s <= 0.0) return tr("No membrane time constant: nothing is left, β = 0");
    return tr("What is left of the membrane after %1 ms, one step: exp(−%1 ms/τ_mem) = %2")
        .arg(step, value(beta));
  }
  if (term == "one_minus_beta") {
    return tr("So that a constant current of 1 lifts the membrane to 1: %1").arg(value(1 - beta));
  }
  if (term == "tau") {
    return tr("Membrane time constant in steps of %1 ms: %2")
        .arg(step, value(neuron_.tau_mem_s / step_s_));
  }
  if (term == "theta") {
    const bool change = lab::rule_quantity(neuron_) == lab::Quantity::change;
    return change ? tr("Threshold of the rise in one step of %1 ms: %2")
                        .arg(step, value(neuron_.threshold))
                  : tr("Threshold: %1").arg(value(neuron_.threshold));
  }
  if (term == "gate") return tr("0 while the neuron is refractory: the input is ignored");
  if (term == "tref") return refractoryMeaning();
  if (term == "s") return tr("A spike in this step: 1, or 0");
  if (term == "H") return tr("The step function: 1 above zero, else 0");
  if (term == "reset")
    return tr(
        "The reset ties every step to the spikes before it; ParaLIF has "
        "none, which lets all steps be computed at once");
  if (term == "u") return tr("Normalised potential: what the spiking function sees");
  if (term == "change") {
    return tr("Rise of the normalised potential from the step before, %1 ms ago").arg(step);
  }
  if (term == "squash") return tr("Brings the membrane into a fixed range");
  if (term == "chance") return tr("A new random draw in every step");
  if (term == "recovery") return tr("Recovery: slow currents that pull the membrane back");
  if (term == "a") return tr("Rate of the recovery: %1 per ms").arg(value(living.a));
  if (term == "b") return tr("Coupling of the recovery to the membrane: %1").arg(value(living.b));
  if (term == "c") return tr("Membrane after a spike: %1 mV").arg(value(living.c));
  if (term == "d") return tr("What a spike adds to the recovery: %1").arg(value(living.d));
  if (term == "k1") return tr("Linear term: %1 per ms").arg(value(living.linear));
  if (term == "k0") return tr("Constant term: %1 mV per ms").arg(value(living.constant));
  return {};
}

}  // namespace paralif
