// What the classes of a dataset are called.
#pragma once

#include <QString>
#include <QStringList>

namespace paralif {

/// "yang" for Yin-Yang, "arm roll" for DVS Gesture and so on; "class 3" where there is no name; "-" for a negative label.
QString className(const QString& dataset, qint64 label);

/// The same, with the names that the data itself brings before those of the catalogue.
struct ClassNames {
  QString dataset;
  QStringList own{};

  [[nodiscard]] QString of(qint64 label) const;
  bool operator==(const ClassNames&) const = default;
};

}  // namespace paralif
