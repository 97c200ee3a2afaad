// The true borders between the Yin-Yang classes, as line segments.
#pragma once

#include <QLineF>
#include <QVector>

namespace paralif {

/// Borders of yin_yang_class inside the big circle, and that circle; coordinates 0..1. Traced on
/// a grid whose crossings are refined by bisection; computed once.
const QVector<QLineF>& yinYangOutline();

}  // namespace paralif
