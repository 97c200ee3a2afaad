#include "widgets/records/kernels_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

#include "core/experiments/experiment.h"
#include "widgets/records/array_choice.h"
#include "widgets/records/image_grid_plot.h"
#include "widgets/theme/shown_text.h"

namespace paralif {

KernelsView::KernelsView(QWidget* parent)
    : RecordView(tr("Kernels"), "dock.kernels", "kernels", parent),
      layer_(new ArrayChoice(tr("Convolution whose kernels are shown"))),
      plot_(new ImageGridPlot(tr("Kernels"))) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(layer_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(plot_, 1);
  connect(layer_, &ArrayChoice::chosenByUser, this, &KernelsView::draw);
  showRecords();
}

bool KernelsView::applies(const Experiment& experiment) const {
  return std::ranges::any_of(experiment.network.layers.layers, [](const LayerDescription& layer) {
    return layer.kind.starts_with("conv");
  });
}

void KernelsView::showRecords() {
  QStringList ids;
  if (const RecordPointer kernels = record("kernels")) {
    for (const RecordArray& array : kernels->arrays) ids.append(shownText(array.name));
  }
  layer_->offer(ids, ids);
  layer_->setVisible(!ids.isEmpty());
  plot_->setHintText(ids.isEmpty() ? tr("Kernels appear when training starts (F5)") : QString());
  draw();
}

void KernelsView::draw() {
  ImageGridPlot::Images images;
  images.scale = ImageGridPlot::Scale::aroundZero;
  images.groupName = tr("channel");
  images.placeName = tr("input");
  const RecordPointer kernels = record("kernels");
  const RecordArray* array =
      kernels ? kernels->find(layer_->chosen().toStdString()) : nullptr;
  if (array != nullptr && array->shape.size() == 4) {
    images.inGroup = int(array->shape[1]);
    images.height = int(array->shape[2]);
    images.width = int(array->shape[3]);
    const auto size = std::size_t(array->shape[2] * array->shape[3]);
    for (std::size_t at = 0; size > 0 && at + size <= array->values.size(); at += size) {
      const auto first = array->values.begin() + std::ptrdiff_t(at);
      images.images.emplace_back(first, first + std::ptrdiff_t(size));
    }
  }
  plot_->setImages(std::move(images));
}

}  // namespace paralif
