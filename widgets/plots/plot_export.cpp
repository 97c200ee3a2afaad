// Writers of PNG, SVG, PDF and CSV.
#include "widgets/plots/plot_export.h"

#include <QApplication>
#include <QClipboard>
#include <QFileInfo>
#include <QSaveFile>
#include <QSvgGenerator>

#include "datasets/error.h"
#include "widgets/plots/plot_view.h"

namespace paralif {
namespace {

bool writeSvg(PlotView& plot, const QString& path) {
  QSvgGenerator drawing;
  drawing.setFileName(path);
  drawing.setSize(plot.size());
  drawing.setViewBox(QRect(QPoint(0, 0), plot.size()));
  drawing.setTitle(plot.name());
  QCPPainter painter;
  if (!painter.begin(&drawing)) return false;
  painter.setMode(QCPPainter::pmVectorized);
  plot.toPainter(&painter, plot.width(), plot.height());
  return painter.end();
}

bool writeCsv(const PlotView& plot, const QString& path) {
  QSaveFile file(path);
  if (!file.open(QIODevice::WriteOnly | QIODevice::Text)) return false;
  QTextStream out(&file);
  plot.writeCsv(out);
  out.flush();
  return file.commit();
}

}  // namespace

void exportPlot(PlotView& plot, const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  const std::string subject = path.toStdString();
  bool written = false;
  if (suffix == "png") {
    written = plot.savePng(path, 0, 0, 2.0);
  } else if (suffix == "svg") {
    written = writeSvg(plot, path);
  } else if (suffix == "pdf") {
    written = plot.savePdf(path, 0, 0, QCP::epAllowCosmetic, "ParaLIF Studio", plot.name());
  } else if (suffix == "csv") {
    written = writeCsv(plot, path);
  } else {
    throw Error(Error::Kind::file, subject, "plots are exported as png, svg, pdf or csv",
                "end the name with one of these");
  }
  if (!written) {
    throw Error(Error::Kind::file, subject, "the file cannot be written",
                "choose a folder that you may write to");
  }
}

void PlotView::copyImage() { QApplication::clipboard()->setPixmap(toPixmap(0, 0, 2.0)); }

}  // namespace paralif
