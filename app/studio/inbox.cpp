#include "app/studio/inbox.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

namespace paralif {

Inbox::Inbox(const QString& folder, QObject* parent)
    : QObject(parent), folder_(folder), watcher_(QStringList{folder}), known_(files()) {
  connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &Inbox::look);
}

QHash<QString, QDateTime> Inbox::files() const {
  QHash<QString, QDateTime> found;
  const QStringList kinds{"*.json", "*.paralif", "*.nir"};
  for (const QFileInfo& file : QDir(folder_).entryInfoList(kinds, QDir::Files)) {
    found.insert(file.absoluteFilePath(), file.lastModified());
  }
  return found;
}

void Inbox::look() {
  const QHash<QString, QDateTime> now = files();
  QStringList fresh;
  for (auto at = now.begin(); at != now.end(); ++at) {
    if (known_.value(at.key()) != at.value()) fresh << at.key();
  }
  known_ = now;
  fresh.sort();
  for (const QString& path : fresh) Q_EMIT arrived(path);
}

}  // namespace paralif
