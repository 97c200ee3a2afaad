// Writers of PNG, SVG, PDF and CSV.
#include "widgets/plots/plot_export.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QFileInfo>
#include <QPdfWriter>
#include <QSvgGenerator>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "widgets/plots/plot_view.h"

namespace paralif {
namespace {

void drawPlot(PlotView& plot, QPaintDevice& page) {
  QCPPainter painter;
  painter.begin(&page);
  painter.setMode(QCPPainter::pmVectorized);
  plot.toPainter(&painter, plot.width(), plot.height());
  painter.end();
}

void writeSvg(PlotView& plot, QIODevice& out) {
  QSvgGenerator drawing;
  drawing.setOutputDevice(&out);
  drawing.setSize(plot.size());
  drawing.setViewBox(QRect(QPoint(0, 0), plot.size()));
  drawing.setTitle(plot.name());
  drawPlot(plot, drawing);
}

void writePdf(PlotView& plot, QIODevice& out) {
  constexpr int pointsOfInch = 72;
  QPdfWriter page(&out);
  page.setResolution(pointsOfInch);
  page.setPageSize(QPageSize(QSizeF(plot.size()), QPageSize::Point, {}, QPageSize::ExactMatch));
  page.setPageMargins(QMarginsF(0, 0, 0, 0));
  page.setCreator("ParaLIF Studio");
  page.setTitle(plot.name());
  drawPlot(plot, page);
}

void writeCsv(const PlotView& plot, QIODevice& out) {
  QTextStream text(&out);
  plot.writeCsv(text);
}

}  // namespace

void exportPlot(PlotView& plot, const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  const std::string subject = path.toStdString();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (suffix == "png") {
    plot.toPixmap(0, 0, 2.0).save(&buffer, "PNG");
  } else if (suffix == "svg") {
    writeSvg(plot, buffer);
  } else if (suffix == "pdf") {
    writePdf(plot, buffer);
  } else if (suffix == "csv") {
    writeCsv(plot, buffer);
  } else {
    throw Error(Error::Kind::file, subject, "plots are exported as png, svg, pdf or csv",
                "end the name with one of these");
  }
  buffer.close();
  write_file(subject, {bytes.constData(), std::size_t(bytes.size())});
}

void PlotView::copyImage() {
  QApplication::clipboard()->setPixmap(toPixmap(0, 0, 2.0));
}

}  // namespace paralif
