// Colours and closing of the bar.
#include "app/studio/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>

#include "widgets/theme/theme.h"

namespace paralif {

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), text_(new QLabel(this)), close_(new QToolButton(this)) {
  setObjectName("messageBar");
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  close_->setText("✕");
  close_->setAutoRaise(true);
  close_->setToolTip(tr("Close this message"));
  close_->setAccessibleName(close_->toolTip());
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 5, 6, 5);
  row->addWidget(text_, 1);
  row->addWidget(close_);
  connect(close_, &QToolButton::clicked, this, &QWidget::hide);
  hide();
}

void MessageBar::showError(const QString& sentence) { show(sentence, true); }

void MessageBar::showHint(const QString& sentence) { show(sentence, false); }

QString MessageBar::sentence() const { return isHidden() ? QString() : text_->text(); }

void MessageBar::show(const QString& sentence, bool error) {
  error_ = error;
  text_->setText(sentence);
  setAccessibleName(sentence);
  colour();
  setVisible(true);
}

void MessageBar::colour() {
  const Theme& theme = Theme::of(palette());
  const QColor ground = error_ ? mix(theme.surface, theme.bad, 0.16)
                               : mix(theme.surface, theme.accent, 0.12);
  const QColor edge = error_ ? theme.bad : theme.accent;
  const QString sheet = QString("#messageBar { background: %1; border-left: 4px solid %2; } "
                                "QLabel { color: %3; }")
                            .arg(ground.name(), edge.name(), theme.text.name());
  if (sheet != styleSheet()) setStyleSheet(sheet);  // setting it is a change of palette too
}

void MessageBar::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && !isHidden()) colour();
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) hide();
  QFrame::keyPressEvent(event);
}

}  // namespace paralif
