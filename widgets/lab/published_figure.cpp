// Rows from top to bottom, and the three file formats.
#include "widgets/lab/published_figure.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QPageSize>
#include <QPainter>
#include <QPainterPath>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/lab/features.h"
#include "core/lab/published_runs.h"
#include "core/lab/simulate.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr QSize figureSize(640, 480);
constexpr double leftPart = 0.16;
constexpr double rightPart = 0.30;
constexpr int msBetweenTicks = 20;

/// Where things go: rows of equal height under the title, above the time axis.
struct Layout {
  QRectF area;
  int rows;
  double steps;

  [[nodiscard]] double left() const { return area.left() + leftPart * area.width(); }
  [[nodiscard]] double width() const { return (1.0 - leftPart - rightPart) * area.width(); }
  [[nodiscard]] double rowHeight() const { return area.height() / (rows + 3.2); }
  [[nodiscard]] double centre(double row) const { return area.top() + (row + 1.7) * rowHeight(); }
  [[nodiscard]] double x(double step) const { return left() + width() * step / steps; }
};

/// As the group's first neuron receives it: a negative gain turns it over.
void drawStimulus(QPainter& painter, const Layout& layout, int row, const lab::PublishedRun& run,
                  const Theme& theme) {
  const lab::Stimulus& stimulus = run.stimulus;
  auto values = lab::values_of(stimulus);
  if (run.neuron.gain < 0.0) {
    for (double& value : values) value = -value;
  }
  const auto [low, high] = std::ranges::minmax(values);
  const double span = std::max(high - low, 1e-12);
  QPainterPath path;
  for (std::size_t t = 0; t < values.size(); ++t) {
    const double y =
        layout.centre(row) + layout.rowHeight() * (0.28 - 0.56 * (values[t] - low) / span);
    const double x = layout.x(static_cast<double>(t));
    t == 0 ? path.moveTo(x, y) : path.lineTo(x, y);
    path.lineTo(layout.x(static_cast<double>(t) + 1.0), y);
  }
  painter.setPen(QPen(theme.muted, 1.2));
  painter.drawPath(path);
  painter.setPen(theme.muted);
  painter.drawText(QRectF(layout.left() + layout.width() + 10, layout.centre(row) - 20,
                          rightPart * layout.area.width() - 10, 40),
                   Qt::AlignLeft | Qt::AlignVCenter, QString::fromStdString(stimulus.title));
}

void drawRun(QPainter& painter, const Layout& layout, int row, const lab::PublishedRun& run,
             const Theme& theme) {
  const double y = layout.centre(row);
  painter.setPen(QPen(theme.grid, 1.0));
  painter.drawLine(QPointF(layout.left(), y), QPointF(layout.left() + layout.width(), y));
  const std::string name = lab::name_of(run.neuron);
  const QColor colour = theme.series[name == "LIF" ? 0 : name == "ParaLIF-T" ? 1 : 2];
  QPen pen(colour, std::max(1.2, 0.45 * layout.width() / layout.steps));
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  const double half = 0.36 * layout.rowHeight();
  for (const auto step : lab::simulate(run.neuron, run.stimulus).spikes) {
    const double x = layout.x(step + 0.5);
    painter.drawLine(QPointF(x, y - half), QPointF(x, y + half));
  }
  painter.setPen(theme.text);
  painter.drawText(QRectF(layout.area.left(), y - 20, leftPart * layout.area.width() - 10, 40),
                   Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(name));
  const lab::FeatureText& feature = lab::text_of(*lab::feature_of(run.property));
  painter.drawText(
      QRectF(layout.left() + layout.width() + 10, y - 20, rightPart * layout.area.width() - 10, 40),
      Qt::AlignLeft | Qt::AlignVCenter,
      QString("%1  %2")
          .arg(QChar(run.property))
          .arg(textOf(feature.name)));
}

void drawTimeAxis(QPainter& painter, const Layout& layout, const Theme& theme) {
  const double y = layout.centre(layout.rows - 0.4);
  painter.setPen(QPen(theme.axis, 1.0));
  painter.drawLine(QPointF(layout.x(0), y), QPointF(layout.x(layout.steps), y));
  for (int ms = 0; ms <= layout.steps; ms += msBetweenTicks) {
    painter.setPen(QPen(theme.axis, 1.0));
    painter.drawLine(QPointF(layout.x(ms), y), QPointF(layout.x(ms), y + 4));
    painter.setPen(theme.text);
    painter.drawText(QRectF(layout.x(ms) - 30, y + 5, 60, 16), Qt::AlignHCenter | Qt::AlignTop,
                     QString::number(ms));
  }
  painter.drawText(QRectF(layout.left(), y + 20, layout.width(), 18), Qt::AlignHCenter,
                   QObject::tr("Time (ms)"));
}

