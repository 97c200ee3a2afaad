// Unsaved settings on disk while the window lives, for the start after one that was killed.
#pragma once

#include <QLockFile>
#include <QObject>
#include <QTimer>
#include <functional>
#include <optional>
#include <vector>

#include "core/experiments/experiment.h"

namespace paralif {

/// What is kept: the settings, what they are compared with to say that they are unsaved, and the
/// run in training.
struct KeptEdits {
  Experiment experiment;
  Experiment stored;
  QString file;  ///< of the document; empty: none
  QString run;   ///< folder of the run in training; empty: none
  QString when;  ///< local time of the writing

  [[nodiscard]] bool hasEdits() const { return !(experiment == stored); }
};

/// One file a window, locked while its process lives, written aside and renamed a second after
/// the first change that it does not hold. A folder that cannot be written is reported once.
class Autosave : public QObject {
  Q_OBJECT

 public:
  /// `now`: what to keep; nothing: there is nothing unsaved and the file goes.
  Autosave(const QString& folder, std::function<std::optional<KeptEdits>()> now,
           QObject* parent = nullptr);
  ~Autosave() override;

  /// $XDG_DATA_HOME/paralif/unsaved, or the same under ~/.local/share.
  static QString defaultFolder();

  void changed();  ///< keep it within a second
  void saveNow();
  void end();      ///< a clean end: nothing is left

  struct Leftover {
    QString path;
    KeptEdits edits;
  };
  /// Of windows that have ended without end(), newest first; without what cannot be read.
  [[nodiscard]] std::vector<Leftover> leftovers() const;
  static void remove(const Leftover& leftover);

 Q_SIGNALS:
  void failed(const QString& sentence);

 private:
  QString folder_;
  QString path_;
  std::function<std::optional<KeptEdits>()> now_;
  std::optional<QLockFile> lock_;
  QTimer soon_;
  bool told_ = false;
};

}  // namespace paralif
