// Every command of the window, with its key, tip and icon.
#pragma once

#include <QAction>
#include <QObject>

#include "core/sessions/snapshot.h"

class QPalette;
class QUndoGroup;

namespace paralif {

/// Created once; menus and the tool bar show them, the window connects them.
class StudioActions : public QObject {
  Q_OBJECT

 public:
  StudioActions(QUndoGroup* undoGroup, QWidget* window);

  QAction* start;
  QAction* pause;
  QAction* step;
  QAction* stop;
  QAction* reset;
  QAction* open;
  QAction* save;
  QAction* saveAs;
  QAction* openRun;
  QAction* quit;
  QAction* undo;
  QAction* redo;
  QAction* copyCommand;
  QAction* showCode;
  QAction* sweep;
  QAction* resetLayout;
  QAction* fullScreen;
  QAction* keys;
  QAction* about;
  QAction* welcome;

  /// What Start may be called.
  [[nodiscard]] static QStringList startTexts() { return {tr("&Start"), tr("&Resume")}; }
  /// Which commands of training make sense now.
  void enableFor(SessionState state, bool hasRun);

 private:
  QAction* make(const QString& text, const QKeySequence& key, const QString& tip,
                const char* icon = nullptr);
  void adopt(QAction* action, const QKeySequence& key, const char* icon);

  QWidget* window_;
};

}  // namespace paralif
