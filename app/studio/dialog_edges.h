// Edges around dialogs where no window manager draws any, as on a screen that browsers show.
#pragma once

#include <QObject>

namespace paralif {

class DialogEdges : public QObject {
  Q_OBJECT

 public:
  /// From now on every dialog that is shown gets a line around it, in the colour of its texts.
  explicit DialogEdges(QObject* parent);

  /// Whether windows have no frames of their own on this platform of Qt.
  static bool areNeeded();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace paralif
