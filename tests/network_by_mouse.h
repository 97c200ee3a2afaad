// A network edited as a user does: menus, fields and cards by mouse and keys.
#pragma once

#include <QMenu>
#include <QMouseEvent>
#include <QTest>
#include <QToolButton>

#include "widgets/form/number_box.h"
#include "widgets/network/layer_card.h"
#include "widgets/network/network_editor.h"

namespace paralif::testing {

/// Cards that an edit replaced go now.
inline void settle() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }

/// Opens a menu of the editor's bar and clicks one of its entries.
inline void clickMenu(NetworkEditor& editor, const char* button, const char* menuName,
                      const QString& entry) {
  auto* menu = editor.findChild<QMenu*>(menuName);
  auto* opener = editor.findChild<QToolButton*>(button);
  menu->popup(opener->mapToGlobal(QPoint(0, opener->height())));
  QVERIFY(QTest::qWaitForWindowExposed(menu));
  QAction* wanted = nullptr;
  for (QAction* action : menu->actions()) {
    if (action->objectName() == entry || action->text() == entry) wanted = action;
  }
  QVERIFY2(wanted != nullptr, qPrintable(entry));
  // A click is one once the mouse has moved: otherwise it is part of the one that opened the menu.
  const QPoint place = menu->actionGeometry(wanted).center();
  for (int i = 8; i >= 0; --i) QTest::mouseMove(menu, place - QPoint(i, 0));
  QTest::mouseClick(menu, Qt::LeftButton, {}, place);
  settle();
}

inline void addLayer(NetworkEditor& editor, const char* kind) {
  clickMenu(editor, "add", "kinds", kind);
}

/// Into a number of an unfolded card.
inline void typeNumber(LayerCard* card, const char* key, const QString& text) {
  auto* box = card->findChild<NumberBox*>(key);
  QVERIFY2(box != nullptr, key);
  box->setFocus();
  QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(box, text);
  QTest::keyClick(box, Qt::Key_Return);
  settle();
}

/// Drags a card by its handle to the upper half of another.
inline void dragCard(LayerCard* card, LayerCard* before) {
  auto* handle = card->findChild<QWidget*>("handle");
  const QPoint from = handle->rect().center();
  const QPoint to = handle->mapFromGlobal(before->mapToGlobal(QPoint(20, 2)));
  QTest::mousePress(handle, Qt::LeftButton, {}, from);
  for (int i = 1; i <= 4; ++i) {
    const QPoint at = from + (to - from) * i / 4;
    QMouseEvent move(QEvent::MouseMove, at, handle->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(handle, &move);
  }
  QTest::mouseRelease(handle, Qt::LeftButton, {}, to);
  settle();
}

}  // namespace paralif::testing
