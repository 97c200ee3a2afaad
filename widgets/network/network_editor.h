// The layers of a network as a column of cards: add, remove, duplicate, reorder by drag and by keys,
// edit in place; shapes, costs and errors at once. Layers that repeat are one card with a count.
//
// It keeps no history: every edit is a whole network, for the undo stack of whoever shows it.
#pragma once

#include <QHash>
#include <QScrollArea>
#include <QVector>
#include <QWidget>
#include <optional>

#include "core/networks/layer_report.h"
#include "core/values/network_edit.h"

class QLabel;
class QVBoxLayout;

namespace paralif {

class LayerCard;
class NetworkBar;

class NetworkEditor : public QWidget {
  Q_OBJECT

 public:
  explicit NetworkEditor(QWidget* parent = nullptr);

  /// An empty list is the dense network that the fields of an experiment describe.
  void setNetwork(const NetworkDescription& network, const std::optional<SignalShape>& input);
  [[nodiscard]] const NetworkDescription& network() const { return network_; }
  [[nodiscard]] const QVector<LayerCard*>& cards() const { return cards_; }
  /// Selects the layer with this id and, where there is one, the editor of a parameter.
  bool focusLayer(const QString& id, const QString& key = {});
  /// What is wrong with the first layer that does not fit; empty: nothing.
  [[nodiscard]] QString problem() const;

 public Q_SLOTS:
  /// Behind the selected layer, or at the end.
  void addLayer(const QString& kind);
  void removeSelected();
  void duplicateSelected();
  /// By `places` cards up (negative) or down.
  void moveSelected(int places);
  /// In all layers; a published network gets its published settings for them.
  void setNeurons(const QString& model);

 Q_SIGNALS:
  /// `what` says what was done, for the undo stack; `part` is the same for edits that may become
  /// one step, and empty for those that may not.
  void edited(const paralif::NetworkDescription& network, const QString& what,
              const QString& part);
  /// The dense network is wanted as a list of layers.
  void layersWanted();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Entry {
    RepeatedStage stage;
    QWidget* widget;
    QVector<LayerCard*> cards;
  };
  void rebuild();
  void refresh();
  QWidget* makeStage(Entry& entry);
  LayerCard* makeCard(std::size_t index, std::size_t repeats);
  void edit(LayerCard& card, const QString& key, const ParameterValue& value);
  void tell(const NetworkDescription& network, const QString& what, const QString& part = {});
  void select(LayerCard* card);
  [[nodiscard]] LayerCard* selected() const;
  /// The entry that the selected card stands in; -1: none is selected.
  [[nodiscard]] int selectedEntry() const;
  /// Place in the list of layers where something dropped here would come to stand.
  [[nodiscard]] std::size_t dropPlace(QPoint global, int* line = nullptr) const;
  void showDropLine(QPoint global);
  void drop(LayerCard& card, QPoint global);

  NetworkDescription network_;
  std::optional<SignalShape> input_;
  QVector<Entry> entries_;
  QVector<LayerCard*> cards_;
  QString selectedId_;
  QHash<QString, bool> unfolded_;  ///< by layer id
  NetworkBar* bar_;
  QLabel* summary_;
  QScrollArea* scroll_;
  QWidget* column_;
  QVBoxLayout* stack_;
  QWidget* empty_;
  QWidget* dropLine_;
};

}  // namespace paralif
