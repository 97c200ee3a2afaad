// Counts become densities in % of a layer's weights, so that layers of any size compare.
#include "widgets/views/weights_view.h"

#include <algorithm>
#include <numeric>

namespace paralif {
namespace {

const char* const emptyHint = "Weights appear when training starts (F5)";

}  // namespace

WeightsView::WeightsView(QWidget* parent) : PlotView(tr("Weights"), parent) {
  setUpAxisRect(axisRect(), tr("Weight"), tr("Share of the layer (%)"));
  legend->setVisible(false);
  fitAxes();
  applyTheme();
  setHint(tr(emptyHint));
}

void WeightsView::setWeights(Weights weights) {
  if (weights == weights_) return;
  setHint(weights ? QString() : tr(emptyHint));
  weights_ = std::move(weights);
  dataChanged();
}

void WeightsView::refreshData() {
  const int layers = weights_ ? static_cast<int>(weights_->size()) : 0;
  if (graphCount() != layers) {
    clearGraphs();
    for (int i = 0; i < layers; ++i) addGraph()->setLineStyle(QCPGraph::lsStepCenter);
    legend->setVisible(layers > 0);
    applyTheme();
  }
  for (int i = 0; i < layers; ++i) {
    const LayerWeights& layer = (*weights_)[static_cast<std::size_t>(i)];
    const Histogram& bins = layer.histogram;
    graph(i)->setName(QString::fromStdString(layer.name));
    const double total =
        double(std::accumulate(bins.counts.begin(), bins.counts.end(), std::int64_t{0}));
    const double width = (bins.maximum - bins.minimum) / double(std::max<std::size_t>(
                                                             1, bins.counts.size()));
    QVector<QCPGraphData> points;
    for (std::size_t bin = 0; bin < bins.counts.size() && total > 0; ++bin) {
      points.append({bins.minimum + (double(bin) + 0.5) * width,
                     100.0 * double(bins.counts[bin]) / total});
    }
    graph(i)->data()->set(points, true);
  }
}

void WeightsView::fitAxes() {
  if (graphCount() == 0) {
    xAxis->setRange(-1.0, 1.0);
    yAxis->setRange(0.0, 10.0);
    return;
  }
  rescaleAxes();
  yAxis->setRange(0.0, yAxis->range().upper * 1.1);
}

void WeightsView::recolor(const Theme& colours) {
  for (int i = 0; i < graphCount(); ++i) {
    const QColor colour = colours.layerColor(i + 1);
    QColor fill = colour;
    fill.setAlpha(45);
    graph(i)->setPen(QPen(colour, 1.3));
    graph(i)->setBrush(QBrush(fill));
  }
}

void WeightsView::writeCsv(QTextStream& out) const {
  out << "layer,bin_lower,bin_upper,count\n";
  if (!weights_) return;
  for (const LayerWeights& layer : *weights_) {
    const Histogram& bins = layer.histogram;
    const double width =
        (bins.maximum - bins.minimum) / double(std::max<std::size_t>(1, bins.counts.size()));
    for (std::size_t bin = 0; bin < bins.counts.size(); ++bin) {
      const double lower = bins.minimum + double(bin) * width;
      out << QString::fromStdString(layer.name) << ',' << lower << ',' << lower + width << ','
          << bins.counts[bin] << '\n';
    }
  }
}

}  // namespace paralif
