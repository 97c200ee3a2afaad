#include "widgets/records/feature_maps_view.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

#include "core/experiments/experiment.h"
#include "widgets/records/array_choice.h"
#include "widgets/records/image_grid_plot.h"
#include "widgets/records/layer_names.h"
#include "widgets/theme/shown_text.h"
#include "widgets/views/player_bar.h"

namespace paralif {
namespace {

constexpr int frameMs = 250;

bool isSpatial(const LayerDescription& layer) {
  return layer.kind.starts_with("conv") || layer.kind.ends_with("_pool");
}

}  // namespace

FeatureMapsView::FeatureMapsView(QWidget* parent)
    : RecordView(tr("Feature maps"), "dock.featureMaps", "feature_maps", parent),
      layer_(new ArrayChoice(tr("Layer whose spikes are shown"))),
      whole_(new QCheckBox(tr("Whole sample"))),
      plot_(new ImageGridPlot(tr("Feature maps"))), player_(new PlayerBar) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(layer_);
  row->addWidget(whole_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(plot_, 1);
  column->addWidget(player_);
  whole_->setChecked(true);
  whole_->setToolTip(tr("All spikes of the sample in one image, not those of one window of time"));
  connect(layer_, &ArrayChoice::chosenByUser, this, &FeatureMapsView::showRecords);
  connect(whole_, &QCheckBox::toggled, this, &FeatureMapsView::draw);
  connect(player_, &PlayerBar::used, this, [this] { whole_->setChecked(false); });
  connect(player_, &PlayerBar::stepChanged, this, &FeatureMapsView::draw);
  showRecords();
}

bool FeatureMapsView::applies(const Experiment& experiment) const {
  return std::ranges::any_of(experiment.network.layers.layers, isSpatial);
}

const RecordArray* FeatureMapsView::array() const {
  const RecordPointer maps = record("feature_maps");
  const RecordArray* found = maps ? maps->find(layer_->chosen().toStdString()) : nullptr;
  return found != nullptr && found->shape.size() == 4 ? found : nullptr;
}

void FeatureMapsView::showRecords() {
  QStringList ids;
  QStringList titles;
  const RecordPointer layers = record("layers");
  if (const RecordPointer maps = record("feature_maps")) {
    for (const RecordArray& one : maps->arrays) {
      const QString id = shownText(one.name);
      ids.append(id);
      titles.append(id == "input" ? tr("Input") : layerName(layers.get(), id));
    }
  }
  layer_->offer(ids, titles);
  const bool any = !ids.isEmpty();
  layer_->setVisible(any);
  whole_->setVisible(any);
  plot_->setHintText(any ? QString() : tr("Feature maps appear when training starts (F5)"));
  const RecordArray* chosen = array();
  const int windows = chosen != nullptr ? int(chosen->shape[0]) : 0;
  player_->setVisible(windows > 1);
  if (windows != windows_) {
    windows_ = windows;
    const QSignalBlocker quiet(player_);
    player_->setSteps(windows, frameMs);
  }
  draw();
}

void FeatureMapsView::draw() {
  ImageGridPlot::Images images;
  images.groupName = tr("channel");
  images.unit = tr("spikes");
  if (const RecordArray* maps = array()) {
    const auto channels = std::size_t(maps->shape[1]);
    images.height = int(maps->shape[2]);
    images.width = int(maps->shape[3]);
    const auto size = std::size_t(maps->shape[2] * maps->shape[3]);
    const auto windows = std::size_t(maps->shape[0]);
    images.images.assign(channels, std::vector<float>(size, 0.0F));
    for (std::size_t window = 0; window < windows; ++window) {
      if (!whole_->isChecked() && int(window) != player_->step()) continue;
      for (std::size_t channel = 0; channel < channels; ++channel) {
        const std::size_t first = (window * channels + channel) * size;
        for (std::size_t i = 0; i < size; ++i) {
          images.images[channel][i] += maps->values[first + i];
        }
      }
    }
    player_->setText(whole_->isChecked() ? tr("whole sample")
                                         : tr("window %1 of %2").arg(player_->step() + 1).arg(windows));
  }
  plot_->setImages(std::move(images));
}

}  // namespace paralif
