// The main window: puts bar, workspaces, commands and status together, and nothing else.
#pragma once

#include <QMainWindow>
#include <QVector>
#include <functional>

#include "app/studio/options.h"

class QStackedWidget;
class QUndoGroup;

namespace paralif {

class FileCommands;
class LabWorkspace;
class MessageBar;
class Recovery;
class TrainingStatus;
class DatasetsWorkspace;
class RobustnessWorkspace;
class RunsWorkspace;
class SessionController;
class StudioActions;
class TimingWorkspace;
class TrainWorkspace;
class Workspace;
class WelcomeBar;
class WorkspaceBar;
class WorkspaceDocks;

class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(const StudioOptions& options, QWidget* parent = nullptr);
  ~MainWindow() override;

  [[nodiscard]] SessionController& controller() { return *controller_; }
  [[nodiscard]] TrainWorkspace& train() { return *train_; }
  [[nodiscard]] LabWorkspace& lab() { return *lab_; }
  [[nodiscard]] TimingWorkspace& timing() { return *timing_; }
  [[nodiscard]] FileCommands& files() { return *files_; }
  [[nodiscard]] StudioActions& commands() { return *actions_; }
  [[nodiscard]] MessageBar& messages() { return *messages_; }
  [[nodiscard]] WorkspaceBar& workspaces() { return *bar_; }
  [[nodiscard]] WorkspaceDocks& docks() { return *docks_; }
  [[nodiscard]] Recovery& recovery() { return *recovery_; }

 public Q_SLOTS:
  void startTraining();
  void stepTraining();
  /// One sentence in the window, the log and on stderr; the keyboard goes to the field at fault.
  void showError(const QString& sentence, const QString& subject = {});
  /// Whether an error has been shown since the window was made.
  [[nodiscard]] bool hasFailed() const { return failed_; }

 protected:
  bool event(QEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void connectCommands();
  void connectSession();
  void connectRuns();
  /// Asks for the values of some settings, first of the one of this key, and trains them all.
  void askForSweep(const QString& key);
  void connectDatasets();
  void connectFailures();
  void makeContent();
  void connectWelcome();
  void welcome();
  /// Whatever a workspace, or the document, can open.
  void openPath(const QString& path);
  void openAsAsked();
  void watchInbox();
  void restoreLayout();
  void updateActions();
  void updateTitle();
  [[nodiscard]] bool formIsGood();
  void attempt(const std::function<void()>& work);

  void connectWorkspace(Workspace* workspace);
  /// Undo of the workspace in front.
  void follow(Workspace* workspace);

  StudioOptions options_;
  SessionController* controller_;
  QStackedWidget* pages_;
  WorkspaceBar* bar_;
  MessageBar* messages_ = nullptr;
  WelcomeBar* welcome_ = nullptr;
  TrainWorkspace* train_;
  LabWorkspace* lab_;
  TimingWorkspace* timing_;
  DatasetsWorkspace* datasets_;
  RunsWorkspace* runs_;
  RobustnessWorkspace* robustness_;
  QVector<Workspace*> workspaces_;  ///< in the order of the bar
  TrainingStatus* status_;
  QUndoGroup* undo_;
  StudioActions* actions_;
  FileCommands* files_;
  WorkspaceDocks* docks_;
  Recovery* recovery_;
  bool failed_ = false;
  std::string faulty_;  ///< key of the field that the error shown is about; empty: another
};

}  // namespace paralif
