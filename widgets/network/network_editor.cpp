#include "widgets/network/network_editor.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

#include "core/experiments/network_presets.h"
#include "core/layers/layer_kind.h"
#include "core/networks/network_neurons.h"
#include "widgets/network/layer_card.h"
#include "widgets/network/network_bar.h"
#include "widgets/network/stage_frame.h"
#include "widgets/theme/counts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

QString titleOf(const LayerDescription& layer) {
  const LayerKind* kind = find_layer_kind(layer.kind);
  return kind != nullptr ? textOf(kind->title()) : shownText(layer.kind);
}

}  // namespace

NetworkEditor::NetworkEditor(QWidget* parent)
    : QWidget(parent), bar_(new NetworkBar), summary_(new QLabel), scroll_(new QScrollArea),
      column_(new QWidget), stack_(new QVBoxLayout(column_)), empty_(new QWidget),
      dropLine_(new QWidget(column_)) {
  setObjectName("networkEditor");
  connect(bar_, &NetworkBar::addWanted, this, &NetworkEditor::addLayer);
  connect(bar_, &NetworkBar::removeWanted, this, &NetworkEditor::removeSelected);
  connect(bar_, &NetworkBar::duplicateWanted, this, &NetworkEditor::duplicateSelected);
  connect(bar_, &NetworkBar::moveWanted, this, &NetworkEditor::moveSelected);
  connect(bar_, &NetworkBar::neuronsWanted, this, &NetworkEditor::setNeurons);

  auto* hint = new QLabel(tr("This experiment has the dense network of the form: linear layers "
                             "with one kind of neuron."));
  hint->setWordWrap(true);
  auto* asLayers = new QPushButton(tr("Edit it layer by layer"));
  asLayers->setObjectName("asLayers");
  connect(asLayers, &QPushButton::clicked, this, &NetworkEditor::layersWanted);
  auto* emptyColumn = new QVBoxLayout(empty_);
  emptyColumn->addWidget(hint);
  emptyColumn->addWidget(asLayers, 0, Qt::AlignLeft);
  emptyColumn->addStretch(1);

  summary_->setWordWrap(true);
  summary_->setContentsMargins(8, 0, 8, 2);
  summary_->setObjectName("summary");
  summary_->setTextFormat(Qt::PlainText);
  stack_->setContentsMargins(6, 2, 6, 6);
  stack_->setSpacing(4);
  scroll_->setWidget(column_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  dropLine_->setAutoFillBackground(true);
  dropLine_->hide();
  auto* page = new QVBoxLayout(this);
  page->setContentsMargins(0, 0, 0, 0);
  page->setSpacing(0);
  page->addWidget(bar_);
  page->addWidget(summary_);
  page->addWidget(empty_, 1);
  page->addWidget(scroll_, 1);
  rebuild();
}

void NetworkEditor::setNetwork(const NetworkDescription& network,
                               const std::optional<SignalShape>& input) {
  const auto sameLayer = [](const LayerDescription& a, const LayerDescription& b) {
    return a.id == b.id && a.kind == b.kind;
  };
  const bool cardsStay = std::ranges::equal(network.layers, network_.layers, sameLayer) &&
                         repeated_stages(network) == repeated_stages(network_);
  const bool same = network == network_ && input == input_;
  network_ = network;
  input_ = input;
  if (!cardsStay) {
    rebuild();
  } else if (!same) {
    refresh();
  }
}

void NetworkEditor::rebuild() {
  const QWidget* focus = QApplication::focusWidget();
  const bool hadFocus = focus != nullptr && (focus == this || isAncestorOf(focus));
  for (const Entry& entry : std::as_const(entries_)) entry.widget->deleteLater();
  entries_.clear();
  cards_.clear();
  while (QLayoutItem* item = stack_->takeAt(0)) delete item;
  for (const RepeatedStage& stage : repeated_stages(network_)) {
    Entry entry{stage, nullptr, {}};
    entry.widget = stage.count > 1 ? makeStage(entry) : nullptr;
    if (entry.widget == nullptr) {
      entry.cards.append(makeCard(stage.first, 1));
      entry.widget = entry.cards.first();
    }
    stack_->addWidget(entry.widget);
    cards_ += entry.cards;
    entries_.append(entry);
  }
  stack_->addStretch(1);
  const bool dense = network_.layers.empty();
  empty_->setVisible(dense);
  scroll_->setVisible(!dense);
  summary_->setVisible(!dense);
  bar_->setState(!dense, false);
  refresh();
  if (LayerCard* card = selected()) {
    card->setSelected(true);
    if (hadFocus) card->setFocus(Qt::OtherFocusReason);
  }
}

QWidget* NetworkEditor::makeStage(Entry& entry) {
  const RepeatedStage stage = entry.stage;
  auto* frame = new StageFrame(stage.count);
  connect(frame, &StageFrame::countEdited, this, [this, stage](int wanted) {
    tell(with_repeats(network_, stage, std::size_t(wanted)), tr("repeat layers %1 times").arg(wanted));
  });
  for (std::size_t i = 0; i < stage.length; ++i) {
    entry.cards.append(makeCard(stage.first + i, stage.count));
    frame->addCard(entry.cards.last());
  }
  return frame;
}

LayerCard* NetworkEditor::makeCard(std::size_t index, std::size_t repeats) {
  auto* card = new LayerCard(network_.layers[index], index, repeats);
  const QString id = QString::fromStdString(card->layer().id);
  card->setUnfolded(unfolded_.value(id));
  card->installEventFilter(this);
  connect(card, &LayerCard::selected, this, [this, card] { select(card); });
  connect(card, &LayerCard::unfoldedChanged, this,
          [this, id](bool unfolded) { unfolded_[id] = unfolded; });
  connect(card, &LayerCard::valueEdited, this,
          [this, card](const QString& key, const ParameterValue& value) {
            edit(*card, key, value);
          });
  connect(card, &LayerCard::dragged, this, &NetworkEditor::showDropLine);
  connect(card, &LayerCard::dropped, this, [this, card](QPoint at) { drop(*card, at); });
  return card;
}

void NetworkEditor::refresh() {
  const std::vector<LayerReport> reports = report_layers(network_, input_);
  LayerCost all;
  for (const LayerReport& report : reports) {
    all.parameters += report.cost.parameters;
    all.operations += report.cost.operations;
  }
  for (const Entry& entry : std::as_const(entries_)) {
    for (LayerCard* card : entry.cards) {
      card->setLayer(network_.layers[card->index()]);
      LayerReport report = reports[card->index()];
      // A card that stands for several tells the first trouble of any of them.
      for (std::size_t copy = 1; report.problem.empty() && copy < entry.stage.count; ++copy) {
        const LayerReport& other = reports[card->index() + copy * entry.stage.length];
        if (!other.problem.empty()) report.problem = other.problem;
      }
      card->setReport(report);
    }
  }
  const QString input =
      input_ ? tr("input %1").arg(QString::fromStdString(features_text(*input_)).replace(" x ", " × "))
             : tr("input of an unknown shape");
  summary_->setText(tr("%1 layers, %2, %3 parameters, %4 operations a step")
                        .arg(network_.layers.size())
                        .arg(input, countText(double(all.parameters)),
                             countText(double(all.operations))));
  bar_->setState(!network_.layers.empty(), selected() != nullptr);
}

QString NetworkEditor::problem() const {
  for (const LayerCard* card : cards_) {
    if (!card->problem().isEmpty()) return card->problem();
  }
  return {};
}

void NetworkEditor::tell(const NetworkDescription& network, const QString& what, const QString& part) {
  setNetwork(network, input_);
  Q_EMIT edited(network_, what, part);
}

void NetworkEditor::edit(LayerCard& card, const QString& key, const ParameterValue& value) {
  NetworkDescription network = network_;
  const auto entry = std::ranges::find_if(
      entries_, [&](const Entry& one) { return one.cards.contains(&card); });
  const std::string name = key.toStdString();
  for (std::size_t copy = 0; copy < entry->stage.count; ++copy) {
    network.layers[card.index() + copy * entry->stage.length].values[name] = value;
  }
  const QString id = QString::fromStdString(card.layer().id);
  tell(network, tr("%1 of layer %2").arg(key, id), id + "." + key);
}

LayerCard* NetworkEditor::selected() const {
  const auto at = std::ranges::find_if(cards_, [this](const LayerCard* card) {
    return QString::fromStdString(card->layer().id) == selectedId_;
  });
  return at == cards_.end() ? nullptr : *at;
}

int NetworkEditor::selectedEntry() const {
  LayerCard* card = selected();
  for (qsizetype i = 0; card != nullptr && i < entries_.size(); ++i) {
    if (entries_[i].cards.contains(card)) return int(i);
  }
  return -1;
}

void NetworkEditor::select(LayerCard* card) {
  selectedId_ = card == nullptr ? QString() : QString::fromStdString(card->layer().id);
  for (LayerCard* one : std::as_const(cards_)) one->setSelected(one == card);
  bar_->setState(!network_.layers.empty(), card != nullptr);
}

void NetworkEditor::setNeurons(const QString& model) {
  std::string name(preset_name_of(network_));
  name.erase(std::min(name.find(':'), name.size()));
  tell(name.empty() ? with_neurons(network_, model.toStdString())
                    : network_named(name + ":" + model.toStdString()),
       tr("%1 in all layers").arg(model));
}

bool NetworkEditor::focusLayer(const QString& id, const QString& key) {
  for (LayerCard* card : std::as_const(cards_)) {
    if (QString::fromStdString(card->layer().id) != id) continue;
    select(card);
    scroll_->ensureWidgetVisible(card);
    if (!key.isEmpty() && card->focusParameter(key)) return true;
    card->setFocus(Qt::OtherFocusReason);
    return true;
  }
  return false;
}

void NetworkEditor::addLayer(const QString& kind) {
  const int entry = selectedEntry();
  const std::size_t at = entry < 0 ? network_.layers.size()
                                   : entries_[entry].stage.first + entries_[entry].stage.layers();
  NetworkDescription network = with_layer(network_, at, kind.toStdString());
  selectedId_ = QString::fromStdString(network.layers[at].id);
  unfolded_[selectedId_] = true;
  const QString what = tr("add %1").arg(titleOf(network.layers[at]));
  tell(network, what);
}

void NetworkEditor::removeSelected() {
  const int entry = selectedEntry();
  if (entry < 0 || cards_.size() < 2) return;
  const RepeatedStage stage = entries_[entry].stage;
  LayerCard* card = selected();
  NetworkDescription network = network_;
  // From the back, so that places stay.
  for (std::size_t copy = stage.count; copy-- > 0;) {
    network = without_layers(std::move(network), card->index() + copy * stage.length);
  }
  const qsizetype at = cards_.indexOf(card);
  LayerCard* next = at + 1 < cards_.size() ? cards_[at + 1] : cards_[at - 1];
  const QString what = tr("remove %1").arg(titleOf(card->layer()));
  selectedId_ = QString::fromStdString(next->layer().id);
  tell(network, what);
}

void NetworkEditor::duplicateSelected() {
  const int entry = selectedEntry();
  if (entry < 0) return;
  const RepeatedStage stage = entries_[entry].stage;
  const QString what = tr("duplicate %1").arg(titleOf(selected()->layer()));
  if (stage.count > 1) {
    tell(with_repeats(network_, stage, stage.count + 1), what);
  } else {
    tell(with_copy(network_, stage.first, stage.length), what);
  }
}

void NetworkEditor::moveSelected(int places) {
  const int entry = selectedEntry();
  const int to = entry + places;
  if (entry < 0 || to < 0 || to >= entries_.size()) return;
  const RepeatedStage stage = entries_[entry].stage;
  const RepeatedStage other = entries_[to].stage;
  const std::size_t before = places < 0 ? other.first : other.first + other.layers();
  tell(with_moved(network_, stage.first, stage.layers(), before),
       tr("move %1").arg(titleOf(selected()->layer())));
}

std::size_t NetworkEditor::dropPlace(QPoint global, int* line) const {
  const int y = column_->mapFromGlobal(global).y();
  for (const Entry& entry : entries_) {
    const QRect at = entry.widget->geometry();
    if (y < at.center().y()) {
      if (line != nullptr) *line = at.top() - 3;
      return entry.stage.first;
    }
    if (line != nullptr) *line = at.bottom() + 1;
  }
  return network_.layers.size();
}

void NetworkEditor::showDropLine(QPoint global) {
  int y = 0;
  (void)dropPlace(global, &y);
  QPalette colours = palette();
  colours.setColor(QPalette::Window, Theme::of(palette()).accent);
  dropLine_->setPalette(colours);
  dropLine_->setGeometry(6, y, column_->width() - 12, 3);
  dropLine_->raise();
  dropLine_->show();
  const QPoint inView = scroll_->viewport()->mapFromGlobal(global);
  scroll_->ensureVisible(0, column_->mapFromGlobal(global).y(), 0,
                         scroll_->viewport()->rect().contains(inView) ? 0 : 24);
}

void NetworkEditor::drop(LayerCard& card, QPoint global) {
  dropLine_->hide();
  const auto entry = std::ranges::find_if(
      entries_, [&](const Entry& one) { return one.cards.contains(&card); });
  const std::size_t to = dropPlace(global);
  const RepeatedStage stage = entry->stage;
  if (to >= stage.first && to <= stage.first + stage.layers()) return;  // where it is
  tell(with_moved(network_, stage.first, stage.layers(), to),
       tr("move %1").arg(titleOf(card.layer())));
}

void NetworkEditor::keyPressEvent(QKeyEvent* event) {
  LayerCard* card = selected();
  const bool alt = event->modifiers() == Qt::AltModifier;
  const bool plain = event->modifiers() == Qt::NoModifier;
  if (card == nullptr) return QWidget::keyPressEvent(event);
  const auto step = [&](qsizetype by) {
    const qsizetype to = cards_.indexOf(card) + by;
    if (to < 0 || to >= cards_.size()) return;
    select(cards_[to]);
    cards_[to]->setFocus(Qt::TabFocusReason);
    scroll_->ensureWidgetVisible(cards_[to]);
  };
  if (event->key() == Qt::Key_Up && alt) return moveSelected(-1);
  if (event->key() == Qt::Key_Down && alt) return moveSelected(1);
  if (event->key() == Qt::Key_Up && plain) return step(-1);
  if (event->key() == Qt::Key_Down && plain) return step(1);
  if (event->key() == Qt::Key_Delete && plain) return removeSelected();
  if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier) {
    return duplicateSelected();
  }
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && plain) {
    card->setUnfolded(!card->isUnfolded());
    unfolded_[selectedId_] = card->isUnfolded();
    return;
  }
  QWidget::keyPressEvent(event);
}

bool NetworkEditor::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusIn) {
    if (auto* card = qobject_cast<LayerCard*>(watched)) select(card);
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace paralif
