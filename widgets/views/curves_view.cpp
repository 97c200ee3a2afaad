// Curves that grow point by point, without copying what is already drawn.
#include "widgets/views/curves_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "core/experiments/fields.h"
#include "widgets/theme/words.h"
#include "widgets/views/view_caption.h"

namespace paralif {
namespace {

constexpr double percent = 100.0;

}  // namespace

CurvesPlot::CurvesPlot(QWidget* parent) : PlotView(tr("Learning curves"), parent) {
  plotLayout()->clear();
  loss_ = new QCPAxisRect(this);
  accuracy_ = new QCPAxisRect(this);
  plotLayout()->addElement(0, 0, loss_);
  plotLayout()->addElement(0, 1, accuracy_);
  setUpAxisRect(loss_, tr("Epoch"), tr("Loss"));
  setUpAxisRect(accuracy_, tr("Epoch"), tr("Accuracy (%)"));
  batchLoss_ = addCurve(loss_, tr("batch"));
  trainLoss_ = addCurve(loss_, tr("training"));
  validationLoss_ = addCurve(loss_, tr("validation"));
  testLoss_ = addCurve(loss_, tr("test"));
  trainAccuracy_ = addCurve(accuracy_, tr("training"));
  validationAccuracy_ = addCurve(accuracy_, tr("validation"));
  testAccuracy_ = addCurve(accuracy_, tr("test"));
  const auto link = [this](QCPAxis* from, QCPAxis* to) {
    connect(from, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), to,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
  };
  link(loss_->axis(QCPAxis::atBottom), accuracy_->axis(QCPAxis::atBottom));
  link(accuracy_->axis(QCPAxis::atBottom), loss_->axis(QCPAxis::atBottom));

  auto* key = new QCPLegend;
  loss_->insetLayout()->addElement(key, Qt::AlignTop | Qt::AlignRight);
  key->setLayer("legend");
  for (QCPGraph* graph : {batchLoss_, trainLoss_, testLoss_}) graph->addToLegend(key);
  key_ = key;
  fitAxes();
  applyTheme();
}

QCPGraph* CurvesPlot::addCurve(QCPAxisRect* rect, const QString& name) {
  QCPGraph* graph = addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
  graph->setName(name);
  return graph;
}

void CurvesPlot::setSeries(const MetricSeries* series) {
  series_ = series;
  dataChanged();
}

void CurvesPlot::setEpochs(qint64 epochs) { epochs_ = epochs; }

void CurvesPlot::refreshData() {
  QVector<QCPGraphData> batches;
  QVector<QCPGraphData> curves[6];
  if (series_ != nullptr) {
    batches.reserve(static_cast<qsizetype>(series_->batches.size()));
    for (const BatchMetrics& batch : series_->batches) {
      batches.append({series_->epochOf(batch), batch.loss});
    }
    for (const EpochMetrics& epoch : series_->epochs) {
      const double x = double(epoch.epoch);
      curves[0].append({x, epoch.train_loss});
      curves[1].append({x, epoch.test_loss});
      curves[2].append({x, epoch.train_accuracy * percent});
      curves[3].append({x, epoch.test_accuracy * percent});
      if (!epoch.validation_accuracy) continue;
      curves[4].append({x, epoch.validation_loss.value_or(0.0)});
      curves[5].append({x, *epoch.validation_accuracy * percent});
    }
  }
  const qint64 together = series_ != nullptr ? series_->batchesAPoint : 1;
  batchLoss_->setName(together > 1 ? tr("mean of %1 batches").arg(together) : tr("batch"));
  batchLoss_->data()->set(batches, true);
  if (curves[4].isEmpty()) {
    validationLoss_->removeFromLegend(key_);
  } else if (!key_->hasItemWithPlottable(validationLoss_)) {
    validationLoss_->addToLegend(key_);
  }
  QCPGraph* const graphs[] = {trainLoss_,    testLoss_,       trainAccuracy_,
                              testAccuracy_, validationLoss_, validationAccuracy_};
  for (int i = 0; i < 6; ++i) graphs[i]->data()->set(curves[i], true);
  showChanges();
}

void CurvesPlot::showChanges() {
  const std::size_t wanted = series_ != nullptr ? series_->changes.size() : 0;
  if (wanted == static_cast<std::size_t>(marks_.size()) && wanted == 0) return;
  for (const Mark& mark : std::as_const(marks_)) {
    removeItem(mark.line);
    removeItem(mark.text);
  }
  marks_.clear();
  for (std::size_t i = 0; i < wanted; ++i) {
    const AppliedChange& change = series_->changes[i];
    const Field* field = find_field(change.key);
    const double at = series_->epochOf(change);
    auto* line = new QCPItemStraightLine(this);
    auto* text = new QCPItemText(this);
    for (QCPItemPosition* position : {line->point1, line->point2}) {
      position->setAxes(loss_->axis(QCPAxis::atBottom), loss_->axis(QCPAxis::atLeft));
      position->setAxisRect(loss_);
      position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    line->point1->setCoords(at, 0.0);
    line->point2->setCoords(at, 1.0);
    line->setClipAxisRect(loss_);
    text->position->setAxes(loss_->axis(QCPAxis::atBottom), loss_->axis(QCPAxis::atLeft));
    text->position->setAxisRect(loss_);
    text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    // Neighbours stand on lines of their own.
    text->position->setCoords(at, 0.98 - 0.09 * double(i % 4));
    text->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    text->setPadding(QMargins(3, 0, 3, 0));
    text->setClipAxisRect(loss_);
    const QString label =
        field != nullptr ? textOf(field->label) : QString::fromStdString(change.key);
    text->setText(label + " " + QString::fromStdString(change.value));
    marks_.append({line, text});
  }
  recolor(theme());
}

void CurvesPlot::fitAxes() {
  bool foundX = false;
  const QCPRange shown = batchLoss_->data()->keyRange(foundX);
  // The axis grows in whole epochs, so that it does not creep with every batch.
  double end = foundX ? std::ceil(shown.upper) : 1.0;
  if (epochs_ > 0 && end > 0.6 * double(epochs_)) end = double(epochs_);
  loss_->axis(QCPAxis::atBottom)->setRange(0.0, std::max(1.0, end) * 1.02);
  bool foundY = false;
  QCPRange losses = batchLoss_->data()->valueRange(foundY);
  for (const QCPGraph* graph : {trainLoss_, validationLoss_, testLoss_}) {
    bool found = false;
    const QCPRange range = graph->data()->valueRange(found);
    if (found) losses = foundY ? losses.expanded(range) : range;
    foundY = foundY || found;
  }
  const double margin = 0.06 * std::max(losses.size(), 1e-3);
  loss_->axis(QCPAxis::atLeft)
      ->setRange(foundY ? std::max(0.0, losses.lower - margin) : 0.0,
                 foundY ? losses.upper + margin : 1.0);
  bool foundAccuracy = false;
  double lowest = trainAccuracy_->data()->valueRange(foundAccuracy).lower;
  bool foundTest = false;
  const double lowestTest = testAccuracy_->data()->valueRange(foundTest).lower;
  if (foundTest) lowest = std::min(lowest, lowestTest);
  const double from = foundAccuracy ? std::max(0.0, std::floor((lowest - 2.0) / 10.0) * 10.0) : 0.0;
  accuracy_->axis(QCPAxis::atLeft)->setRange(from, percent);
}

void CurvesPlot::recolor(const Theme& colours) {
  const QColor train = colours.series[0];
  const QColor test = colours.series[1];
  QColor faint = mix(colours.surface, train, 0.38);
  batchLoss_->setPen(QPen(faint, 1));
  const auto style = [&colours](QCPGraph* graph, const QColor& colour) {
    graph->setPen(QPen(colour, 1.6));
    graph->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(colour, 1), colour, 4));
  };
  QFont small = font();
  small.setPointSizeF(8.0);
  for (const Mark& mark : std::as_const(marks_)) {
    mark.line->setPen(QPen(colours.muted, 1, Qt::DashLine));
    mark.text->setFont(small);
    mark.text->setColor(colours.text);
    mark.text->setBrush(QBrush(colours.surface));
  }
  style(trainLoss_, train);
  style(trainAccuracy_, train);
  style(validationLoss_, colours.series[2]);
  style(validationAccuracy_, colours.series[2]);
  style(testLoss_, test);
  style(testAccuracy_, test);
}

