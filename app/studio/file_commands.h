// Commands on the document: new, open, save, recent, drop, and the question about changes.
#pragma once

#include <QObject>
#include <functional>

#include "app/studio/background_job.h"
#include "app/studio/document.h"

class QWidget;

namespace paralif {

class ExperimentForm;
class SessionController;

class FileCommands : public QObject {
  Q_OBJECT

 public:
  FileCommands(ExperimentForm& form, SessionController& controller, QWidget* window);

  void newFromPreset(const QString& id);
  void take(const Experiment& experiment);  ///< as a document without a file
  /// A document as it was left: with changes that are not stored.
  void takeUp(const QString& path, const Experiment& stored, const Experiment& now);
  void askAndOpen();
  void askAndOpenRun();
  /// An experiment file, a run folder or a shared run, with its settings. Asks about unsaved changes first. A run
  /// is read off this thread: runOpened() or failed() tells when that is over.
  void openPath(const QString& path);
  /// Shows a recorded run beside the settings of the form, and the workspace in front stays.
  void showRun(const QString& folder);
  /// Trains on; the form takes its settings. Asks about unsaved changes first.
  void resumeRun(const QString& folder);
  bool save();
  bool saveAs();
  bool saveTo(const QString& path);
  void copyCommandLine();
  void showCode();

  /// As it was left: the file and the experiment with its unsaved changes.
  void restore();
  void remember() const;

  /// The one question about unsaved changes; false: stay. It is asked wherever the form is about
  /// to take other settings, and where a document with a file is about to be closed.
  bool mayReplace();
  bool mayClose();
  /// Without asking, changes are dropped; for programs that drive the window.
  void setAsking(bool asking) { asking_ = asking; }
  [[nodiscard]] QString title() const;  ///< with [*]
  [[nodiscard]] bool isModified() const;
  [[nodiscard]] const Document& document() const { return document_; }

 Q_SIGNALS:
  void titleChanged();
  void runOpened();
  void succeeded();  ///< a file or run has been opened or saved
  void failed(const QString& sentence, const QString& subject);

 private:
  bool attempt(const std::function<void()>& work);
  void takeShown(const QString& folder);
  /// Unpacks a shared run into the folder of runs, off this thread, then opens it.
  void takeShared(const QString& file);
  /// Asks what a NIR graph is for and makes a run of it.
  void importGraph(const QString& file);
  /// As a run of the experiment in the form, which is shown.
  void importWeights(const QString& file);

  ExperimentForm& form_;
  SessionController& controller_;
  QWidget* window_;
  Document document_;
  bool asking_ = true;
  BackgroundJob unpacking_;
  QString wanted_;  ///< folder of the run whose settings are to be taken once it is read
};

}  // namespace paralif
