// The form of a running-time comparison: preset, neurons, devices, sizes, and how long it takes.
#pragma once

#include <QScrollArea>
#include <map>

#include "core/timing/timing_parameters.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QTreeWidget;

namespace paralif {

class ParameterEditor;

class TimingForm : public QScrollArea {
  Q_OBJECT

 public:
  /// `devices`: those to choose from; `cores` of the CPU.
  TimingForm(const std::vector<TimingDevice>& devices, int cores, QWidget* parent = nullptr);

  /// The plan as it stands in the form; problems() says whether it can be measured.
  [[nodiscard]] TimingPlan plan() const;
  void setPlan(const TimingPlan& plan);
  /// Every sentence, also for text that is no length.
  [[nodiscard]] QStringList problems() const;
  void setEditable(bool editable);

 Q_SIGNALS:
  void planChanged();

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void colour();
  void addCurves(QFormLayout* rows);
  void addDevices(const std::vector<TimingDevice>& devices, int cores, QFormLayout* rows);
  void addParameters(QFormLayout* rows);
  void addNumber(const Parameter<TimingPlan>& parameter, QFormLayout* rows);
  void addDevice(const TimingDevice& device, const QString& title);
  void choosePreset(int index);
  void changed();
  void showEstimate();

  QWidget* content_;
  QComboBox* preset_;
  QTreeWidget* curves_;
  QListWidget* devices_;
  QLineEdit* lengths_;
  TimingPlan numbers_;  ///< what the editors of the table say; its lists are not used
  std::map<std::string_view, ParameterEditor*> editors_;  ///< by key
  std::map<std::string_view, QString> unreadable_;        ///< sentences of the editors
  QLabel* problem_;
  QLabel* estimate_;
  bool filling_ = false;
};

}  // namespace paralif
