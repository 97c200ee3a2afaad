// Names of the Yin-Yang classes; numbers for the rest.
#include "widgets/views/class_names.h"

#include <QCoreApplication>

#include <array>

namespace paralif {

QString className(const QString& dataset, qint64 label) {
  static const std::array<const char*, 3> yinYang{"yang", "yin", "dot"};
  if (label < 0) return "-";
  if (dataset == "yinyang" && label < 3) return yinYang[static_cast<std::size_t>(label)];
  return QCoreApplication::translate("className", "class %1").arg(label);
}

}  // namespace paralif
