#include "widgets/plots/animated_png.h"

#include <QtEndian>
#include <zlib.h>

#include "datasets/error.h"

namespace paralif {
namespace {

constexpr char signature[] = "\x89PNG\r\n\x1a\n";
constexpr qsizetype signatureSize = 8;
constexpr qsizetype chunkFrame = 12;  // length, type and check sum of a chunk

QByteArray number(quint32 value) {
  QByteArray bytes(4, '\0');
  qToBigEndian(value, bytes.data());
  return bytes;
}

QByteArray number(quint16 value) {
  QByteArray bytes(2, '\0');
  qToBigEndian(value, bytes.data());
  return bytes;
}

QByteArray chunk(const QByteArray& type, const QByteArray& data) {
  const QByteArray checked = type + data;
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(checked.constData()), uInt(checked.size()));
  return number(quint32(data.size())) + checked + number(quint32(sum));
}

[[noreturn]] void refuse(const std::string& problem) {
  throw Error(Error::Kind::setting, "frames", problem);
}

/// Size and colour type, and the compressed rows.
struct Picture {
  QByteArray header;  ///< of IHDR
  QByteArray rows;    ///< of all IDAT
};

Picture pictureOf(const QByteArray& png) {
  if (!png.startsWith(QByteArray(signature, signatureSize))) refuse("one is no PNG");
  Picture picture;
  for (qsizetype at = signatureSize; at + chunkFrame <= png.size();) {
    const auto length = qsizetype(qFromBigEndian<quint32>(png.constData() + at));
    if (length > png.size() - at - chunkFrame) refuse("one is cut off");
    const QByteArray type = png.mid(at + 4, 4);
    if (type == "IHDR") picture.header = png.mid(at + 8, length);
    if (type == "IDAT") picture.rows += png.mid(at + 8, length);
    at += chunkFrame + length;
  }
  if (picture.header.size() != 13 || picture.rows.isEmpty()) refuse("one has no picture");
  return picture;
}

}  // namespace

QByteArray animatedPng(const QList<QByteArray>& frames, int milliseconds) {
  if (frames.isEmpty()) refuse("there is none");
  QByteArray file(signature, signatureSize);
  QByteArray header;
  quint32 sequence = 0;
  for (const QByteArray& frame : frames) {
    const Picture picture = pictureOf(frame);
    const bool first = header.isEmpty();
    if (first) {
      header = picture.header;
      file += chunk("IHDR", header);
      file += chunk("acTL", number(quint32(frames.size())) + number(quint32(0)));
    } else if (picture.header != header) {
      refuse("they differ in size or colour type");
    }
    // Sequence, width, height, x, y, delay as a fraction of a second, no disposal, no blending.
    file += chunk("fcTL", number(sequence++) + header.left(8) + number(quint32(0)) +
                              number(quint32(0)) + number(quint16(milliseconds)) +
                              number(quint16(1000)) + QByteArray(2, '\0'));
    file += first ? chunk("IDAT", picture.rows) : chunk("fdAT", number(sequence++) + picture.rows);
  }
  return file + chunk("IEND", {});
}

}  // namespace paralif
