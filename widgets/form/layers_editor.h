// Chooses the network of an experiment: the dense one, a published one, or layers from a file.
#pragma once

#include "widgets/form/parameter_editor.h"

class QComboBox;

namespace paralif {

class LayersEditor : public ParameterEditor {
  Q_OBJECT

 public:
  LayersEditor(const ParameterFacts& facts, QWidget* parent);
  void setValue(const ParameterValue& value) override;
  /// Takes the layers of a file, or says why it cannot.
  void readFile(const QString& path);

 private:
  void take(int index);
  void askForFile();

  QComboBox* box_;
  std::string own_;  ///< layers that are no preset, as the text of the field; empty: none
};

}  // namespace paralif
