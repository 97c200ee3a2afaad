// Below the form: what it has in common with the run shown, and what can be done about the rest.
#pragma once

#include <QWidget>

#include <string>
#include <vector>

#include "core/experiments/fields.h"

class QLabel;
class QPushButton;

namespace paralif {

/// Keys of the fields that have an effect in either experiment and differ; the title is none.
std::vector<std::string> differingFields(const Experiment& a, const Experiment& b);

class TrainFormNote : public QWidget {
  Q_OBJECT

 public:
  explicit TrainFormNote(QWidget* parent = nullptr);
  /// `run` null: nothing is shown. `active`: it is being trained here.
  void compare(const Experiment* run, const Experiment& form, bool active);
  [[nodiscard]] QString text() const;

 Q_SIGNALS:
  void applyRequested();  ///< the changed live fields, to the training
  void takeRequested();   ///< the run's settings, into the form

 private:
  QLabel* sentence_;
  QPushButton* apply_;
  QPushButton* take_;
};

}  // namespace paralif
