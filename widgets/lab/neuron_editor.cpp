// Rows are made once and shown where the model has the parameter.
#include "widgets/lab/neuron_editor.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "widgets/lab/equation_view.h"
#include "widgets/lab/parameter_slider.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {

NeuronEditor::NeuronEditor(QWidget* parent)
    : QWidget(parent),
      model_(new QComboBox),
      ruleRow_(new QWidget),
      rule_(new QComboBox),
      equation_(new EquationView),
      notes_(new QLabel) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 8, 8, 8);
  column->setSpacing(4);
  model_->setObjectName("modelBox");
  model_->setAccessibleName(tr("Neuron model"));
  model_->setToolTip(tr("Model of this neuron"));
  for (const std::string& name : lab::lab_names()) model_->addItem(QString::fromStdString(name));
  column->addWidget(model_);
  for (const lab::LabParameter& p : lab::lab_parameters()) {
    auto* slider =
        new ParameterSlider(textOf(p.symbol), textOf(p.shown_unit()),
                            QString("%1: %2").arg(textOf(p.label), textOf(p.explanation)),
                            {p.slider_from, p.slider_to, p.logarithmic, p.zero_is_none()});
    slider->setObjectName(textOf(p.key));
    column->addWidget(slider);
    rows_.push_back({&p, slider});
    connect(slider, &ParameterSlider::valueEdited, this, [this, &p](double value) {
      p.show(neuron_, value);
      equation_->setNeuron(neuron_);
      Q_EMIT neuronEdited(neuron_);
    });
    connect(slider, &ParameterSlider::editFinished, this, &NeuronEditor::editFinished);
    if (p.key == "refractory_s") {
      makeRuleBox();
      column->addWidget(ruleRow_);
    }
  }
  column->addWidget(equation_);
  notes_->setObjectName("advice");
  notes_->setAccessibleName(tr("What to know about this neuron"));
  notes_->setTextFormat(Qt::RichText);
  notes_->setWordWrap(true);
  column->addWidget(notes_);
  column->addStretch(1);
  connect(model_, &QComboBox::textActivated, this, &NeuronEditor::chooseModel);
  setNeuron(neuron_);
}

void NeuronEditor::makeRuleBox() {
  auto* row = new QHBoxLayout(ruleRow_);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(new QLabel(tr("t_ref rule")));
  row->addWidget(rule_, 1);
  rule_->setObjectName("refractoryRule");
  rule_->setAccessibleName(tr("Rule of the refractory time"));
  rule_->addItem(tr("reference (published)"));
  rule_->addItem(tr("exact"));
  rule_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  rule_->setToolTip(
      tr("exact: after a spike the input is ignored for the refractory time, rounded up to whole "
         "steps. reference: as in the published code, one step less"));
  connect(rule_, &QComboBox::activated, this, [this](int index) {
    neuron_.refractory_rule = static_cast<lab::RefractoryRule>(index);
    equation_->setNeuron(neuron_);
    Q_EMIT neuronEdited(neuron_);
    Q_EMIT editFinished();
  });
}

void NeuronEditor::setTimeStep(double seconds) {
  equation_->setTimeStep(seconds);
}

void NeuronEditor::setAdvice(const std::vector<lab::Advice>& advice) {
  if (advice == advice_) return;
  advice_ = advice;
  writeAdvice();
}

void NeuronEditor::writeAdvice() {
  const Theme& theme = Theme::of(palette());
  QString html;
  for (const lab::Advice& one : advice_) {
    const QColor& colour = one.warning ? theme.warning : theme.muted;
    html += QString("<p style=\"margin:4px 0 0 0; color:%1\">%2%3.</p>")
                .arg(colour.name(), one.warning ? "⚠ " : "",
                     QString::fromStdString(one.text).toHtmlEscaped());
  }
  notes_->setText(html);
  notes_->setVisible(!advice_.empty());
}

QString NeuronEditor::adviceText() const {
  QStringList lines;
  for (const lab::Advice& one : advice_) lines << QString::fromStdString(one.text);
  return lines.join('\n');
}

void NeuronEditor::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) writeAdvice();
}

void NeuronEditor::chooseModel(const QString& name) {
  const auto named = lab::neuron_named(name.toStdString());
  if (!named || name.toStdString() == lab::name_of(neuron_)) return;
  lab::LabNeuron chosen = *named;
  // What both models have stays as it is; the threshold has another meaning in every mode.
  if (chosen.model != lab::LabModel::izhikevich && neuron_.model != lab::LabModel::izhikevich) {
    chosen.gain = neuron_.gain;
    chosen.background = neuron_.background;
    chosen.tau_mem_s = neuron_.tau_mem_s;
    if (chosen.model != lab::LabModel::stepped) chosen.tau_syn_s = neuron_.tau_syn_s;
  } else if (chosen.model == lab::LabModel::izhikevich) {
    chosen.gain = 10.0;
  } else {
    chosen.gain = 2.0;
  }
  setNeuron(chosen);
  Q_EMIT neuronEdited(neuron_);
  Q_EMIT editFinished();
}

void NeuronEditor::setNeuron(const lab::LabNeuron& neuron) {
  neuron_ = neuron;
  const QSignalBlocker quiet(model_);
  model_->setCurrentText(QString::fromStdString(lab::name_of(neuron)));
  showParameters();
}

void NeuronEditor::showParameters() {
  for (const Row& row : rows_) {
    const bool applies = row.parameter->applies(neuron_);
    row.slider->setVisible(applies);
    if (applies) row.slider->setValue(row.parameter->shown(neuron_));
  }
  ruleRow_->setVisible(neuron_.has_refractory_time());
  rule_->setCurrentIndex(static_cast<int>(neuron_.refractory_rule));
  equation_->setNeuron(neuron_);
}

ParameterSlider* NeuronEditor::slider(std::string_view key) {
  for (const Row& row : rows_) {
    if (row.parameter->key == key && row.parameter->applies(neuron_)) return row.slider;
  }
  return nullptr;
}

}  // namespace paralif
