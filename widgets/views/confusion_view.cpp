// Cells painted by a plottable, so that the matrix zooms and exports as every plot.
#include "widgets/views/confusion_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace paralif {
namespace {

const char* const emptyHint = "The matrix appears after the first epoch";
constexpr int longestName = 96;  // pixels

QColor cellColor(const Theme& theme, bool right, double share) {
  return mix(theme.surface, right ? theme.series[0] : theme.series[1], 0.05 + 0.8 * share);
}

}  // namespace

class ConfusionView::Cells : public QCPAbstractPlottable {
 public:
  explicit Cells(ConfusionView& view)
      : QCPAbstractPlottable(view.xAxis, view.yAxis), view_(view) {
    setSelectable(QCP::stNone);
  }
  double selectTest(const QPointF&, bool, QVariant*) const override { return -1.0; }
  QCPRange getKeyRange(bool& found, QCP::SignDomain) const override {
    found = false;
    return {};
  }
  QCPRange getValueRange(bool& found, QCP::SignDomain, const QCPRange&) const override {
    found = false;
    return {};
  }

 protected:
  void draw(QCPPainter* painter) override {
    if (!view_.matrix_ || view_.image_.isNull()) return;
    const double classes = double(view_.matrix_->classes);
    painter->setAntialiasing(false);
    if (cell(0, 0).width() < gapFrom || cell(0, 0).height() < gapFrom) {
      const QPointF from(mKeyAxis->coordToPixel(-0.5), mValueAxis->coordToPixel(-0.5));
      const QPointF to(mKeyAxis->coordToPixel(classes - 0.5),
                       mValueAxis->coordToPixel(classes - 0.5));
      painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
      painter->drawImage(QRectF(from, to).normalized(), view_.image_);
      return;
    }
    drawCells(painter);
  }
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  static constexpr double gapFrom = 6.0;  ///< pixels of a cell from which on it stands apart

  [[nodiscard]] QRectF cell(qint64 truth, qint64 predicted) const {
    const QPointF from(mKeyAxis->coordToPixel(double(predicted) - 0.5),
                       mValueAxis->coordToPixel(double(truth) - 0.5));
    const QPointF to(mKeyAxis->coordToPixel(double(predicted) + 0.5),
                     mValueAxis->coordToPixel(double(truth) + 0.5));
    return QRectF(from, to).normalized().adjusted(1, 1, -1, -1);
  }

  /// Those in view: at 6 pixels each, a number bounded by the plot's size.
  void drawCells(QCPPainter* painter) const {
    const qint64 last = view_.matrix_->classes - 1;
    const auto within = [last](const QCPRange& range) {
      return std::pair(std::clamp<qint64>(std::llround(range.lower), 0, last),
                       std::clamp<qint64>(std::llround(range.upper), 0, last));
    };
    const auto [left, right] = within(mKeyAxis->range());
    const auto [top, bottom] = within(mValueAxis->range());
    QFont small = view_.font();
    small.setPointSizeF(8.0);
    painter->setFont(small);
    for (qint64 truth = top; truth <= bottom; ++truth) {
      for (qint64 predicted = left; predicted <= right; ++predicted) {
        const QRectF at = cell(truth, predicted);
        const double share = view_.shareAt(truth, predicted);
        painter->fillRect(at, cellColor(view_.theme(), truth == predicted, share));
        drawText(painter, at, truth, predicted, share);
      }
    }
  }

  void drawText(QCPPainter* painter, const QRectF& at, qint64 truth, qint64 predicted,
                double share) const {
    const QFontMetricsF metrics(painter->font());
    const QString count = QString::number(view_.countAt(truth, predicted));
    if (at.width() < metrics.horizontalAdvance(count) + 4 || at.height() < metrics.height()) return;
    const Theme& colours = view_.theme();
    const bool onFull = share > 0.5;
    painter->setPen(!onFull ? colours.text : QColor(colours.dark ? "#10131a" : "#ffffff"));
    const QString percent = QString("%1 %").arg(share * 100.0, 0, 'f', 1);
    const bool both = at.height() >= 2 * metrics.height() + 2 &&
                      at.width() >= metrics.horizontalAdvance(percent) + 4;
    painter->drawText(at, Qt::AlignCenter, both ? count + "\n" + percent : count);
  }

  ConfusionView& view_;
};

ConfusionView::ConfusionView(QWidget* parent)
    : PlotView(tr("Confusion matrix of the test set"), parent), columns_(new QCPAxisTickerText),
      rows_(new QCPAxisTickerText), cells_(new Cells(*this)) {
  setUpAxisRect(axisRect(), tr("Predicted class"), tr("True class"));
  xAxis->setTicker(columns_);
  yAxis->setTicker(rows_);
  yAxis->setRangeReversed(true);
  xAxis->grid()->setVisible(false);
  yAxis->grid()->setVisible(false);
  fitAxes();
  applyTheme();
  setHint(tr(emptyHint));
}

