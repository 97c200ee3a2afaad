#include "widgets/plots/export_folder.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>

namespace paralif {
namespace {

const QString key = "export/folder";

QSettings store() {
  return QSettings(QSettings::IniFormat, QSettings::UserScope, "ParaLIF", "Studio");
}

}  // namespace

QString suggestedExport(const QString& fileName) {
  QString folder = store().value(key).toString();
  if (folder.isEmpty() || !QDir(folder).exists()) {
    folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
  }
  return QDir(folder).filePath(fileName);
}

void rememberExport(const QString& path) {
  store().setValue(key, QFileInfo(path).absolutePath());
}

}  // namespace paralif
