// The two tabs.
#include "widgets/views/membrane_view.h"

#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/views/view_caption.h"

namespace paralif {

MembraneView::MembraneView(QWidget* parent)
    : QTabWidget(parent), picker_(new NeuronPicker), caption_(new ViewCaption(this)),
      plot_(new MembranePlot),
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
  probe_ = probe;
  plot_->setProbe(probe);
  readout_->setProbe(probe);
}

// Beside the tabs: a corner widget of a tab widget would keep the window from being narrow.
void MembraneView::resizeEvent(QResizeEvent* event) {
  QTabWidget::resizeEvent(event);
  const int from = tabBar()->sizeHint().width() + 8;
  caption_->setGeometry(from, 0, std::max(0, width() - from), tabBar()->sizeHint().height());
  caption_->raise();
}

void MembraneView::setProblem(const QString& sentence) {
  picker_->setEnabled(sentence.isEmpty());
  picker_->setToolTip(sentence);
}

void MembraneView::setClassNames(const ClassNames& names) { readout_->setClassNames(names); }

}  // namespace paralif
