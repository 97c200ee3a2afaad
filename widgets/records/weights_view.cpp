// Counts become densities in % of a layer's weights, so that layers of any size compare.
#include "widgets/records/weights_view.h"

#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

#include "widgets/records/layer_names.h"

namespace paralif {
namespace {

const char* const emptyHint = "Weights appear when training starts (F5)";
constexpr std::string_view countsEnd = ".counts";

double binWidth(const WeightsPlot::Spread& spread) {
  return (spread.maximum - spread.minimum) / double(std::max<std::size_t>(1, spread.counts.size()));
}

/// The layers that weights lead to, once each, as far as the record of weights itself knows them.
Record layersOf(const Record& weights) {
  Record layers;
  for (const std::string& label : weights.labels) {
    if (layers.labels.empty() || layers.labels.back() != label) layers.labels.push_back(label);
  }
  return layers;
}

}  // namespace

WeightsPlot::WeightsPlot(QWidget* parent) : PlotView(tr("Weights"), parent) {
  setUpAxisRect(axisRect(), tr("Weight"), tr("Share of the layer (%)"));
  legend->setVisible(false);
  fitAxes();
  applyTheme();
  setHint(tr(emptyHint));
}

void WeightsPlot::setSpreads(std::vector<Spread> spreads) {
  setHint(spreads.empty() ? tr(emptyHint) : QString());
  spreads_ = std::move(spreads);
  dataChanged();
}

void WeightsPlot::refreshData() {
  const int layers = static_cast<int>(spreads_.size());
  if (graphCount() != layers) {
    clearGraphs();
    for (int i = 0; i < layers; ++i) addGraph()->setLineStyle(QCPGraph::lsStepCenter);
    legend->setVisible(layers > 0);
    applyTheme();
  }
  for (int i = 0; i < layers; ++i) {
    const Spread& spread = spreads_[static_cast<std::size_t>(i)];
    graph(i)->setName(spread.name);
    const double total = std::accumulate(spread.counts.begin(), spread.counts.end(), 0.0);
    QVector<QCPGraphData> points;
    for (std::size_t bin = 0; bin < spread.counts.size() && total > 0; ++bin) {
      points.append({spread.minimum + (double(bin) + 0.5) * binWidth(spread),
                     100.0 * double(spread.counts[bin]) / total});
    }
    graph(i)->data()->set(points, true);
  }
}

void WeightsPlot::fitAxes() {
  if (graphCount() == 0) {
    xAxis->setRange(-1.0, 1.0);
    yAxis->setRange(0.0, 10.0);
    return;
  }
  rescaleAxes();
  yAxis->setRange(0.0, yAxis->range().upper * 1.1);
}

void WeightsPlot::recolor(const Theme& colours) {
  for (int i = 0; i < graphCount(); ++i) {
    const QColor colour = colours.layerColor(i + 1);
    QColor fill = colour;
    fill.setAlpha(45);
    graph(i)->setPen(QPen(colour, 1.3));
    graph(i)->setBrush(QBrush(fill));
  }
}

void WeightsPlot::writeCsv(QTextStream& out) const {
  out << "layer,bin_lower,bin_upper,count\n";
  for (const Spread& spread : spreads_) {
    for (std::size_t bin = 0; bin < spread.counts.size(); ++bin) {
      const double lower = spread.minimum + double(bin) * binWidth(spread);
      out << spread.name << ',' << lower << ',' << lower + binWidth(spread) << ','
          << spread.counts[bin] << '\n';
    }
  }
}

WeightsView::WeightsView(QWidget* parent)
    : RecordView(tr("Weights"), "dock.weights", "weights", parent), plot_(new WeightsPlot) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_, 1);
}

void WeightsView::showRecords() {
  std::vector<WeightsPlot::Spread> spreads;
  if (const RecordPointer weights = record("weights")) {
    const RecordPointer known = record("layers");
    const Record own = layersOf(*weights);
    const Record& layers = known ? *known : own;
    int leading = 0;  // matrices so far that lead to the same layer
    for (const RecordArray& counts : weights->arrays) {
      if (!counts.name.ends_with(countsEnd)) continue;
      const std::string id = counts.name.substr(0, counts.name.size() - countsEnd.size());
      const RecordArray* range = weights->find(id + ".range");
      if (range == nullptr || range->values.size() != 2 || spreads.size() >= weights->labels.size()) {
        continue;
      }
      const std::string& to = weights->labels[spreads.size()];
      leading = !spreads.empty() && weights->labels[spreads.size() - 1] == to ? leading + 1 : 1;
      QString name = layerName(&layers, QString::fromStdString(to));
      if (leading > 1) name += QString(" (%1)").arg(leading);
      spreads.push_back({name, range->values[0], range->values[1], counts.values});
    }
  }
  plot_->setSpreads(std::move(spreads));
}

}  // namespace paralif
