// Two graphs a run, in the colour of its place; the second six runs are dashed.
#include "widgets/views/compare_view.h"
#include "widgets/theme/words.h"

#include <algorithm>
#include <cmath>

namespace paralif {
namespace {

constexpr double percent = 100.0;

}  // namespace

CompareView::CompareView(QWidget* parent) : PlotView(tr("Runs compared"), parent) {
  plotLayout()->clear();
  loss_ = new QCPAxisRect(this);
  accuracy_ = new QCPAxisRect(this);
  key_ = new QCPLegend;
  plotLayout()->addElement(0, 0, loss_);
  plotLayout()->addElement(0, 1, accuracy_);
  auto* side = new QCPLayoutGrid;
  plotLayout()->addElement(0, 2, side);
  side->addElement(0, 0, key_);
  side->addElement(1, 0, new QCPLayoutElement);  // keeps the legend together at the top
  side->setRowStretchFactor(0, 0.001);
  setAutoAddPlottableToLegend(false);
  plotLayout()->setColumnStretchFactor(2, 0.001);
  key_->setFillOrder(QCPLayoutGrid::foRowsFirst);
  key_->setLayer("legend");
  setUpAxisRect(loss_, tr("Epoch"), tr("Test loss"));
  setUpAxisRect(accuracy_, tr("Epoch"), tr("Test accuracy (%)"));
  QCPAxis* const left = loss_->axis(QCPAxis::atBottom);
  QCPAxis* const right = accuracy_->axis(QCPAxis::atBottom);
  connect(left, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), right,
          qOverload<const QCPRange&>(&QCPAxis::setRange));
  connect(right, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), left,
          qOverload<const QCPRange&>(&QCPAxis::setRange));
  setRuns({});
  fitAxes();
  applyTheme();
}

void CompareView::setRuns(std::vector<ComparedRun> runs) {
  runs_ = std::move(runs);
  if (runs_.size() > mostRuns) runs_.resize(mostRuns);
  setHint(runs_.empty() ? tr("Choose runs above, several with Ctrl or Shift, to compare them")
                        : QString());
  // The hint lies across both plots, so that it would cross the right one's labels.
  for (QCPAxisRect* plot : {loss_, accuracy_}) plot->setVisible(!runs_.empty());
  dataChanged();
}

void CompareView::refreshData() {
  key_->clear();
  losses_.clear();
  accuracies_.clear();
  bands_.clear();
  clearPlottables();
  for (const ComparedRun& run : runs_) {
    QCPGraph* loss = addGraph(loss_->axis(QCPAxis::atBottom), loss_->axis(QCPAxis::atLeft));
    QCPGraph* accuracy =
        addGraph(accuracy_->axis(QCPAxis::atBottom), accuracy_->axis(QCPAxis::atLeft));
    for (const EpochMetrics& at : run.epochs) {
      loss->addData(double(at.epoch), at.test_loss);
      accuracy->addData(double(at.epoch), at.test_accuracy * percent);
    }
    loss->setName(run.name);
    loss->addToLegend(key_);
    losses_.push_back(loss);
    accuracies_.push_back(accuracy);
    std::vector<QCPGraph*> band = addBand(*loss, run.loss_deviation, 1.0);
    for (QCPGraph* graph : addBand(*accuracy, run.accuracy_deviation, percent)) band.push_back(graph);
    bands_.push_back(std::move(band));
  }
  key_->setVisible(!runs_.empty());
  recolor(theme());
}

std::vector<QCPGraph*> CompareView::addBand(const QCPGraph& curve,
                                            const std::vector<double>& deviations, double factor) {
  if (deviations.empty()) return {};
  QCPGraph* low = addGraph(curve.keyAxis(), curve.valueAxis());
  QCPGraph* high = addGraph(curve.keyAxis(), curve.valueAxis());
  int at = 0;
  for (const double deviation : deviations) {
    const auto point = curve.data()->at(at++);
    low->addData(point->key, point->value - factor * deviation);
    high->addData(point->key, point->value + factor * deviation);
  }
  high->setChannelFillGraph(low);
  return {low, high};
}

void CompareView::fitAxes() {
  double last = 1.0;
  double lowest = percent;
  double highest = 0.0;
  QCPRange losses(0.0, 0.0);
  bool any = false;
  for (const ComparedRun& run : runs_) {
    for (std::size_t i = 0; i < run.epochs.size(); ++i) {
      const EpochMetrics& at = run.epochs[i];
      const double spread =
          i < run.accuracy_deviation.size() ? run.accuracy_deviation[i] * percent : 0.0;
      last = std::max(last, double(at.epoch));
      lowest = std::min(lowest, at.test_accuracy * percent - spread);
      highest = std::max(highest, at.test_accuracy * percent + spread);
      if (!std::isfinite(at.test_loss)) continue;
      const double around = i < run.loss_deviation.size() ? run.loss_deviation[i] : 0.0;
      const QCPRange own(at.test_loss - around, at.test_loss + around);
      losses = any ? losses.expanded(own) : own;
      any = true;
    }
  }
  loss_->axis(QCPAxis::atBottom)->setRange(0.0, last * 1.02);
  const double margin = 0.06 * std::max(losses.size(), 1e-3);
  loss_->axis(QCPAxis::atLeft)
      ->setRange(any ? std::max(0.0, losses.lower - margin) : 0.0,
                 any ? losses.upper + margin : 1.0);
  accuracy_->axis(QCPAxis::atLeft)
      ->setRange(any ? std::max(0.0, std::floor((lowest - 1.0) / 5.0) * 5.0) : 0.0,
                 any ? std::min(percent, std::ceil((highest + 1.0) / 5.0) * 5.0) : percent);
}

void CompareView::recolor(const Theme& colours) {
  key_->setBorderPen(Qt::NoPen);
  key_->setBrush(Qt::NoBrush);
  for (std::size_t i = 0; i < losses_.size(); ++i) {
    const QColor colour = colours.series[i % colours.series.size()];
    const Qt::PenStyle line = i < colours.series.size() ? Qt::SolidLine : Qt::DashLine;
    for (QCPGraph* graph : {losses_[i], accuracies_[i]}) {
      graph->setPen(QPen(colour, 1.6, line));
      graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour, 1), colour, 4));
    }
    for (QCPGraph* graph : bands_[i]) {
      QColor shade = colour;
      shade.setAlpha(45);
      graph->setPen(Qt::NoPen);
      if (graph->channelFillGraph() != nullptr) graph->setBrush(shade);
    }
  }
}

QString CompareView::readout(const QCPAxisRect& rect, QPointF position) const {
  const auto epoch = qint64(std::lround(rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x())));
  const bool isLoss = &rect == loss_;
  QString text = tr("epoch %1").arg(epoch);
  for (const ComparedRun& run : runs_) {
    for (const EpochMetrics& at : run.epochs) {
      if (at.epoch != epoch) continue;
      text += "\n" + run.name + ": " +
              (isLoss ? QString::number(at.test_loss, 'f', 3)
                      : tr("%1 %").arg(at.test_accuracy * percent, 0, 'f', 1));
    }
  }
  return text;
}

void CompareView::writeCsv(QTextStream& out) const {
  out << "run,epoch,train_loss,train_accuracy,test_loss,test_accuracy\n";
  for (const ComparedRun& run : runs_) {
    const QString name = csvText(run.name);
    for (const EpochMetrics& at : run.epochs) {
      out << name << ',' << at.epoch << ',' << at.train_loss << ',' << at.train_accuracy
          << ',' << at.test_loss << ',' << at.test_accuracy << '\n';
    }
  }
}

}  // namespace paralif
