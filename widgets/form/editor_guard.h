// What every editor in a column of editors leaves to the column.
#pragma once

#include <QObject>

namespace paralif {

/// Lets the wheel scroll the column unless the editor has the keyboard, and leaves undo and redo to
/// it: an editor's own would know only its own text.
class EditorGuard : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace paralif