bool saveImage(QIODevice& out) {
  constexpr int ratio = 3;
  QImage image(figureSize * ratio, QImage::Format_RGB32);
  image.setDevicePixelRatio(ratio);
  image.fill(Theme::light().surface);
  QPainter painter(&image);
  drawPublishedFigure(painter, QRectF(QPointF(0, 0), QSizeF(figureSize)), Theme::light());
  painter.end();
  return image.save(&out, "png");
}

bool saveDrawing(QIODevice& out) {
  QSvgGenerator drawing;
  drawing.setOutputDevice(&out);
  drawing.setSize(figureSize);
  drawing.setViewBox(QRect(QPoint(0, 0), figureSize));
  drawing.setTitle(QObject::tr("Biological features of LIF and ParaLIF"));
  QPainter painter;
  if (!painter.begin(&drawing)) return false;
  drawPublishedFigure(painter, QRectF(QPointF(0, 0), QSizeF(figureSize)), Theme::light());
  return painter.end();
}

bool saveDocument(QIODevice& out) {
  QPdfWriter document(&out);
  document.setTitle(QObject::tr("Biological features of LIF and ParaLIF"));
  document.setResolution(72);
  document.setPageSize(QPageSize(QSizeF(figureSize), QPageSize::Point));
  document.setPageMargins(QMarginsF(0, 0, 0, 0));
  QPainter painter;
  if (!painter.begin(&document)) return false;
  drawPublishedFigure(painter, QRectF(QPointF(0, 0), QSizeF(figureSize)), Theme::light());
  return painter.end();
}

}  // namespace

namespace {

/// The rows of stimuli (-1) and runs, from top to bottom.
std::vector<int> rowsOfRuns() {
  std::vector<int> rows;
  const auto runs = lab::published_runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (i == 0 || !(runs[i].stimulus == runs[i - 1].stimulus)) rows.push_back(-1);
    rows.push_back(static_cast<int>(i));
  }
  return rows;
}

Layout layoutOf(const QRectF& area) {
  const auto steps = lab::published_runs().front().stimulus.steps();
  return {area.adjusted(8, 6, -8, -6), static_cast<int>(rowsOfRuns().size()),
          static_cast<double>(steps)};
}

}  // namespace

int publishedRunAt(const QRectF& area, const QPointF& position) {
  const Layout layout = layoutOf(area);
  const std::vector<int> rows = rowsOfRuns();
  const double row = std::floor((position.y() - layout.centre(0)) / layout.rowHeight() + 0.5);
  if (row < 0.0 || row >= static_cast<double>(rows.size())) return -1;
  return rows[static_cast<std::size_t>(row)];
}

void drawPublishedFigure(QPainter& painter, const QRectF& area, const Theme& theme) {
  const Layout layout = layoutOf(area);
  const auto runs = lab::published_runs();
  painter.setRenderHint(QPainter::Antialiasing);
  QFont font = painter.font();
  font.setPixelSize(std::clamp(int(0.62 * layout.rowHeight()), 8, 14));
  painter.setFont(font);
  painter.setPen(theme.text);
  painter.drawText(
      QRectF(layout.left(), layout.area.top(), layout.width(), 1.1 * layout.rowHeight()),
      Qt::AlignCenter, QObject::tr("Biological features"));
  const std::vector<int> rows = rowsOfRuns();
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const int run = rows[row];
    if (run < 0) {
      const auto& first = runs[static_cast<std::size_t>(rows[row + 1])];
      drawStimulus(painter, layout, static_cast<int>(row), first, theme);
    } else {
      drawRun(painter, layout, static_cast<int>(row), runs[static_cast<std::size_t>(run)], theme);
    }
  }
  drawTimeAxis(painter, layout, theme);
}

void savePublishedFigure(const QString& path) {
  const QString suffix = QFileInfo(path).suffix().toLower();
  const auto save = suffix == "png"   ? saveImage
                    : suffix == "svg" ? saveDrawing
                    : suffix == "pdf" ? saveDocument
                                      : nullptr;
  if (save == nullptr) {
    throw Error(Error::Kind::file, path.toStdString(), "the figure is drawn as svg, pdf or png",
                "end the name with one of these");
  }
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  if (!save(buffer)) throw std::logic_error("the published figure cannot be drawn");
  buffer.close();
  write_file(path.toStdString(), {bytes.constData(), std::size_t(bytes.size())});
}

}  // namespace paralif
