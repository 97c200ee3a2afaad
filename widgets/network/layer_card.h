// A layer of a network as a card: what it is, what comes out of it, what it costs, what is wrong;
// with the keyboard or a click its parameters unfold.
#pragma once

#include <QFrame>
#include <QHash>
#include <optional>

#include "core/networks/layer_report.h"

class QGridLayout;
class QLabel;
class QToolButton;

namespace paralif {

class ParameterEditor;

class LayerCard : public QFrame {
  Q_OBJECT

 public:
  /// `index`: place of the layer in the network. `repeats`: of how many alike it stands for.
  LayerCard(const LayerDescription& layer, std::size_t index, std::size_t repeats,
            QWidget* parent = nullptr);

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] const LayerDescription& layer() const { return layer_; }
  /// Other values of the same kind of layer, at the same place.
  void setLayer(const LayerDescription& layer);
  void setReport(const LayerReport& report);
  [[nodiscard]] QString problem() const { return problem_; }
  [[nodiscard]] QString shapeText() const;
  /// What is wrong with the layer, until the next report; empty: nothing.
  void showProblem(const QString& sentence);
  void setUnfolded(bool unfolded);
  [[nodiscard]] bool isUnfolded() const { return unfolded_; }
  void setSelected(bool selected);
  [[nodiscard]] bool isSelected() const { return selected_; }
  /// Unfolds, and gives a parameter's editor the keyboard; false: there is none of this key.
  bool focusParameter(const QString& key);

 Q_SIGNALS:
  void valueEdited(const QString& key, const paralif::ParameterValue& value);
  void selected();
  void unfoldedChanged(bool unfolded);
  /// The handle is dragged to this place of the screen, and let go there.
  void dragged(QPoint global);
  void dropped(QPoint global);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  /// With the model of its neurons, where it has any.
  void showTitle();
  void makeEditors();
  void showValues();
  void colour();

  LayerDescription layer_;
  std::size_t index_;
  const LayerKind* kind_;
  QLabel* handle_;
  QLabel* title_;
  QLabel* shape_;
  QLabel* cost_;
  QLabel* sentence_;
  QToolButton* fold_;
  QWidget* body_ = nullptr;  ///< made when first unfolded
  QHash<QString, ParameterEditor*> editors_;
  QHash<QString, QWidget*> labels_;
  QString problem_;
  bool unfolded_ = false;
  bool selected_ = false;
  bool dragging_ = false;
  QPoint press_;
};

}  // namespace paralif
