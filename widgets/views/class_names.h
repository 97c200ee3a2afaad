// What the classes of a dataset are called.
#pragma once

#include <QString>

namespace paralif {

/// "yang", "yin", "dot" for Yin-Yang; "class 3" for others; "-" for a negative label.
QString className(const QString& dataset, qint64 label);

}  // namespace paralif
