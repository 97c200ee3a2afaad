// Chooses the network of an experiment: the dense one, a published one, or layers from a file.
#pragma once

#include "widgets/form/field_editor.h"

class QComboBox;

namespace paralif {

class LayersEditor : public FieldEditor {
  Q_OBJECT

 public:
  LayersEditor(const Field& field, QWidget* parent);
  void setValue(const FieldValue& value) override;
  /// Takes the layers of a file, or says why it cannot.
  void readFile(const QString& path);

 private:
  void take(int index);
  void askForFile();

  QComboBox* box_;
  std::string own_;  ///< layers that are no preset, as the text of the field; empty: none
};

}  // namespace paralif
