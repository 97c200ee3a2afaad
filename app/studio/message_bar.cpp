// Colours, place and closing of the bar.
#include "app/studio/message_bar.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr int hintMs = 12000;
constexpr int edgeWidth = 4;

}  // namespace

MessageBar::MessageBar(QWidget* over)
    : QFrame(over), text_(new QLabel(this)), row_(new QHBoxLayout(this)),
      close_(new QToolButton(this)) {
  setObjectName("messageBar");
  text_->setObjectName("messageText");
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  close_->setText("✕");
  close_->setAutoRaise(true);
  close_->setToolTip(tr("Close this message"));
  close_->setAccessibleName(close_->toolTip());
  row_->setContentsMargins(8 + edgeWidth, 5, 6, 5);
  row_->addWidget(text_, 1);
  row_->addWidget(close_);
  leave_.setSingleShot(true);
  leave_.setInterval(hintMs);
  connect(close_, &QToolButton::clicked, this, &MessageBar::close);
  connect(&leave_, &QTimer::timeout, this, &MessageBar::close);
  over->installEventFilter(this);
  hide();
}

void MessageBar::showError(const QString& sentence) { show(sentence, Kind::error); }

void MessageBar::showHint(const QString& sentence) {
  if (isError()) return;  // what went wrong is read first
  show(sentence, Kind::hint);
  leave_.start();
}

void MessageBar::offer(const QString& sentence, const QVector<Choice>& choices) {
  offers_.push_back({sentence, choices});
  const bool offering = !isHidden() && kind_ == Kind::offer;
  if (!isError() && !offering) showOffer();
}

void MessageBar::showOffer() {
  const Offer offer = offers_.front();
  show(offer.sentence, Kind::offer);
  for (const Choice& choice : offer.choices) {
    auto* button = new QPushButton(choice.text, this);
    buttons_.append(button);
    row_->insertWidget(row_->count() - 1, button);
    button->show();
    connect(button, &QPushButton::clicked, this, [this, work = choice.work] {
      close();
      work();
    });
  }
  place();
}

void MessageBar::clearError() {
  if (isError()) close();
}

void MessageBar::close() {
  if (kind_ == Kind::offer && !offers_.empty()) offers_.pop_front();
  hide();
  if (!offers_.empty()) showOffer();
}

QString MessageBar::sentence() const { return isHidden() ? QString() : text_->text(); }

void MessageBar::show(const QString& sentence, Kind kind) {
  kind_ = kind;
  leave_.stop();
  for (QPushButton* button : std::as_const(buttons_)) {
    button->hide();
    button->deleteLater();
  }
  buttons_.clear();
  text_->setText(sentence);
  setAccessibleName(sentence);
  setVisible(true);
  place();
  update();
}

void MessageBar::place() {
  const QSize room = parentWidget()->size();
  row_->activate();
  const int needed = std::max(row_->heightForWidth(room.width()), row_->minimumSize().height());
  const int height = std::min(needed, room.height());
  setGeometry(0, room.height() - height, room.width(), height);
  raise();
}

void MessageBar::paintEvent(QPaintEvent*) {
  const QPalette palette = QApplication::palette();  // a switch of theme needs no telling
  const Theme& theme = Theme::of(palette);
  const QColor edge = kind_ == Kind::error ? theme.bad : theme.accent;
  QPainter painter(this);
  painter.fillRect(rect(), mix(theme.surface, edge, kind_ == Kind::error ? 0.16 : 0.12));
  painter.fillRect(QRect(0, 0, edgeWidth, height()), edge);
  painter.fillRect(QRect(0, 0, width(), 1), theme.border);
}

bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && event->type() == QEvent::Resize && !isHidden()) place();
  return QFrame::eventFilter(watched, event);
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return close();
  QFrame::keyPressEvent(event);
}

}  // namespace paralif
