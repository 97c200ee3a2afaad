// Paint devices of the three formats.
#include "widgets/lab/widget_export.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QWidget>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

constexpr double imageScale = 2.0;

void draw(QWidget& widget, QPaintDevice& page) {
  QPainter painter(&page);
  widget.render(&painter);
}

void writeImage(QWidget& widget, QIODevice& out) {
  QImage image((QSizeF(widget.size()) * imageScale).toSize(), QImage::Format_ARGB32);
  image.setDevicePixelRatio(imageScale);
  image.fill(Qt::transparent);
  draw(widget, image);
  image.save(&out, "PNG");
}

void writeDrawing(QWidget& widget, QIODevice& out) {
  QSvgGenerator drawing;
  drawing.setOutputDevice(&out);
  drawing.setSize(widget.size());
  drawing.setViewBox(QRect(QPoint(0, 0), widget.size()));
  draw(widget, drawing);
}

void writeDocument(QWidget& widget, QIODevice& out) {
  constexpr int pointsOfInch = 72;
  QPdfWriter page(&out);
  page.setResolution(pointsOfInch);
  page.setPageSize(QPageSize(QSizeF(widget.size()), QPageSize::Point, {}, QPageSize::ExactMatch));
  page.setPageMargins(QMarginsF(0, 0, 0, 0));
  page.setCreator("ParaLIF Studio");
  draw(widget, page);
}

}  // namespace

void exportWidget(QWidget& widget, const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  const auto write = suffix == "png"   ? writeImage
                     : suffix == "svg" ? writeDrawing
                     : suffix == "pdf" ? writeDocument
                                       : nullptr;
  if (write == nullptr) {
    throw Error(Error::Kind::file, path.toStdString(), "the page is drawn as svg, pdf or png",
                "end the name with one of these");
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  write(widget, buffer);
  buffer.close();
  write_file(path.toStdString(), {bytes.constData(), std::size_t(bytes.size())});
}

}  // namespace paralif
