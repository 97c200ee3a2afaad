// How faithful a graph and a network are to each other, layer by layer.
#pragma once

#include <QTableWidget>

#include "core/exchange/export_run.h"

namespace paralif {

class FidelityTable : public QTableWidget {
  Q_OBJECT

 public:
  explicit FidelityTable(QWidget* parent = nullptr);
  void setFidelity(const NirFidelity& fidelity);
  /// What stands below the table, as one or two sentences.
  [[nodiscard]] static QString summary(const NirFidelity& fidelity);
};

}  // namespace paralif
