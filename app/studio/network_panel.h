// The network editor on the experiment of a form: edits go through the form's undo stack.
#pragma once

#include <QWidget>

namespace paralif {

class ExperimentForm;
class NetworkEditor;
struct NetworkDescription;

class NetworkPanel : public QWidget {
  Q_OBJECT

 public:
  explicit NetworkPanel(ExperimentForm& form, QWidget* parent = nullptr);
  [[nodiscard]] NetworkEditor& editor() { return *editor_; }
  /// Brings the layer that a failure is about ("c1", "c1.channels") into view with the sentence;
  /// false: it is about no layer.
  bool showProblem(const QString& subject, const QString& sentence);

 Q_SIGNALS:
  void failed(const QString& sentence);

 private:
  void showExperiment();
  void edit(const NetworkDescription& network, const QString& what, const QString& part);
  /// Makes the dense network of the form a list of layers.
  void unrollDense();

  ExperimentForm& form_;
  NetworkEditor* editor_;
};

}  // namespace paralif
