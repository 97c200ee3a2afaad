// A label, a slider and a number field that move together.
#pragma once

#include <QWidget>

#include "core/lab/lab_neuron.h"

class QLabel;
class QSlider;

namespace paralif {

class NumberBox;

/// Edits one number between two ends, on a linear or logarithmic scale, which says so; the field
/// takes any number. With `zeroIsNone` the slider's left end is 0, "none". A number beyond the ends
/// is marked beside the slider. On a logarithmic scale the slider moves the size of a negative
/// number and keeps its sign.
class ParameterSlider : public QWidget {
  Q_OBJECT

 public:
  struct Scale {
    double minimum = 0.0, maximum = 1.0;
    bool logarithmic = false;
    bool zeroIsNone = false;
  };
  ParameterSlider(const QString& label, const QString& unit, const QString& tooltip,
                  const Scale& scale, QWidget* parent = nullptr);

  [[nodiscard]] double value() const;
  void setValue(double value);  ///< emits nothing
  [[nodiscard]] QSlider& slider() { return *slider_; }
  [[nodiscard]] NumberBox& field() { return *field_; }
  /// What stands beside the slider: "log", "−log", "‹" or "›" beyond an end; empty: linear.
  [[nodiscard]] QString mark() const;

 Q_SIGNALS:
  void valueEdited(double value);
  /// The slider was let go, or the field was left.
  void editFinished();

 private:
  void place(double value);
  [[nodiscard]] bool isNegative() const;
  [[nodiscard]] int positionOf(double value) const;
  [[nodiscard]] double valueAt(int position) const;

  Scale scale_;
  QString tooltip_;
  QLabel* label_;
  QLabel* mark_;
  QSlider* slider_;
  NumberBox* field_;
};

}  // namespace paralif
