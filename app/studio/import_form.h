// How recordings are read, and what the dataset made of them is called.
#pragma once

#include <QWidget>

#include "datasets/import/convert.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace paralif {

class ImportForm : public QWidget {
  Q_OBJECT

 public:
  explicit ImportForm(QWidget* parent = nullptr);

  /// Shows the fields that matter for recordings of a kind.
  void showKind(RecordingKind kind);
  void setName(const QString& name);
  void editName();
  [[nodiscard]] SpikeListMapping mapping() const;
  [[nodiscard]] DatasetAbout about() const;

 Q_SIGNALS:
  void changed();  ///< of the mapping

 private:
  QWidget* makeMapping();
  QWidget* makeAbout();

  QFormLayout* form_;
  QSpinBox* timeColumn_;
  QSpinBox* unitColumn_;
  QComboBox* timeUnit_;
  QComboBox* separator_;
  QComboBox* decimal_;
  QCheckBox* skipBad_;
  QLineEdit* times_;
  QLineEdit* units_;
  QSpinBox* channels_;
  QLabel* model_;
  QLineEdit* name_;
  QLineEdit* licence_;
  QLineEdit* sourceText_;
};

}  // namespace paralif
