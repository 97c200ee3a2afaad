// Layer box, index box, add button and the chips of what is traced.
#include "widgets/views/neuron_picker.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>

namespace paralif {

NeuronPicker::NeuronPicker(QWidget* parent)
    : QWidget(parent), layer_(new QComboBox(this)), index_(new QSpinBox(this)),
      add_(new QToolButton(this)), chips_(new QHBoxLayout) {
  layer_->setObjectName("traceLayer");
  layer_->setAccessibleName(tr("Layer of the neuron to trace"));
  index_->setObjectName("traceNeuron");
  index_->setAccessibleName(tr("Index of the neuron to trace"));
  index_->setToolTip(tr("Index of the neuron within its layer, from 0"));
  add_->setObjectName("traceAdd");
  add_->setText(tr("+ Trace"));
  add_->setToolTip(tr("Show the membrane of this neuron too"));
  chips_->setSpacing(3);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 8, 3);
  row->setSpacing(5);
  row->addWidget(layer_);
  row->addWidget(index_);
  row->addWidget(add_);
  // Chips scroll rather than widen the view.
  auto* chips = new QWidget;
  chips_->setContentsMargins(0, 0, 0, 0);
  auto* line = new QHBoxLayout(chips);
  line->setContentsMargins(0, 0, 0, 0);
  line->addLayout(chips_);
  line->addStretch(1);
  auto* scroll = new QScrollArea;
  scroll->setObjectName("traceChips");
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);  // Tab brings each into sight
  scroll->setFixedHeight(add_->sizeHint().height() + 2);
  scroll->setMinimumWidth(40);
  scroll->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  scroll->setWidget(chips);
  chips->setAutoFillBackground(false);
  scroll->viewport()->setAutoFillBackground(false);
  row->addWidget(scroll, 1);
  connect(add_, &QToolButton::clicked, this, &NeuronPicker::addChosen);
  connect(layer_, &QComboBox::currentIndexChanged, this, [this](int row_) {
    if (row_ < 0 || static_cast<std::size_t>(row_) >= hidden_.size()) return;
    index_->setMaximum(static_cast<int>(hidden_[static_cast<std::size_t>(row_)]) - 1);
  });
}

void NeuronPicker::setLayers(const std::vector<std::int64_t>& hidden) {
  if (hidden == hidden_) return;
  hidden_ = hidden;
  layer_->clear();
  for (std::size_t i = 0; i < hidden_.size(); ++i) layer_->addItem(tr("Hidden %1").arg(i + 1));
  const auto gone = [this](const Neuron& neuron) {
    const auto layer = static_cast<std::size_t>(neuron.layer - 1);
    return layer >= hidden_.size() || neuron.neuron >= hidden_[layer];
  };
  const bool dropped = std::erase_if(neurons_, gone) > 0;
  rebuildChips();
  if (dropped) Q_EMIT neuronsChanged();
}

void NeuronPicker::setNeurons(std::vector<Neuron> neurons) {
  neurons_ = std::move(neurons);
  rebuildChips();
  Q_EMIT neuronsChanged();
}

void NeuronPicker::addChosen() {
  const Neuron chosen{layer_->currentIndex() + 1, index_->value()};
  if (std::ranges::find(neurons_, chosen) != neurons_.end()) return;
  auto neurons = neurons_;
  neurons.push_back(chosen);
  setNeurons(std::move(neurons));
}

void NeuronPicker::remove(const Neuron& neuron) {
  auto neurons = neurons_;
  std::erase(neurons, neuron);
  setNeurons(std::move(neurons));
}

void NeuronPicker::rebuildChips() {
  while (QLayoutItem* item = chips_->takeAt(0)) {
    item->widget()->deleteLater();
    delete item;
  }
  for (const Neuron& neuron : neurons_) {
    auto* chip = new QToolButton(this);
    chip->setText(QString("%1·%2 ✕").arg(neuron.layer).arg(neuron.neuron));
    chip->setToolTip(
        tr("Hidden %1, neuron %2: click to remove").arg(neuron.layer).arg(neuron.neuron));
    chip->setAccessibleName(chip->toolTip());
    chip->setAutoRaise(true);
    chips_->addWidget(chip);
    connect(chip, &QToolButton::clicked, this, [this, neuron] { remove(neuron); });
  }
  add_->setEnabled(neurons_.size() < most);
}

}  // namespace paralif
