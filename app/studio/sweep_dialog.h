// Several values of several settings: what becomes a sweep of the experiment in Train.
#pragma once

#include <QDialog>
#include <optional>
#include <vector>

#include "core/sweeps/sweep_plan.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace paralif {

class SweepDialog : public QDialog {
  Q_OBJECT

 public:
  /// Begins with the setting of this key, or none, and with three seeds.
  SweepDialog(const Experiment& base, const QString& key, QWidget* parent = nullptr);

  /// Absent while what stands there cannot be run; the dialog says why.
  [[nodiscard]] const std::optional<SweepPlan>& plan() const { return plan_; }
  [[nodiscard]] int jobs() const;

 private:
  struct Row {
    QWidget* widget;
    QComboBox* setting;
    QLineEdit* values;
  };
  void addRow(const QString& key, const QString& values);
  void removeRow(QWidget* widget);
  [[nodiscard]] QString currentValue(const QString& key) const;
  void readPlan();

  Experiment base_;
  std::vector<Row> rows_;
  QVBoxLayout* list_;
  QLineEdit* name_;
  QComboBox* mode_;
  QSpinBox* draws_;
  QSpinBox* jobs_;
  QLabel* summary_;
  QPushButton* start_;
  std::optional<SweepPlan> plan_;
};

}  // namespace paralif
