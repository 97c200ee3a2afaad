#include "app/studio/fidelity_table.h"

#include <QHeaderView>

namespace paralif {

FidelityTable::FidelityTable(QWidget* parent) : QTableWidget(0, 3, parent) {
  setObjectName("fidelity");
  setAccessibleName(tr("Layers of the network and of the graph"));
  setHorizontalHeaderLabels({tr("Layer"), tr("Spikes a sample"), tr("Equal spikes")});
  horizontalHeader()->setStretchLastSection(true);
  verticalHeader()->hide();
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setSelectionBehavior(QAbstractItemView::SelectRows);
}

void FidelityTable::setFidelity(const NirFidelity& fidelity) {
  setRowCount(0);
  for (const auto& layer : fidelity.layers) {
    const int row = rowCount();
    insertRow(row);
    setItem(row, 0, new QTableWidgetItem(QString::fromStdString(layer.id)));
    setItem(row, 1, new QTableWidgetItem(QString::number(layer.spikes, 'f', 1)));
    setItem(row, 2, new QTableWidgetItem(tr("%1 %").arg(100 * layer.equal, 0, 'f', 4)));
  }
}

QString FidelityTable::summary(const NirFidelity& f) {
  QString text = tr("%1 nodes, to be run with a time step of %2 s.")
                     .arg(f.nodes)
                     .arg(f.time_step_s, 0, 'g', 6);
  if (f.samples == 0) return text + " " + tr("Not compared.");
  return text + " " +
         tr("On %1 test samples the read-out differs by %2 of its largest value; accuracy of the "
            "network %3 %, of the graph %4 %.")
             .arg(f.samples)
             .arg(f.readout_error, 0, 'g', 2)
             .arg(100 * f.network_accuracy, 0, 'f', 1)
             .arg(100 * f.graph_accuracy, 0, 'f', 1);
}

}  // namespace paralif
