#include "widgets/network/network_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include "core/kernels/cpu/neuron_models.h"
#include "core/layers/layer_kind.h"
#include "widgets/theme/words.h"

namespace paralif {

NetworkBar::NetworkBar(QWidget* parent)
    : QWidget(parent), add_(button(tr("Add"), tr("Add a layer behind the selected one"), "add")),
      remove_(button("−", tr("Remove the selected layer (Delete)"), "remove")),
      duplicate_(button(tr("Copy"), tr("Duplicate the selected layer (Ctrl+D)"), "duplicate")),
      up_(button("↑", tr("Move the selected layer up (Alt+Up)"), "up")),
      down_(button("↓", tr("Move the selected layer down (Alt+Down)"), "down")),
      neurons_(button(tr("Neurons"), tr("Give all layers another kind of neuron"), "neurons")) {
  auto* kinds = new QMenu(this);
  kinds->setObjectName("kinds");
  for (const LayerKind* kind : layer_kinds()) {
    const QString name = textOf(kind->name());
    QAction* action = kinds->addAction(textOf(kind->title()));
    action->setObjectName(name);
    action->setToolTip(textOf(kind->explanation()));
    connect(action, &QAction::triggered, this, [this, name] { Q_EMIT addWanted(name); });
  }
  kinds->setToolTipsVisible(true);
  add_->setMenu(kinds);
  auto* models = new QMenu(this);
  models->setObjectName("models");
  for (const std::string& model : neuron_model_names(&NeuronModelEntry::in_layers)) {
    const QString name = QString::fromStdString(model);
    connect(models->addAction(name), &QAction::triggered, this,
            [this, name] { Q_EMIT neuronsWanted(name); });
  }
  neurons_->setMenu(models);
  for (QToolButton* one : {add_, neurons_}) one->setPopupMode(QToolButton::InstantPopup);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(6, 4, 6, 2);
  row->setSpacing(2);
  for (QToolButton* one : {add_, remove_, duplicate_, up_, down_, neurons_}) row->addWidget(one);
  row->addStretch(1);
  connect(remove_, &QToolButton::clicked, this, &NetworkBar::removeWanted);
  connect(duplicate_, &QToolButton::clicked, this, &NetworkBar::duplicateWanted);
  connect(up_, &QToolButton::clicked, this, [this] { Q_EMIT moveWanted(-1); });
  connect(down_, &QToolButton::clicked, this, [this] { Q_EMIT moveWanted(1); });
}

QToolButton* NetworkBar::button(const QString& text, const QString& tip, const char* name) {
  auto* made = new QToolButton(this);
  made->setText(text);
  made->setToolTip(tip);
  made->setAccessibleName(tip);
  made->setObjectName(name);
  made->setAutoRaise(true);
  return made;
}

void NetworkBar::setState(bool layers, bool selected) {
  add_->setEnabled(layers);
  neurons_->setEnabled(layers);
  for (QToolButton* one : {remove_, duplicate_, up_, down_}) one->setEnabled(selected);
}

}  // namespace paralif
