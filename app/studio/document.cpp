// Reading and writing goes through core's experiment files.
#include "app/studio/document.h"

#include <QFileInfo>

#include "core/experiments/experiment_file.h"

namespace paralif {

QString Document::name(const Experiment& now) const {
  return hasFile() ? QFileInfo(path_).fileName() : QString::fromStdString(now.title);
}

void Document::begin(const Experiment& experiment) {
  path_.clear();
  stored_ = experiment;
}

void Document::takeUp(const QString& path, const Experiment& stored) {
  path_ = path;
  stored_ = stored;
}

Experiment Document::open(const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  stored_ = load_experiment(absolute.toStdString());
  path_ = absolute;
  return stored_;
}

void Document::save(const Experiment& experiment, const QString& path) {
  const QString absolute = QFileInfo(path).absoluteFilePath();
  save_experiment(experiment, absolute.toStdString());
  path_ = absolute;
  stored_ = experiment;
}

}  // namespace paralif
