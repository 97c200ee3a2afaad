// The tools above the cards of a network: add, remove, duplicate and move a layer, and change the
// neurons of all layers at once.
#pragma once

#include <QWidget>

class QToolButton;

namespace paralif {

class NetworkBar : public QWidget {
  Q_OBJECT

 public:
  explicit NetworkBar(QWidget* parent = nullptr);

  /// `layers`: there is a list of layers to add to; `selected`: one of them is selected.
  void setState(bool layers, bool selected);

 Q_SIGNALS:
  void addWanted(const QString& kind);
  void removeWanted();
  void duplicateWanted();
  void moveWanted(int places);
  /// All layers of neurons shall have this model.
  void neuronsWanted(const QString& model);

 private:
  QToolButton* button(const QString& text, const QString& tip, const char* name);

  QToolButton* add_;
  QToolButton* remove_;
  QToolButton* duplicate_;
  QToolButton* up_;
  QToolButton* down_;
  QToolButton* neurons_;
};

}  // namespace paralif
