// Axes, read-out and clicks of the decision map.
#include "widgets/views/decision_map_view.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/views/class_names.h"

namespace paralif {
namespace {

const QString yinYang = QStringLiteral("yinyang");

}  // namespace

DecisionMapPlot::DecisionMapPlot(QWidget* parent) : PlotView(tr("Decision map"), parent) {
  setUpAxisRect(axisRect(), tr("x"), tr("y"));
  xAxis->grid()->setVisible(false);
  yAxis->grid()->setVisible(false);
  item_ = new DecisionMapItem(xAxis, yAxis);
  fitAxes();
  applyTheme();
}

void DecisionMapPlot::setMap(std::shared_ptr<const DecisionMap> map) {
  if (map == map_) return;
  map_ = std::move(map);
  dataChanged();
}

void DecisionMapPlot::setDataset(const QString& dataset) {
  dataset_ = dataset;
  item_->setYinYang(dataset == yinYang);
  replot(QCustomPlot::rpQueuedReplot);
}

void DecisionMapPlot::setMark(std::optional<QPointF> point, qint64 label) {
  item_->setMark(point, label);
  replot(QCustomPlot::rpQueuedReplot);
}

void DecisionMapPlot::refreshData() { item_->setMap(map_); }

void DecisionMapPlot::fitAxes() {
  const double width = std::max(1, axisRect()->width());
  const double height = std::max(1, axisRect()->height());
  const double side = 1.06;
  const double across = side * std::max(1.0, width / height);
  const double up = side * std::max(1.0, height / width);
  xAxis->setRange(0.5 - across / 2, 0.5 + across / 2);
  yAxis->setRange(0.5 - up / 2, 0.5 + up / 2);
}

void DecisionMapPlot::recolor(const Theme& colours) { item_->setTheme(colours); }

QString DecisionMapPlot::readout(const QCPAxisRect&, QPointF position) const {
  const double x = xAxis->pixelToCoord(position.x());
  const double y = yAxis->pixelToCoord(position.y());
  if (x < 0 || y < 0 || x > 1 || y > 1) return {};
  QString text = tr("x %1, y %2").arg(x, 0, 'f', 3).arg(y, 0, 'f', 3);
  const auto& map = item_->map();
  if (!map || map->side < 2) return text;
  const double cells = double(map->side - 1);
  const auto at = static_cast<std::size_t>(std::lround(y * cells) * map->side +
                                           std::lround(x * cells));
  if (map->predicted[at] < 0) return text;
  return text + tr("\n%1, confidence %2 %")
                    .arg(className(dataset_, map->predicted[at]))
                    .arg(double(map->confidence[at]) * 100.0, 0, 'f', 0);
}

void DecisionMapPlot::mousePressEvent(QMouseEvent* event) {
  press_ = event->position().toPoint();
  PlotView::mousePressEvent(event);
}

void DecisionMapPlot::mouseReleaseEvent(QMouseEvent* event) {
  PlotView::mouseReleaseEvent(event);
  const QPoint position = event->position().toPoint();
  const bool click = (position - press_).manhattanLength() <= 2;
  if (!click || event->button() != Qt::LeftButton || !axisRect()->rect().contains(position)) return;
  const QPointF point(xAxis->pixelToCoord(position.x()), yAxis->pixelToCoord(position.y()));
  Q_EMIT pointClicked(point);
}

void DecisionMapPlot::writeCsv(QTextStream& out) const {
  out << "x,y,predicted,confidence\n";
  const auto& map = item_->map();
  if (!map) return;
  const double cells = double(std::max<std::int64_t>(1, map->side - 1));
  for (std::int64_t row = 0; row < map->side; ++row) {
    for (std::int64_t column = 0; column < map->side; ++column) {
      const auto at = static_cast<std::size_t>(row * map->side + column);
      out << double(column) / cells << ',' << double(row) / cells << ','
          << int(map->predicted[at]) << ',' << map->confidence[at] << '\n';
    }
  }
}

DecisionMapView::DecisionMapView(QWidget* parent)
    : QWidget(parent), key_(new QLabel(this)), plot_(new DecisionMapPlot(this)) {
  key_->setContentsMargins(8, 5, 8, 3);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(key_);
  column->addWidget(plot_, 1);
  updateKey();
}

void DecisionMapView::setDataset(const QString& dataset) {
  if (dataset == dataset_) return;
  dataset_ = dataset;
  plot_->setDataset(dataset);
  updateKey();
}

void DecisionMapView::updateKey() {
  const Theme& colours = Theme::of(palette());
  QString text;
  const int classes = dataset_ == yinYang ? 3 : int(colours.series.size());
  for (int label = 0; label < classes; ++label) {
    text += QString("<span style='color:%1'>■</span> %2 &nbsp; ")
                .arg(colours.classColor(label).name(), className(dataset_, label));
  }
  key_->setText(text + tr("<span style='color:%1'>pale: unsure</span>").arg(colours.muted.name()));
  key_->setToolTip(tr("Colour: predicted class. Strength: confidence (softmax of the winning "
                      "read-out). Yin-Yang: lines are the true classes. Circle: chosen test sample; click to choose "
                      "the nearest."));
}

void DecisionMapView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) updateKey();
}

}  // namespace paralif
