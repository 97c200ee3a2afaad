// The button, the slider and the timer behind them.
#include "widgets/views/player_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QStyle>
#include <QToolButton>

namespace paralif {

PlayerBar::PlayerBar(const QKeySequence& key, QWidget* parent)
    : QWidget(parent),
      button_(new QToolButton),
      slider_(new QSlider(Qt::Horizontal)),
      text_(new QLabel) {
  button_->setText(tr("Play"));
  button_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  button_->setCheckable(true);
  button_->setShortcut(key);
  const QString tip = tr("Play from here, or pause");
  const QString shown = key.toString(QKeySequence::NativeText);
  button_->setToolTip(shown.isEmpty() ? tip : QString("%1 (%2)").arg(tip, shown));
  button_->setAccessibleName(tr("Play"));
  // As wide as the wider of its two texts, so that the slider keeps its place.
  for (const QString& text : {tr("Pause"), tr("Play")}) {
    button_->setText(text);
    button_->setMinimumWidth(std::max(button_->minimumWidth(), button_->sizeHint().width()));
  }
  slider_->setAccessibleName(tr("Position"));
  // The style's own groove and handle cannot be told from a dark ground.
  slider_->setStyleSheet(
      "QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: palette(mid); }"
      "QSlider::sub-page:horizontal { border-radius: 2px; background: palette(highlight); }"
      "QSlider::handle:horizontal { width: 14px; margin: -5px 0; border-radius: 7px;"
      " background: palette(highlight); }"
      "QSlider::handle:horizontal:focus { border: 2px solid palette(text); width: 10px; }");
  slider_->setToolTip(tr("What is shown: drag, or use the arrow keys"));
  text_->setMinimumWidth(text_->fontMetrics().horizontalAdvance("00.000 s to 00.000 s"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 8, 4);
  row->addWidget(button_);
  row->addWidget(slider_, 1);
  row->addWidget(text_);
  connect(button_, &QToolButton::clicked, this, &PlayerBar::toggle);
  connect(slider_, &QSlider::actionTriggered, this, &PlayerBar::used);
  connect(slider_, &QSlider::valueChanged, this, &PlayerBar::stepChanged);
  connect(&timer_, &QTimer::timeout, this, &PlayerBar::advance);
}

void PlayerBar::setSteps(int steps, int intervalMs) {
  timer_.setInterval(intervalMs);
  slider_->setMaximum(std::max(0, steps - 1));
  if (slider_->value() == 0) {
    Q_EMIT stepChanged(0);
  } else {
    slider_->setValue(0);
  }
}

void PlayerBar::setStep(int step) { slider_->setValue(step); }

void PlayerBar::setText(const QString& text) {
  text_->setText(text);
}

int PlayerBar::step() const {
  return slider_->value();
}

void PlayerBar::toggle() {
  if (timer_.isActive()) {
    timer_.stop();
  } else {
    if (slider_->value() == slider_->maximum()) slider_->setValue(0);
    timer_.start();
    Q_EMIT used();
  }
  button_->setChecked(timer_.isActive());
  button_->setText(timer_.isActive() ? tr("Pause") : tr("Play"));
}

void PlayerBar::advance() {
  slider_->setValue(slider_->value() < slider_->maximum() ? slider_->value() + 1 : 0);
}

void PlayerBar::hideEvent(QHideEvent* event) {
  QWidget::hideEvent(event);
  if (timer_.isActive()) toggle();
}

}  // namespace paralif
