// What the window knows of a workspace: a page of its own with commands, docks and undo.
#pragma once

#include <QMainWindow>
#include <QVector>
#include <functional>

class QUndoStack;

namespace paralif {

/// The window loops over these. A new one is its pair of files and a line in main_window.cpp.
class Workspace : public QMainWindow {
  Q_OBJECT

 public:
  struct About {
    QString title;  ///< also its name for --workspace, in small letters with dashes for blanks
    QString icon;   ///< of resources/icons
    QString tip;
  };

  explicit Workspace(const About& about, QWidget* parent = nullptr);

  [[nodiscard]] const About& about() const { return about_; }
  /// What Undo and Redo go through while this is in front; null: the experiment's form.
  [[nodiscard]] virtual QUndoStack* undoStack() { return nullptr; }
  /// Opens a file or folder of its own kind; false: it is of another.
  virtual bool openPath(const QString&) { return false; }

  /// Every dock where it was at first, also closed and floating ones.
  virtual void resetLayout();
  /// Takes the arrangement as it is for the first one.
  void keepFirstLayout() { first_ = QMainWindow::saveState(); }

  /// Writes to the settings what shall be there again at the next start, and takes it up; what is
  /// unusable is left out.
  virtual void remember() {}
  virtual void takeUp() {}

 Q_SIGNALS:
  void failed(const QString& sentence);
  void succeeded();  ///< what was tried after a failure
  void hinted(const QString& sentence);
  void exported(const QString& path);

 protected:
  /// A command whose key works while the workspace has the keyboard; its tip ends with the key.
  QAction* addCommand(const QString& text, const QKeySequence& key, const QString& tip,
                      const char* icon = nullptr);
  /// What `work` throws is told by failed(); else succeeded().
  void attempt(const std::function<void()>& work);

 private:
  About about_;
  QByteArray first_;
};

/// Those of other libraries and of tests, behind the window's own. Registered before the window is
/// made, which makes each anew and owns it.
using WorkspaceMaker = std::function<Workspace*()>;
void registerWorkspace(WorkspaceMaker make);
[[nodiscard]] const QVector<WorkspaceMaker>& registeredWorkspaces();

}  // namespace paralif
