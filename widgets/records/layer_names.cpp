#include "widgets/records/layer_names.h"

#include <QCoreApplication>

#include <algorithm>

#include "widgets/theme/shown_text.h"

namespace paralif {

QString layerName(const Record& layers, std::size_t row) {
  const QString name =
      row + 1 == layers.labels.size()
          ? QCoreApplication::translate("LayerNames", "Read-out")
          : QCoreApplication::translate("LayerNames", "Hidden %1").arg(row + 1);
  const QString id = row < layers.labels.size() ? shownText(layers.labels[row]) : QString();
  bool number = false;
  id.toInt(&number);
  return id.isEmpty() || number ? name : QString("%1 (%2)").arg(name, id);
}

QString layerName(const Record* layers, const QString& id) {
  if (layers == nullptr) return id;
  const auto at = std::ranges::find(layers->labels, id.toStdString());
  if (at == layers->labels.end()) return id;
  return layerName(*layers, static_cast<std::size_t>(at - layers->labels.begin()));
}

}  // namespace paralif
