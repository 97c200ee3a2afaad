// A folder that others put files into, such as the teacher of a class: tells of each new one.
#pragma once

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QString>

class QDateTime;

namespace paralif {

class Inbox : public QObject {
  Q_OBJECT

 public:
  /// What lies there already is not told of.
  Inbox(const QString& folder, QObject* parent);

 Q_SIGNALS:
  /// A file that is new, or was put there again; whole, as its sender renames it into place.
  void arrived(const QString& path);

 private:
  [[nodiscard]] QHash<QString, QDateTime> files() const;
  void look();

  QString folder_;
  QFileSystemWatcher watcher_;
  QHash<QString, QDateTime> known_;  ///< when each was written
};

}  // namespace paralif
