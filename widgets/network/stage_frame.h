// Layers that repeat, as one frame with a count.
#pragma once

#include <QFrame>

namespace paralif {

class StageFrame : public QFrame {
  Q_OBJECT

 public:
  explicit StageFrame(std::size_t count, QWidget* parent = nullptr);
  void addCard(QWidget* card);

 Q_SIGNALS:
  /// How often the layers shall repeat, at least once.
  void countEdited(int count);
};

}  // namespace paralif