void ConfusionView::setMatrix(std::shared_ptr<const ConfusionMatrix> matrix,
                              const ClassNames& names) {
  if (matrix == matrix_ && names == names_) return;
  setHint(matrix ? QString() : tr(emptyHint));
  matrix_ = std::move(matrix);
  names_ = names;
  rowSums_.clear();
  for (qint64 truth = 0; matrix_ && truth < matrix_->classes; ++truth) {
    const auto first = matrix_->counts.begin() + truth * matrix_->classes;
    rowSums_.push_back(std::accumulate(first, first + matrix_->classes, std::int64_t{0}));
  }
  dataChanged();
}

qint64 ConfusionView::countAt(qint64 truth, qint64 predicted) const {
  if (!matrix_) return -1;
  const qint64 classes = matrix_->classes;
  if (truth < 0 || predicted < 0 || truth >= classes || predicted >= classes) return -1;
  return matrix_->counts[static_cast<std::size_t>(truth * classes + predicted)];
}

double ConfusionView::shareAt(qint64 truth, qint64 predicted) const {
  const qint64 count = countAt(truth, predicted);
  if (count < 0) return 0.0;
  const qint64 total = rowSums_[static_cast<std::size_t>(truth)];
  return total > 0 ? double(count) / double(total) : 0.0;
}

void ConfusionView::refreshData() {
  makeImage();
  placeNames();
}

void ConfusionView::makeImage() {
  image_ = QImage();
  if (!matrix_ || matrix_->classes <= 0) return;
  const qint64 classes = matrix_->classes;
  // Where cells share a pixel, the one with the greatest share is seen.
  const qint64 together = (classes + mostPixels - 1) / mostPixels;
  const int side = static_cast<int>((classes + together - 1) / together);
  std::vector<float> best(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), -1.0F);
  image_ = QImage(side, side, QImage::Format_RGB32);
  const Theme& colours = theme();
  for (qint64 truth = 0; truth < classes; ++truth) {
    const auto row = static_cast<std::size_t>(truth / together);
    auto* line = reinterpret_cast<QRgb*>(image_.scanLine(static_cast<int>(row)));
    for (qint64 predicted = 0; predicted < classes; ++predicted) {
      const auto column = static_cast<std::size_t>(predicted / together);
      float& most = best[row * static_cast<std::size_t>(side) + column];
      const auto share = static_cast<float>(shareAt(truth, predicted));
      if (share <= most) continue;
      most = share;
      line[column] = cellColor(colours, truth == predicted, double(share)).rgb();
    }
  }
}

void ConfusionView::placeNames() {
  const qint64 classes = matrix_ ? matrix_->classes : 0;
  QMap<double, QString> ticks;
  const QFontMetrics metrics(xAxis->tickLabelFont());
  const double room = double(std::max(1, axisRect()->width())) /
                      double(std::max<qint64>(1, classes));
  const double across = double(std::max(1, axisRect()->height())) /
                        double(std::max<qint64>(1, classes));
  const double line = metrics.height() + 1.0;
  const auto every = static_cast<qint64>(
      std::max(1.0, std::ceil(line / std::max(1e-9, std::min(room, across)))));
  int widest = 0;
  for (qint64 label = 0; label < classes; label += every) {
    const QString name = metrics.elidedText(names_.of(label), Qt::ElideRight, longestName);
    widest = std::max(widest, metrics.horizontalAdvance(name));
    ticks.insert(double(label), name);
  }
  // Upright where a name fits its column, else at an angle; rows have a line each.
  const bool fits = widest + 6 <= room * double(every);
  xAxis->setTickLabelRotation(fits ? 0 : -60);
  yAxis->setTickLabelRotation(0);
  columns_->setTicks(ticks);
  rows_->setTicks(ticks);
}

void ConfusionView::resizeEvent(QResizeEvent* event) {
  PlotView::resizeEvent(event);
  placeNames();
  replot(QCustomPlot::rpQueuedReplot);
}

void ConfusionView::fitAxes() {
  const double classes = matrix_ ? double(matrix_->classes) : 3.0;
  xAxis->setRange(-0.5, classes - 0.5);
  yAxis->setRange(-0.5, classes - 0.5);
}

void ConfusionView::recolor(const Theme&) { makeImage(); }

QString ConfusionView::readout(const QCPAxisRect&, QPointF position) const {
  const auto predicted = std::lround(xAxis->pixelToCoord(position.x()));
  const auto truth = std::lround(yAxis->pixelToCoord(position.y()));
  const qint64 count = countAt(truth, predicted);
  if (count < 0) return {};
  return tr("%1 predicted %2\n%3 samples, %4 % of the class")
      .arg(names_.of(truth), names_.of(predicted))
      .arg(count)
      .arg(shareAt(truth, predicted) * 100.0, 0, 'f', 1);
}

void ConfusionView::writeCsv(QTextStream& out) const {
  out << "true,predicted,count,share_of_row\n";
  for (qint64 truth = 0; matrix_ && truth < matrix_->classes; ++truth) {
    for (qint64 predicted = 0; predicted < matrix_->classes; ++predicted) {
      out << names_.of(truth) << ',' << names_.of(predicted) << ','
          << countAt(truth, predicted) << ',' << shareAt(truth, predicted) << '\n';
    }
  }
}

}  // namespace paralif
