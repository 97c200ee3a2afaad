// Commands on the document: new, open, save, recent, drop, and the question about changes.
#pragma once

#include <QObject>
#include <functional>

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
  void askAndOpen();
  void askAndOpenRun();
  /// An experiment file or a run folder.
  void openPath(const QString& path);
  bool save();
  bool saveAs();
  bool saveTo(const QString& path);
  void copyCommandLine();

  /// As it was left: the file and the experiment with its unsaved changes.
  void restore();
  void remember() const;

  /// Asks about unsaved changes of a file; false: stay.
  bool mayClose();
  [[nodiscard]] QString title() const;  ///< with [*]
  [[nodiscard]] bool isModified() const;
  [[nodiscard]] const Document& document() const { return document_; }

 Q_SIGNALS:
  void titleChanged();
  void runOpened();
  void failed(const QString& sentence, const QString& subject);

 private:
  void guarded(const std::function<void()>& work);

  ExperimentForm& form_;
  SessionController& controller_;
  QWidget* window_;
  Document document_;
};

}  // namespace paralif