QString CurvesPlot::readout(const QCPAxisRect& rect, QPointF position) const {
  const double epoch = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  const double value = rect.axis(QCPAxis::atLeft)->pixelToCoord(position.y());
  const bool isLoss = &rect == loss_;
  QString text = tr("epoch %1 · %2").arg(epoch, 0, 'f', 2).arg(
      isLoss ? tr("loss %1").arg(value, 0, 'f', 3) : tr("%1 %").arg(value, 0, 'f', 1));
  const auto nearest = qint64(std::lround(epoch));
  if (series_ == nullptr || nearest < 1) return text;
  for (const EpochMetrics& at : series_->epochs) {
    if (at.epoch != nearest) continue;
    const double train = isLoss ? at.train_loss : at.train_accuracy * percent;
    const double test = isLoss ? at.test_loss : at.test_accuracy * percent;
    const int digits = isLoss ? 3 : 1;
    text += tr("\nepoch %1: training %2, test %3")
                .arg(nearest)
                .arg(train, 0, 'f', digits)
                .arg(test, 0, 'f', digits);
    if (at.validation_accuracy) {
      text += tr(", validation %1")
                  .arg(isLoss ? at.validation_loss.value_or(0.0) : *at.validation_accuracy * percent,
                       0, 'f', digits);
    }
  }
  return text;
}

