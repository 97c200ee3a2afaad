// One drawing for every format: the SVG, rendered.
#include "widgets/timing/timing_export.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgRenderer>

#include "core/timing/timing_files.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr int pngScale = 3;

QByteArray pdfOf(QSvgRenderer& drawing, const TimingFigureStyle& style) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QPdfWriter page(&buffer);
  page.setPageSize(QPageSize(QSizeF(style.width, style.height), QPageSize::Point));
  page.setPageMargins(QMarginsF(0, 0, 0, 0));
  page.setTitle(QStringLiteral("ParaLIF Studio: running time"));
  page.setCreator(QStringLiteral("ParaLIF Studio"));
  QPainter painter(&page);
  drawing.render(&painter);
  painter.end();
  return bytes;
}

QByteArray pngOf(QSvgRenderer& drawing, const TimingFigureStyle& style) {
  QImage image(style.width * pngScale, style.height * pngScale, QImage::Format_RGB32);
  image.fill(Qt::white);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  drawing.render(&painter);
  painter.end();
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return bytes;
}

[[noreturn]] void rejectSuffix(const QString& path, const char* problem, const char* remedy) {
  throw Error(Error::Kind::file, path.toStdString(), problem, remedy);
}

}  // namespace

void exportTimingFigure(const QString& path, const TimingResults& results,
                        const TimingFigureStyle& style,
                        const std::vector<TimingOverlay>& overlays) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  QByteArray bytes = QByteArray::fromStdString(timing_svg(results, style, overlays));
  if (suffix == "pdf" || suffix == "png") {
    QSvgRenderer drawing(bytes);
    bytes = suffix == "pdf" ? pdfOf(drawing, style) : pngOf(drawing, style);
  } else if (suffix != "svg") {
    rejectSuffix(path, "figures are exported as svg, pdf or png", "end the name with one of these");
  }
  write_file(path.toStdString(), std::string_view(bytes.constData(), std::size_t(bytes.size())));
}

void exportTimingData(const QString& path, const TimingResults& results) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  if (suffix == "csv") return write_timing_csv(path.toStdString(), results);
  if (suffix == "h5" || suffix == "hdf5") return write_timing_hdf5(path.toStdString(), results);
  if (suffix == "json") return write_file(path.toStdString(), timing_record_json(results));
  rejectSuffix(path, "results are exported as csv, h5 or json", "end the name with one of these");
}

}  // namespace paralif
