#include "app/studio/welcome_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "core/experiments/presets.h"

namespace paralif {

WelcomeBar::WelcomeBar(QWidget* parent) : QFrame(parent) {
  setObjectName("welcomeBar");
  setAccessibleName(tr("What brings you here?"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(10, 2, 6, 2);
  row->setSpacing(6);
  auto* question = new QLabel(tr("<b>What brings you here?</b>"));
  question->setObjectName("welcomeQuestion");
  question->setMinimumWidth(question->sizeHint().width() / 2);  // gives way to the answers
  row->addWidget(question);
  add(row, "welcomeLearn", tr("A network &learns"),
      tr("128 ParaLIF neurons learn the Yin-Yang figure; every view follows them live"),
      &WelcomeBar::learnRequested);
  add(row, "welcomeNeuron", tr("One &neuron"),
      tr("Drive a single neuron by sliders, and see which of Izhikevich's features it shows"),
      &WelcomeBar::neuronRequested);
  add(row, "welcomeData", tr("&My data"),
      tr("Recordings and points of your own, or sample data of the datasets known"),
      &WelcomeBar::dataRequested);
  add(row, "welcomeTime", tr("&Running time"),
      tr("LIF against ParaLIF, in every way to compute them, on this machine"),
      &WelcomeBar::timeRequested);
  auto* presets = new QPushButton(tr("&Presets"));
  presets->setObjectName("welcomePresets");
  presets->setToolTip(tr("An experiment to begin with"));
  auto* menu = new QMenu(presets);
  menu->setToolTipsVisible(true);
  std::string group;
  for (const Preset& preset : paralif::presets()) {
    if (preset.group != group) menu->addSection(QString::fromStdString(group = preset.group));
    const QString id = QString::fromStdString(preset.id);
    QAction* action = menu->addAction(QString::fromStdString(preset.title), this, [this, id] {
      hide();
      Q_EMIT presetRequested(id);
    });
    action->setToolTip(QString::fromStdString(preset.description));
  }
  presets->setMenu(menu);
  row->addWidget(presets);
  row->addStretch(1);
  auto* close = new QToolButton;
  close->setObjectName("welcomeClose");
  close->setText("×");
  close->setAutoRaise(true);
  close->setToolTip(tr("Not now; Help shows it again"));
  close->setAccessibleName(tr("Close"));
  row->addWidget(close);
  // As low as text allows: it stands above a page that may just fit its screen.
  for (auto* button : findChildren<QAbstractButton*>()) {
    button->setMaximumHeight(fontMetrics().height() + 6);
  }
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  hide();
}

void WelcomeBar::add(QBoxLayout* row, const char* name, const QString& text, const QString& tip,
                     void (WelcomeBar::*signal)()) {
  auto* button = new QPushButton(text);
  button->setObjectName(name);
  button->setToolTip(tip);
  row->addWidget(button);
  connect(button, &QPushButton::clicked, this, [this, signal] {
    hide();
    Q_EMIT (this->*signal)();
  });
}

}  // namespace paralif