void CurvesPlot::writeCsv(QTextStream& out) const {
  out << "epoch,train_loss,train_accuracy,validation_loss,validation_accuracy,test_loss,test_accuracy,"
         "train_seconds,learning_rate\n";
  if (series_ == nullptr) return;
  for (const EpochMetrics& epoch : series_->epochs) {
    out << epoch.epoch << ',' << epoch.train_loss << ',' << epoch.train_accuracy << ',';
    if (epoch.validation_loss) out << *epoch.validation_loss;
    out << ',';
    if (epoch.validation_accuracy) out << *epoch.validation_accuracy;
    out << ',' << epoch.test_loss << ',' << epoch.test_accuracy << ',' << epoch.train_seconds << ','
        << epoch.learning_rate << '\n';
  }
}

CurvesView::CurvesView(QWidget* parent)
    : QWidget(parent), summary_(new QLabel(this)), caption_(new ViewCaption(this)),
      plot_(new CurvesPlot(this)) {
  summary_->setObjectName("accuracyLabel");
  summary_->setContentsMargins(8, 5, 8, 3);
  summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* header = new QHBoxLayout;
  header->setContentsMargins(0, 0, 0, 0);
  // Neither keeps the window from being narrow.
  summary_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  caption_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  header->addWidget(summary_, 3);
  header->addWidget(caption_, 1);
  column->addLayout(header);
  column->addWidget(plot_, 1);
  setSeries(nullptr, 0);
}

void CurvesView::setSeries(const MetricSeries* series, qint64 epochs) {
  plot_->setEpochs(epochs);
  plot_->setSeries(series);
  if (series == nullptr || series->epochs.empty()) {
    summary_->setText(tr("Accuracy appears after the first epoch"));
    return;
  }
  const EpochMetrics& last = series->epochs.back();
  QString text = tr("Test <b>%1 %</b> · training %2 %")
                     .arg(last.test_accuracy * percent, 0, 'f', 1)
                     .arg(last.train_accuracy * percent, 0, 'f', 1);
  // Only what was kept out to choose by has a best.
  const auto& best = series->best;
  if (last.validation_accuracy) {
    text += tr(" · validation %1 %").arg(*last.validation_accuracy * percent, 0, 'f', 1);
  }
  if (best && best->validation_accuracy) {
    text += tr(", best %1 % (epoch %2)")
                .arg(*best->validation_accuracy * percent, 0, 'f', 1)
                .arg(best->epoch);
  }
  summary_->setText(text);
}

}  // namespace paralif
