// What the classes of a dataset are called.
#pragma once

#include <QString>

namespace paralif {

/// "yang" for Yin-Yang, "arm roll" for DVS Gesture and so on; "class 3" where there is no name; "-" for a negative label.
QString className(const QString& dataset, qint64 label);

}  // namespace paralif
