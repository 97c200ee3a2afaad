// A home of its own for a test: settings and runs in a folder that goes with the test.
#pragma once

#include <QSettings>
#include <QTemporaryDir>

#include "core/experiments/experiment.h"

namespace paralif::testing {

class IsolatedHome {
 public:
  IsolatedHome() {
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.filePath("settings"));
    qputenv("PARALIF_RUNS", folder_.filePath("runs").toLocal8Bit());
    qputenv("XDG_CACHE_HOME", folder_.filePath("cache").toLocal8Bit());
    qputenv("XDG_DATA_HOME", folder_.filePath("data").toLocal8Bit());
  }
  [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name); }

 private:
  QTemporaryDir folder_;
};

/// Yin-Yang, small enough that an epoch takes a fraction of a second.
inline Experiment tinyExperiment(std::int64_t epochs) {
  Experiment experiment;
  experiment.title = "Tiny";
  experiment.dataset.steps = 20;
  experiment.network.hidden = {16};
  experiment.training.epochs = epochs;
  return experiment;
}

}  // namespace paralif::testing
