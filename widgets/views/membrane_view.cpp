// The two tabs.
#include "widgets/views/membrane_view.h"

#include <QVBoxLayout>

namespace paralif {

MembraneView::MembraneView(QWidget* parent)
    : QTabWidget(parent), picker_(new NeuronPicker), plot_(new MembranePlot),
      readout_(new ReadoutPlot) {
  setDocumentMode(true);
  auto* neurons = new QWidget;
  auto* column = new QVBoxLayout(neurons);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(picker_);
  column->addWidget(plot_, 1);
  addTab(neurons, tr("Neurons"));
  addTab(readout_, tr("Read-out"));
}

void MembraneView::setProbe(const std::shared_ptr<const SampleProbe>& probe) {
  plot_->setProbe(probe);
  readout_->setProbe(probe);
}

void MembraneView::setDataset(const QString& dataset) { readout_->setDataset(dataset); }

}  // namespace paralif
