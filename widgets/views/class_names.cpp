// Names from the catalogue; "class 3" where it has only a number.
#include "widgets/views/class_names.h"

#include <QCoreApplication>

#include "datasets/catalogue/catalogue.h"

namespace paralif {

QString className(const QString& dataset, qint64 label) {
  if (label < 0) return "-";
  const QString title = QString::fromStdString(class_title(dataset.toStdString(), label));
  const bool number = title == QString::number(label);
  return number ? QCoreApplication::translate("className", "class %1").arg(label) : title;
}

QString ClassNames::of(qint64 label) const {
  const QString name = label >= 0 ? own.value(label) : QString();
  return name.isEmpty() ? className(dataset, label) : name;
}

}  // namespace paralif
