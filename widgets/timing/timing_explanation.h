// What the curves show and why, for a reader who sees them for the first time.
#pragma once

#include <QTextBrowser>

namespace paralif {

class TimingExplanation : public QTextBrowser {
  Q_OBJECT

 public:
  explicit TimingExplanation(QWidget* parent = nullptr);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void show();
};

}  // namespace paralif
