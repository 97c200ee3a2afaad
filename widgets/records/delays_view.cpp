#include "widgets/records/delays_view.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

#include "core/experiments/experiment.h"
#include "widgets/records/array_choice.h"
#include "widgets/records/layer_names.h"
#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

const char* const ending = ".edges";

struct Constant {
  QString title, label;
  float scale = 1.0F;
};

Constant constantOf(const QString& name) {
  if (name == "delay") return {DelaysView::tr("delay"), DelaysView::tr("Delay (steps)")};
  if (name == "tau") {
    return {DelaysView::tr("membrane time constant"), DelaysView::tr("Time constant (steps)")};
  }
  if (name == "tau_mem") {
    return {DelaysView::tr("membrane time constant"), DelaysView::tr("Time constant (ms)"), 1e3F};
  }
  if (name == "tau_syn") {
    return {DelaysView::tr("synaptic time constant"), DelaysView::tr("Time constant (ms)"), 1e3F};
  }
  return {name, name};
}

}  // namespace

SpreadPlot::SpreadPlot(QWidget* parent)
    : PlotView(tr("Delays"), parent), start_(addGraph()), now_(addGraph()) {
  setUpAxisRect(axisRect(), tr("Delay (steps)"), tr("Share of the values (%)"));
  start_->setName(tr("before training"));
  now_->setName(tr("now"));
  for (QCPGraph* graph : {start_, now_}) graph->setLineStyle(QCPGraph::lsStepLeft);
  legend->setVisible(true);
  fitAxes();
  applyTheme();
}

void SpreadPlot::setSpread(Spread spread) {
  spread_ = std::move(spread);
  if (!spread_.label.isEmpty()) xAxis->setLabel(spread_.label);
  dataChanged();
}

void SpreadPlot::refreshData() {
  const auto fill = [&](QCPGraph* graph, const std::vector<float>& counts) {
    double total = 0.0;
    for (const float count : counts) total += double(count);
    QVector<QCPGraphData> points;
    if (spread_.edges.size() == counts.size() + 1 && total > 0.0) {
      for (std::size_t i = 0; i < counts.size(); ++i) {
        points.append({double(spread_.edges[i]), 100.0 * double(counts[i]) / total});
      }
      points.append({double(spread_.edges.back()), 0.0});
    }
    graph->data()->set(points, true);
  };
  fill(start_, spread_.start);
  fill(now_, spread_.now);
}

void SpreadPlot::fitAxes() {
  if (spread_.edges.size() < 2) {
    xAxis->setRange(0.0, 25.0);
    yAxis->setRange(0.0, 10.0);
    return;
  }
  rescaleAxes();
  yAxis->setRange(0.0, yAxis->range().upper * 1.15);
}

void SpreadPlot::recolor(const Theme& colours) {
  start_->setPen(QPen(colours.muted, 1.2, Qt::DashLine));
  QColor fill = colours.series[0];
  now_->setPen(QPen(fill, 1.4));
  fill.setAlpha(60);
  now_->setBrush(QBrush(fill));
}

void SpreadPlot::writeCsv(QTextStream& out) const {
  out << "lower,upper,count_now,count_before_training\n";
  for (std::size_t i = 0; i + 1 < spread_.edges.size(); ++i) {
    out << spread_.edges[i] << ',' << spread_.edges[i + 1] << ',' << spread_.now[i] << ','
        << spread_.start[i] << '\n';
  }
}

DelaysView::DelaysView(QWidget* parent)
    : RecordView(tr("Delays"), "dock.delays", "constants", parent),
      value_(new ArrayChoice(tr("Values that are shown"))), plot_(new SpreadPlot) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 2, 0, 0);
  column->setSpacing(2);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(value_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(plot_, 1);
  connect(value_, &ArrayChoice::chosenByUser, this, &DelaysView::draw);
  showRecords();
}

bool DelaysView::applies(const Experiment& experiment) const {
  const auto& layers = experiment.network.layers.layers;
  if (layers.empty()) return experiment.neuron.learn_tau && experiment.neuron.tau_per_neuron;
  return std::ranges::any_of(layers, [](const LayerDescription& layer) {
    return layer.kind == "learned_delay" || layer.values.contains("tau_per_neuron");
  });
}

void DelaysView::showRecords() {
  QStringList ids;
  QStringList titles;
  const RecordPointer layers = record("layers");
  if (const RecordPointer constants = record("constants")) {
    for (const RecordArray& array : constants->arrays) {
      QString id = shownText(array.name);
      if (!id.endsWith(ending)) continue;
      id.chop(QString(ending).size());
      const qsizetype dot = id.lastIndexOf('.');
      ids.append(id);
      titles.append(tr("%1, %2").arg(layerName(layers.get(), id.left(dot)),
                                     constantOf(id.mid(dot + 1)).title));
    }
  }
  value_->offer(ids, titles);
  value_->setVisible(!ids.isEmpty());
  plot_->setHintText(ids.isEmpty() ? tr("Learned values appear when training starts (F5)")
                                   : QString());
  draw();
}

void DelaysView::draw() {
  SpreadPlot::Spread spread;
  const std::string id = value_->chosen().toStdString();
  const RecordPointer constants = record("constants");
  const auto values = [&](const char* part) {
    const RecordArray* array = constants ? constants->find(id + part) : nullptr;
    return array == nullptr ? std::vector<float>() : array->values;
  };
  spread.edges = values(ending);
  spread.now = values(".now");
  spread.start = values(".start");
  const bool whole = !spread.edges.empty() && spread.now.size() + 1 == spread.edges.size() &&
                     spread.start.size() == spread.now.size();
  if (!whole) spread = {};
  const QString name = value_->chosen();
  const Constant constant = constantOf(name.mid(name.lastIndexOf('.') + 1));
  for (float& edge : spread.edges) edge *= constant.scale;
  spread.label = name.isEmpty() ? tr("Delay (steps)") : constant.label;
  plot_->setSpread(std::move(spread));
}

}  // namespace paralif
