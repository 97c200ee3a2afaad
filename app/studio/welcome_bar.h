// Asks at a first start what brings the user here, and opens that. It stands in the window, above
// the workspace, until something is chosen.
#pragma once

#include <QFrame>

class QBoxLayout;

namespace paralif {

class WelcomeBar : public QFrame {
  Q_OBJECT

 public:
  explicit WelcomeBar(QWidget* parent = nullptr);

 Q_SIGNALS:
  void learnRequested();   ///< watch a network learn
  void neuronRequested();  ///< one neuron, by hand
  void dataRequested();    ///< own recordings or points
  void timeRequested();    ///< LIF against ParaLIF on this machine
  void presetRequested(const QString& id);

 private:
  void add(QBoxLayout* row, const char* name, const QString& text, const QString& tip,
           void (WelcomeBar::*signal)());
};

}  // namespace paralif
