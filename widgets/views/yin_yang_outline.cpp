// Marching squares over the class function; every crossing is found to 1e-6.
#include "widgets/views/yin_yang_outline.h"

#include <array>
#include <optional>

#include "datasets/yin_yang.h"

namespace paralif {
namespace {

constexpr int cells = 160;
constexpr int outside = -1;

int kindAt(QPointF point) {
  if (!yin_yang_inside(point.x(), point.y())) return outside;
  return static_cast<int>(yin_yang_class(point.x(), point.y()));
}

std::optional<QPointF> crossing(QPointF from, QPointF to) {
  const int start = kindAt(from);
  if (start == kindAt(to)) return std::nullopt;
  for (int i = 0; i < 14; ++i) {
    const QPointF middle = (from + to) / 2;
    (kindAt(middle) == start ? from : to) = middle;
  }
  return (from + to) / 2;
}

QVector<QLineF> trace() {
  QVector<QLineF> lines;
  // The grid reaches past the circle on all sides, and its nodes avoid the figure's own axes.
  const double first = -0.0213;
  const double step = 1.0431 / cells;
  for (int row = 0; row < cells; ++row) {
    for (int column = 0; column < cells; ++column) {
      const QPointF corner(first + column * step, first + row * step);
      const std::array<QPointF, 4> corners{corner, corner + QPointF(step, 0),
                                           corner + QPointF(step, step), corner + QPointF(0, step)};
      QVector<QPointF> found;
      for (std::size_t side = 0; side < 4; ++side) {
        if (const auto point = crossing(corners[side], corners[(side + 1) % 4])) {
          found.append(*point);
        }
      }
      if (found.size() == 2) lines.append(QLineF(found[0], found[1]));
      if (found.size() > 2) {
        QPointF centre;
        for (const QPointF& point : found) centre += point / double(found.size());
        for (const QPointF& point : found) lines.append(QLineF(centre, point));
      }
    }
  }
  return lines;
}

}  // namespace

const QVector<QLineF>& yinYangOutline() {
  static const QVector<QLineF> lines = trace();
  return lines;
}

}  // namespace paralif
