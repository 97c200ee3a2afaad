#include "widgets/views/view_caption.h"

#include <QPainter>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr int margin = 8;  // pixels at either side

}  // namespace

ViewCaption::ViewCaption(QWidget* parent) : QWidget(parent) {
  setObjectName("caption");
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ViewCaption::setText(const QString& text) {
  const QString shown = shownText(text);
  if (shown == text_) return;
  text_ = shown;
  setToolTip(tipText(text_));
  setAccessibleName(text_);
  update();
}

// The same whatever the text, so that no text moves the view below.
QSize ViewCaption::sizeHint() const { return {160, fontMetrics().height() + 2}; }
QSize ViewCaption::minimumSizeHint() const { return {24, fontMetrics().height() + 2}; }

void ViewCaption::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(Theme::of(palette()).muted);
  const QRect place = rect().adjusted(margin, 0, -margin, 0);
  painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter,
                   fontMetrics().elidedText(text_, Qt::ElideRight, place.width()));
}

}  // namespace paralif
