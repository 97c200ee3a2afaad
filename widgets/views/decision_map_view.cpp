// Axes, read-out and clicks of the decision map.
#include "widgets/views/decision_map_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/views/view_caption.h"

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

void DecisionMapPlot::setClassNames(const ClassNames& names) {
  names_ = names;
  item_->setYinYang(names.dataset == yinYang);
  replot(QCustomPlot::rpQueuedReplot);
}

void DecisionMapPlot::setPoints(std::shared_ptr<const std::vector<PlanePoint>> points) {
  if (points == points_) return;
  points_ = std::move(points);
  while (!dots_.isEmpty()) removeGraph(dots_.takeLast());
  if (points_) {
    constexpr std::size_t most = 2000;  // more would hide the map
    const std::size_t every = (points_->size() + most - 1) / most;
    for (std::size_t i = 0; i < points_->size(); i += every) {
      const PlanePoint& point = (*points_)[i];
      while (dots_.size() <= point.label) {
        dots_.append(addGraph());
        dots_.last()->setLineStyle(QCPGraph::lsNone);
        dots_.last()->setLayer("overlay");
      }
      dots_[point.label]->addData(double(point.x), double(point.y));
    }
  }
  applyTheme();
}

qsizetype DecisionMapPlot::pointsDrawn() const {
  qsizetype all = 0;
  for (const QCPGraph* dots : dots_) all += dots->dataCount();
  return all;
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

void DecisionMapPlot::recolor(const Theme& colours) {
  item_->setTheme(colours);
  for (qsizetype label = 0; label < dots_.size(); ++label) {
    dots_[label]->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc,
                                                  QPen(colours.surface, 0.8),
                                                  QBrush(colours.classColor(label)), 5));
  }
}

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
                    .arg(names_.of(map->predicted[at]))
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
    : QWidget(parent), key_(new QLabel(this)), note_(new QLabel(this)), caption_(new ViewCaption(this)),
      plot_(new DecisionMapPlot(this)) {
  key_->setObjectName("mapKey");
  key_->setContentsMargins(8, 5, 8, 3);
  key_->setWordWrap(true);
  note_->setObjectName("mapNote");
  note_->setWordWrap(true);
  note_->setContentsMargins(8, 0, 0, 2);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(key_);
  auto* second = new QHBoxLayout;
  second->setContentsMargins(0, 0, 0, 0);
  second->addWidget(note_);
  second->addWidget(caption_, 1);
  column->addLayout(second);
  column->addWidget(plot_, 1);
  updateKey();
}

void DecisionMapView::setClassNames(const ClassNames& names) {
  if (names == names_) return;
  names_ = names;
  plot_->setClassNames(names);
  updateKey();
}

void DecisionMapView::setClasses(int classes) {
  classes_ = classes;
  updateKey();
}

QString DecisionMapView::key() const { return key_->text() + note_->text(); }

void DecisionMapView::updateKey() {
  const Theme& colours = Theme::of(palette());
  QString text;
  const int classes = names_.dataset == yinYang ? 3 : classes_;
  for (int label = 0; label < classes; ++label) {
    text += QString("<span style='color:%1'>■</span> %2 &nbsp; ")
                .arg(colours.classColor(label).name(),
                     names_.of(label).toHtmlEscaped());
  }
  key_->setText(text);
  // Colours fade into the ground, which is light or dark.
  note_->setText(QString("<span style='color:%1'>%2</span>")
                     .arg(colours.muted.name(),
                          colours.dark ? tr("dark: unsure · speckle: random input trains")
                                       : tr("pale: unsure · speckle: random input trains")));
  const QString tip =
      tr("Colour: predicted class. Strength: confidence (softmax of the winning read-out). "
         "Speckle: the input trains of each point are drawn at random, so that neighbours near a "
         "border may be predicted differently; longer trains have less of it. Yin-Yang: lines "
         "are the true classes. Circle: chosen test sample; click to choose the nearest.");
  key_->setToolTip(tip);
  note_->setToolTip(tip);
}

void DecisionMapView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) updateKey();
}

}  // namespace paralif
