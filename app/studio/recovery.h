// Keeps unsaved settings while the window lives and offers those of a window that was killed.
#pragma once

#include <QObject>
#include <vector>

#include "app/studio/autosave.h"

namespace paralif {

class ExperimentForm;
class FileCommands;
class MessageBar;
class SessionController;

class Recovery : public QObject {
  Q_OBJECT

 public:
  Recovery(FileCommands& files, ExperimentForm& form, SessionController& controller,
           MessageBar& messages, QObject* parent);

  /// Whether anything is kept at all; from the start it is not.
  void setKeeping(bool keeping) { keeping_ = keeping; }
  /// Offers what other windows have left: their settings, and their run where it can go on.
  void offerLeftovers();
  [[nodiscard]] Autosave& autosave() { return autosave_; }

 Q_SIGNALS:
  void resumeRequested(const QString& folder);

 private:
  [[nodiscard]] std::optional<KeptEdits> edits() const;
  void offer(const Autosave::Leftover& leftover);
  void offerNext();

  FileCommands& files_;
  ExperimentForm& form_;
  SessionController& controller_;
  MessageBar& messages_;
  Autosave autosave_;
  std::vector<Autosave::Leftover> waiting_;
  bool keeping_ = false;
  std::string run_;  ///< folder of the newest snapshot
};

}  // namespace paralif
