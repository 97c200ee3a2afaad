// The stimulus in numbers: presets, length, time step, segments.
#pragma once

#include <QWidget>

#include "core/lab/stimulus.h"

class QComboBox;
class QListWidget;
class QPushButton;
class QSpinBox;

namespace paralif {

class NumberBox;

class StimulusEditor : public QWidget {
  Q_OBJECT

 public:
  explicit StimulusEditor(QWidget* parent = nullptr);
  [[nodiscard]] const lab::Stimulus& stimulus() const { return stimulus_; }
  void setStimulus(const lab::Stimulus& stimulus);  ///< emits nothing
  [[nodiscard]] QComboBox& presetBox() { return *preset_; }

 Q_SIGNALS:
  void stimulusEdited(const paralif::lab::Stimulus& stimulus);
  void importRequested();

 private:
  NumberBox* addNumber(const QString& label, const QString& unit, const QString& tooltip,
                       double minimum, double maximum);
  void buildSegments();
  void showAll();
  void showSegment();
  void readSegment();
  void change(const lab::Stimulus& edited);

  lab::Stimulus stimulus_;
  QComboBox* preset_;
  NumberBox* duration_;
  NumberBox* step_;
  NumberBox* baseline_;
  QListWidget* list_;
  QComboBox* shape_;
  NumberBox *begin_, *end_, *from_, *to_, *hz_, *endHz_, *seed_;
  QPushButton* remove_;
};

}  // namespace paralif
