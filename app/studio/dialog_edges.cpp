#include "app/studio/dialog_edges.h"

#include <QDialog>
#include <QEvent>
#include <QFrame>
#include <QGuiApplication>

namespace paralif {
namespace {

const char* const edgeName = "dialogEdge";
constexpr int edgeWidth = 2;  // pixels

/// Lies over the dialog's rim, which its layout leaves free, and lets the mouse through.
void surround(QDialog& dialog) {
  auto* edge = dialog.findChild<QFrame*>(edgeName, Qt::FindDirectChildrenOnly);
  if (edge == nullptr) {
    edge = new QFrame(&dialog);
    edge->setObjectName(edgeName);
    edge->setFrameStyle(QFrame::Box | QFrame::Plain);
    edge->setLineWidth(edgeWidth);
    edge->setAttribute(Qt::WA_TransparentForMouseEvents);
    edge->setFocusPolicy(Qt::NoFocus);
  }
  edge->setGeometry(dialog.rect());
  edge->raise();
  edge->show();
}

}  // namespace

DialogEdges::DialogEdges(QObject* parent) : QObject(parent) { qApp->installEventFilter(this); }

bool DialogEdges::areNeeded() { return QGuiApplication::platformName() == "vnc"; }

bool DialogEdges::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Show || event->type() == QEvent::Resize) {
    if (auto* dialog = qobject_cast<QDialog*>(watched); dialog != nullptr && dialog->isWindow()) surround(*dialog);
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace paralif
