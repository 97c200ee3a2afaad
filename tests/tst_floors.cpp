// The floors and rooms of the source tree: a folder includes only what stands below it, Torch and
// Qt stay where they may be, every room of core is a target, and no source is longer than 400 lines.
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

class Floors : public QObject {
  Q_OBJECT

 private slots:
  void initTestCase();
  void includesRunDownwards();
  void roomsAreTargets();
  void torchStaysInItsRooms();
  void frontEndsSeeNoTorch();
  void qtStaysAboveCore();
  void sourcesAreShort();
  void findsAnIncludeThatRunsUpwards();

 private:
  QStringList rooms_;                    ///< folders below the root, from the bottom up
  QHash<QString, QStringList> includes_;  ///< by source, as written between quotes or brackets
  QHash<QString, int> lines_;

  static QString roomOf(const QString& path) { return path.left(path.lastIndexOf('/')); }
  /// -1 for what is in no room.
  int floorOf(const QString& path) const;
  QStringList upwards(const QString& path, const QStringList& includes) const;
  bool reachesTorch(const QString& path, QSet<QString>& seen) const;
};

namespace {

const QDir kRoot(PARALIF_SOURCE_DIR);

QString textOf(const QString& path) {
  QFile file(kRoot.filePath(path));
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList matches(const QString& text, const char* pattern) {
  QStringList found;
  auto all = QRegularExpression(pattern, QRegularExpression::MultilineOption).globalMatch(text);
  while (all.hasNext()) found << all.next().captured(1);
  return found;
}

QStringList includesOf(const QString& text) {
  return matches(text, "^ *#include [\"<]([^\">]+)[\">]");
}

bool isTorch(const QString& include) {
  return include.startsWith("torch/") || include.startsWith("ATen/") || include.startsWith("c10/");
}

bool isQt(const QString& include) {
  static const QRegularExpression name("^Q[A-Za-z0-9]+(/|$)");
  return name.match(include).hasMatch() || include == "qcustomplot.h";
}

}  // namespace

void Floors::initTestCase() {
  rooms_ << "datasets";
  for (const QString& room : matches(textOf("core/CMakeLists.txt"), "^add_subdirectory\\((\\w+)\\)")) {
    for (const QString& part :
         matches(textOf("core/" + room + "/CMakeLists.txt"), "^add_subdirectory\\((\\w+)\\)"))
      rooms_ << "core/" + room + "/" + part;
    rooms_ << "core/" + room;
  }
  rooms_ << "widgets" << "app";
  QVERIFY(rooms_.contains("core/values") && rooms_.contains("core/kernels/cpu"));

  for (const char* top : {"datasets", "core", "widgets", "app", "tests"}) {
    QDirIterator files(kRoot.filePath(top), {"*.h", "*.cpp", "*.cu", "*.cuh"}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
      const QString path = kRoot.relativeFilePath(files.next());
      const QString text = textOf(path);
      includes_[path] = includesOf(text);
      lines_[path] = static_cast<int>(text.count('\n'));
    }
  }
  QVERIFY(includes_.size() > 400);
}

int Floors::floorOf(const QString& path) const {
  for (QString room = roomOf(path); !room.isEmpty();
       room = room.contains('/') ? roomOf(room) : QString()) {
    if (const auto floor = rooms_.indexOf(room); floor >= 0) return static_cast<int>(floor);
  }
  return -1;
}

QStringList Floors::upwards(const QString& path, const QStringList& includes) const {
  QStringList bad;
  for (const QString& include : includes)
    if (floorOf(include) > floorOf(path)) bad << path + " includes " + include;
  return bad;
}

void Floors::includesRunDownwards() {
  QStringList bad;
  for (auto it = includes_.begin(); it != includes_.end(); ++it) {
    if (it.key().startsWith("tests/")) continue;
    if (floorOf(it.key()) < 0) bad << it.key() + " is in no room";
    bad += upwards(it.key(), it.value());
    for (const QString& include : it.value()) {
      const bool ours = QRegularExpression("^(datasets|core|widgets|app)/").match(include).hasMatch();
      if (ours && !includes_.contains(include)) bad << it.key() + " includes no file: " + include;
    }
  }
  QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
}

void Floors::roomsAreTargets() {
  QStringList bad;
  for (qsizetype floor = 0; floor < rooms_.size(); ++floor) {
    const QString room = rooms_[floor];
    if (!room.startsWith("core/")) continue;
    QString target = room.mid(5);
    target.replace('/', '_');
    const QString text = textOf(room + "/CMakeLists.txt");
    if (!text.contains("add_library(paralif_" + target + " "))
      bad << room + " makes no target paralif_" + target;
    for (qsizetype above = floor + 1; above < rooms_.size(); ++above) {
      QString other = rooms_[above];
      other = (other.startsWith("core/") ? other.mid(5) : other).replace('/', '_');
      const QString links = "target_link_libraries\\(paralif_" + target + "[^)]*paralif_" + other + "\\b";
      if (QRegularExpression(links).match(text).hasMatch()) bad << room + " links paralif_" + other;
    }
  }
  QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
}

void Floors::torchStaysInItsRooms() {
  const QSet<QString> with{"core/kernels",  "core/neurons",   "core/layers",   "core/networks",
                           "core/training", "core/recording", "core/sessions", "core/bench",
                           "core/exchange", "core/agreement"};
  QStringList bad;
  for (auto it = includes_.begin(); it != includes_.end(); ++it) {
    if (it.key().startsWith("tests/") || with.contains(roomOf(it.key()))) continue;
    QSet<QString> seen;
    if (reachesTorch(it.key(), seen)) bad << it.key();
  }
  QVERIFY2(bad.isEmpty(), qPrintable("these see Torch:\n" + bad.join('\n')));
}

bool Floors::reachesTorch(const QString& path, QSet<QString>& seen) const {
  if (seen.contains(path)) return false;
  seen << path;
  for (const QString& include : includes_.value(path))
    if (isTorch(include) || reachesTorch(include, seen)) return true;
  return false;
}

void Floors::frontEndsSeeNoTorch() {
  // What a front end holds of the rooms that have Torch: these headers must compile without it.
  for (const char* header : {"core/sessions/session.h", "core/sessions/snapshot.h",
                             "core/bench/timing_session.h", "core/bench/suite.h",
                             "core/agreement/verification.h", "core/recording/watch_request.h"}) {
    QVERIFY2(includes_.contains(header), header);
    QSet<QString> seen;
    QVERIFY2(!reachesTorch(header, seen), header);
  }
}

void Floors::qtStaysAboveCore() {
  QStringList bad;
  for (auto it = includes_.begin(); it != includes_.end(); ++it) {
    if (!it.key().startsWith("datasets/") && !it.key().startsWith("core/")) continue;
    for (const QString& include : it.value())
      if (isQt(include)) bad << it.key() + " includes " + include;
  }
  QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
}

void Floors::sourcesAreShort() {
  QStringList bad;
  for (auto it = lines_.begin(); it != lines_.end(); ++it)
    if (it.value() > 400) bad << it.key() + ": " + QString::number(it.value());
  QVERIFY2(bad.isEmpty(), qPrintable(bad.join('\n')));
}

void Floors::findsAnIncludeThatRunsUpwards() {
  QCOMPARE(upwards("core/encoding/new.h", {"core/values/spike_batch.h", "vector"}), QStringList());
  QCOMPARE(upwards("core/encoding/new.h", {"core/experiments/experiment.h"}).size(), 1);
  QCOMPARE(upwards("core/kernels/cpu/new.h", {"core/kernels/fused.h"}).size(), 1);
  QCOMPARE(upwards("datasets/readers/new.h", {"core/values/per_layer.h"}).size(), 1);
  QCOMPARE(upwards("widgets/views/new.h", {"app/studio/options.h"}).size(), 1);
}

QTEST_APPLESS_MAIN(Floors)
#include "tst_floors.moc"
