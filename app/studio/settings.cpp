// Access to the INI file.
#include "app/studio/settings.h"

#include <QSettings>

namespace paralif {
namespace {

constexpr qsizetype mostRecent = 10;
const QString recent = "document/recent";

QSettings store() { return QSettings(QSettings::IniFormat, QSettings::UserScope, "ParaLIF", "Studio"); }

}  // namespace

QByteArray Settings::bytes(const QString& key) { return store().value(key).toByteArray(); }

QString Settings::text(const QString& key) { return store().value(key).toString(); }

void Settings::set(const QString& key, const QByteArray& value) { store().setValue(key, value); }

void Settings::set(const QString& key, const QString& value) { store().setValue(key, value); }

QStringList Settings::recentFiles() { return store().value(recent).toStringList(); }

void Settings::addRecentFile(const QString& path) {
  QStringList files = recentFiles();
  files.removeAll(path);
  files.prepend(path);
  store().setValue(recent, QStringList(files.mid(0, mostRecent)));
}

void Settings::clearRecentFiles() { store().remove(recent); }

}  // namespace paralif
