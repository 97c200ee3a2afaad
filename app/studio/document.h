// The experiment as a document: where it is stored and whether it has changed since.
#pragma once

#include <QString>

#include "core/experiments/experiment.h"

namespace paralif {

class Document {
 public:
  [[nodiscard]] const QString& path() const { return path_; }
  [[nodiscard]] bool hasFile() const { return !path_.isEmpty(); }
  /// What the file holds, or what a document without one began with.
  [[nodiscard]] const Experiment& stored() const { return stored_; }
  [[nodiscard]] bool isModified(const Experiment& now) const { return !(now == stored_); }
  /// File name, or the experiment's title while there is no file.
  [[nodiscard]] QString name(const Experiment& now) const;

  /// An experiment that is not a file yet.
  void begin(const Experiment& experiment);
  /// Takes up a file as it was left, with changes that are not stored.
  void takeUp(const QString& path, const Experiment& stored);
  /// Throws Error(file).
  Experiment open(const QString& path);
  void save(const Experiment& experiment, const QString& path);

 private:
  QString path_;
  Experiment stored_;
};

}  // namespace paralif
