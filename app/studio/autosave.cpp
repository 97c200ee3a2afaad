#include "app/studio/autosave.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>

#include "app/studio/guard.h"
#include "core/experiments/experiment_file.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr int delayMs = 1000;
const char* const suffix = ".json";
const char* const lockSuffix = ".lock";

std::string textOf(const KeptEdits& edits) {
  nlohmann::ordered_json json;
  json["experiment"] = to_json(edits.experiment);
  json["stored"] = to_json(edits.stored);
  json["file"] = edits.file.toStdString();
  json["run"] = edits.run.toStdString();
  json["when"] = edits.when.toStdString();
  return json_line(json);
}

KeptEdits editsOf(const QString& path) {
  const std::string origin = path.toStdString();
  const nlohmann::json json = read_json(origin);
  KeptEdits edits;
  edits.experiment = experiment_from_json(json.at("experiment").get<std::string>(), origin);
  edits.stored = experiment_from_json(json.at("stored").get<std::string>(), origin);
  edits.file = QString::fromStdString(json.at("file").get<std::string>());
  edits.run = QString::fromStdString(json.at("run").get<std::string>());
  edits.when = QString::fromStdString(json.at("when").get<std::string>());
  return edits;
}

/// Locks by the kernel: a process that has died holds none, whatever the file says.
void lockAtOnce(QLockFile& lock) { lock.setStaleLockTime(1); }

}  // namespace

QString Autosave::defaultFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
         "/paralif/unsaved";
}

Autosave::Autosave(const QString& folder, std::function<std::optional<KeptEdits>()> now,
                   QObject* parent)
    : QObject(parent), folder_(folder),
      path_(folder + '/' + QUuid::createUuid().toString(QUuid::WithoutBraces) + suffix),
      now_(std::move(now)) {
  soon_.setSingleShot(true);
  soon_.setInterval(delayMs);
  connect(&soon_, &QTimer::timeout, this, &Autosave::saveNow);
}

Autosave::~Autosave() = default;

void Autosave::changed() {
  if (!soon_.isActive()) soon_.start();  // the first change that is not kept sets the time
}

void Autosave::saveNow() {
  soon_.stop();
  guarded(
      [this] {
        std::optional<KeptEdits> edits = now_();
        if (!edits) {
          QFile::remove(path_);
          return;
        }
        edits->when = QDateTime::currentDateTime().toString("yyyy-MM-dd HH:mm");
        if (!QDir().mkpath(folder_)) {
          throw Error(Error::Kind::file, folder_.toStdString(), "cannot be made",
                      "unsaved settings are not kept");
        }
        if (!lock_) {
          lock_.emplace(path_ + lockSuffix);
          lockAtOnce(*lock_);
          lock_->tryLock();
        }
        write_file(path_.toStdString(), textOf(*edits));
      },
      [this](const Failure& failure) {
        if (!told_) Q_EMIT failed(failure.sentence);
        told_ = true;
      });
}

void Autosave::end() {
  soon_.stop();
  QFile::remove(path_);
  lock_.reset();
}

std::vector<Autosave::Leftover> Autosave::leftovers() const {
  std::vector<Leftover> found;
  for (const QString& name : QDir(folder_).entryList({QString("*") + suffix}, QDir::Files)) {
    const QString path = folder_ + '/' + name;
    if (path == path_) continue;
    QLockFile lock(path + lockSuffix);
    lockAtOnce(lock);
    if (!lock.tryLock()) continue;  // of a window that is open
    guarded([&] { found.push_back({path, editsOf(path)}); }, [](const Failure&) {});
  }
  std::ranges::sort(found, [](const Leftover& a, const Leftover& b) {
    return a.edits.when > b.edits.when;
  });
  return found;
}

void Autosave::remove(const Leftover& leftover) {
  QFile::remove(leftover.path);
  QFile::remove(leftover.path + lockSuffix);
}

}  // namespace paralif
