// What the window remembers between two starts.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace paralif {

/// Stored as an INI file of organisation "ParaLIF", application "Studio". Every access reads or
/// writes the store, so that two windows do not overwrite each other's list of recent files.
class Settings {
 public:
  [[nodiscard]] static QByteArray bytes(const QString& key);
  [[nodiscard]] static QString text(const QString& key);
  static void set(const QString& key, const QByteArray& value);
  static void set(const QString& key, const QString& value);

  [[nodiscard]] static QStringList recentFiles();
  static void addRecentFile(const QString& path);  ///< keeps the ten newest
  static void clearRecentFiles();

  static inline const QString geometry = "window/geometry";
  static inline const QString workspace = "window/workspace";
  static inline const QString docks = "window/docks";
  static inline const QString labDocks = "lab/docks";
  static inline const QString timingDocks = "timing/docks";
  static inline const QString labScene = "lab/scene";
  static inline const QString theme = "window/theme";
  static inline const QString experiment = "document/experiment";
  static inline const QString stored = "document/stored";
  static inline const QString file = "document/file";
  static inline const QString run = "document/run";
  static inline const QString dataFolder = "datasets/folder";
  static inline const QString robustnessLevels = "robustness/levels";
  static inline const QString robustnessRepeats = "robustness/repeats";
  static inline const QString runColumns = "runs/columns";
  static inline const QString runsGrouped = "runs/grouped";
  static inline const QString greeted = "window/greeted";
};

}  // namespace paralif
