// Cells painted by a plottable, so that the matrix zooms and exports as every plot.
#include "widgets/views/confusion_view.h"

#include <algorithm>
#include <cmath>

#include "widgets/views/class_names.h"

namespace paralif {
namespace {

const char* const emptyHint = "The matrix appears after the first epoch";

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
    if (!view_.matrix_) return;
    const Theme& colours = view_.theme();
    const qint64 classes = view_.matrix_->classes;
    painter->setAntialiasing(false);
    QFont small = view_.font();
    small.setPointSizeF(8.0);
    for (qint64 truth = 0; truth < classes; ++truth) {
      for (qint64 predicted = 0; predicted < classes; ++predicted) {
        const QPointF from(mKeyAxis->coordToPixel(double(predicted) - 0.5),
                           mValueAxis->coordToPixel(double(truth) - 0.5));
        const QPointF to(mKeyAxis->coordToPixel(double(predicted) + 0.5),
                         mValueAxis->coordToPixel(double(truth) + 0.5));
        const QRectF cell = QRectF(from, to).normalized().adjusted(1, 1, -1, -1);
        const double share = view_.shareAt(truth, predicted);
        const QColor full = truth == predicted ? colours.series[0] : colours.series[1];
        painter->fillRect(cell, mix(colours.surface, full, 0.05 + 0.8 * share));
        drawText(painter, cell, truth, predicted, share, small, colours);
      }
    }
  }
  void drawLegendIcon(QCPPainter*, const QRectF&) const override {}

 private:
  void drawText(QCPPainter* painter, const QRectF& cell, qint64 truth, qint64 predicted,
                double share, const QFont& small, const Theme& colours) const {
    if (cell.width() < 26 || cell.height() < 14) return;
    const bool onFull = share > 0.5;
    painter->setPen(onFull == colours.dark ? QColor("#10131a") : QColor("#ffffff"));
    if (!onFull) painter->setPen(colours.text);
    painter->setFont(small);
    QString text = QString::number(view_.countAt(truth, predicted));
    if (cell.height() >= 30) text += QString("\n%1 %").arg(share * 100.0, 0, 'f', 1);
    painter->drawText(cell, Qt::AlignCenter, text);
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
  yAxis->setTickLabelRotation(-90);
  xAxis->grid()->setVisible(false);
  yAxis->grid()->setVisible(false);
  fitAxes();
  applyTheme();
  setHint(tr(emptyHint));
}

void ConfusionView::setMatrix(std::shared_ptr<const ConfusionMatrix> matrix,
                              const QString& dataset) {
  if (matrix == matrix_) return;
  setHint(matrix ? QString() : tr(emptyHint));
  matrix_ = std::move(matrix);
  dataset_ = dataset;
  dataChanged();
}

qint64 ConfusionView::countAt(qint64 truth, qint64 predicted) const {
  if (!matrix_) return -1;
  const qint64 classes = matrix_->classes;
  if (truth < 0 || predicted < 0 || truth >= classes || predicted >= classes) return -1;
  return matrix_->counts[static_cast<std::size_t>(truth * classes + predicted)];
}

double ConfusionView::shareAt(qint64 truth, qint64 predicted) const {
  qint64 total = 0;
  for (qint64 other = 0; matrix_ && other < matrix_->classes; ++other) {
    total += countAt(truth, other);
  }
  return total > 0 ? double(countAt(truth, predicted)) / double(total) : 0.0;
}

void ConfusionView::refreshData() {
  QMap<double, QString> ticks;
  for (qint64 label = 0; matrix_ && label < matrix_->classes; ++label) {
    ticks.insert(double(label), className(dataset_, label));
  }
  columns_->setTicks(ticks);
  rows_->setTicks(ticks);
}

void ConfusionView::fitAxes() {
  const double classes = matrix_ ? double(matrix_->classes) : 3.0;
  xAxis->setRange(-0.5, classes - 0.5);
  yAxis->setRange(-0.5, classes - 0.5);
}

void ConfusionView::recolor(const Theme&) {}

QString ConfusionView::readout(const QCPAxisRect&, QPointF position) const {
  const auto predicted = std::lround(xAxis->pixelToCoord(position.x()));
  const auto truth = std::lround(yAxis->pixelToCoord(position.y()));
  const qint64 count = countAt(truth, predicted);
  if (count < 0) return {};
  return tr("%1 read as %2\n%3 samples, %4 % of the class")
      .arg(className(dataset_, truth), className(dataset_, predicted))
      .arg(count)
      .arg(shareAt(truth, predicted) * 100.0, 0, 'f', 1);
}

void ConfusionView::writeCsv(QTextStream& out) const {
  out << "true,predicted,count,share_of_row\n";
  for (qint64 truth = 0; matrix_ && truth < matrix_->classes; ++truth) {
    for (qint64 predicted = 0; predicted < matrix_->classes; ++predicted) {
      out << className(dataset_, truth) << ',' << className(dataset_, predicted) << ','
          << countAt(truth, predicted) << ',' << shareAt(truth, predicted) << '\n';
    }
  }
}

}  // namespace paralif
