// Cells of the table, and the sentence behind a number that stands out.
#include "widgets/records/layers_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QHeaderView>
#include <QTableWidget>
#include <QTextStream>
#include <QVBoxLayout>

#include <cmath>

#include "widgets/records/layer_names.h"
#include "widgets/theme/counts.h"
#include "widgets/theme/theme.h"

namespace paralif {
namespace {

constexpr double standsOut = 0.1;  // share of a layer's neurons

double valueOf(const Record& record, const char* name, std::size_t row) {
  const RecordArray* column = record.find(name);
  const bool there = column != nullptr && row < column->values.size();
  return there ? double(column->values[row]) : std::nan("");
}

QString text(double value, int digits = 4) {
  return std::isfinite(value) ? numberText(value, digits) : QString("–");
}

/// The mean of a constant now and at the start: "20.4 ms (20 ms at the start)".
QString constantText(const QString& title, double now, double start, double scale,
                     const QString& unit) {
  const QString shown = withUnit(numberText(now * scale, 4), unit);
  const QString before = withUnit(numberText(start * scale, 4), unit);
  return shown == before || !std::isfinite(start)
             ? QString("%1 %2").arg(title, shown)
             : LayersView::tr("%1 %2 (%3 at the start)").arg(title, shown, before);
}

}  // namespace

LayersView::LayersView(QWidget* parent)
    : RecordView(tr("Layers"), "dock.layers", "layers", parent), table_(new QTableWidget) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(table_);
  table_->setColumnCount(columnCount);
  table_->setHorizontalHeaderLabels({tr("Layer"), tr("Neurons"), tr("Rate (%)"), tr("Silent"),
                                     tr("Saturated"), tr("Spikes"), tr("Syn. operations"),
                                     tr("Gradient norm"), tr("Constants (mean)")});
  const auto explain = [this](Column at, const QString& what) {
    table_->horizontalHeaderItem(at)->setToolTip(what);
  };
  explain(rate, tr("Steps in which a neuron fires, on average over some test samples"));
  explain(silent, tr("Neurons that never fire on the samples looked at"));
  explain(saturated, tr("Neurons that fire in at least 95 % of all steps"));
  explain(spikes, tr("Spikes of the layer in a sample"));
  explain(operations,
          tr("Additions of a weight that spikes cause on the way to the layer, in a sample"));
  explain(gradient, tr("L2 norm of the gradient of the weights on the way to the layer, at the "
                       "last batch"));
  explain(constants, tr("Time constants and thresholds, now and before training"));
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(table_->fontMetrics().height() + 8);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->setAlternatingRowColors(true);
  table_->setWordWrap(false);
  table_->setAccessibleName(tr("Layers of neurons"));
  auto* copyTable = new QAction(tr("Copy the table"), this);
  connect(copyTable, &QAction::triggered, this, &LayersView::copy);
  table_->addAction(copyTable);
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
  setFocusProxy(table_);
}

void LayersView::showRecords() {
  const RecordPointer layers = record("layers");
  const int rows = layers ? int(layers->labels.size()) : 0;
  const bool another = rows != table_->rowCount();
  table_->setRowCount(rows);
  for (int row = 0; row < rows; ++row) fillRow(*layers, std::size_t(row));
  if (another) table_->resizeColumnsToContents();
}

void LayersView::fillRow(const Record& layers, std::size_t row) {
  const Theme& colours = Theme::of(palette());
  const auto put = [&](Column column, const QString& shown, const QString& tip = {}) {
    QTableWidgetItem* item = table_->item(int(row), column);
    if (item == nullptr) {
      item = new QTableWidgetItem;
      const bool number = column != layer && column != constants;
      item->setTextAlignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
      table_->setItem(int(row), column, item);
    }
    item->setText(shown);
    item->setToolTip(tip.isEmpty() && column == constants ? shown : tip);
    item->setForeground(tip.isEmpty() ? colours.text : colours.bad);
  };
  const double all = valueOf(layers, "neurons", row);
  const auto share = [&](const char* name) {
    const double count = valueOf(layers, name, row);
    return std::isfinite(count) && all > 0 ? count / all : 0.0;
  };
  const auto counted = [&](const char* name) {
    const double count = valueOf(layers, name, row);
    return std::isfinite(count) ? countText(count) : QString("–");
  };
  put(layer, layerName(layers, row));
  put(neurons, text(all, 9));
  put(rate, text(100.0 * valueOf(layers, "rate", row), 3));
  put(silent, text(valueOf(layers, "silent", row), 9),
      share("silent") >= standsOut
          ? tr("%1 % of this layer do nothing. A lower threshold or larger first weights wake "
               "them.")
                .arg(numberText(100.0 * share("silent"), 2))
          : QString());
  put(saturated, text(valueOf(layers, "saturated", row), 9),
      share("saturated") >= standsOut
          ? tr("%1 % of this layer fire all the time. A higher threshold or smaller first weights "
               "calm them.")
                .arg(numberText(100.0 * share("saturated"), 2))
          : QString());
  put(spikes, counted("spikes"));
  put(operations, counted("synaptic_operations"));
  put(gradient, text(valueOf(layers, "gradient_norm", row), 3));
  put(constants, constantsOf(layers.labels[row]));
}

QString LayersView::constantsOf(const std::string& id) const {
  const RecordPointer all = record("constants");
  if (!all) return {};
  struct Known {
    const char* name;
    QString title;
    double scale;
    QString unit;
  };
  const Known known[] = {{"tau_mem", tr("membrane"), 1e3, "ms"},
                         {"tau_syn", tr("synapse"), 1e3, "ms"},
                         {"tau", tr("membrane"), 1.0, tr("steps")},
                         {"threshold", tr("threshold"), 1.0, {}}};
  QStringList parts;
  for (const Known& one : known) {
    const RecordArray* mean = all->find(id + "." + one.name + ".mean");
    if (mean == nullptr || mean->values.size() < 2 || !std::isfinite(mean->values[0])) continue;
    parts.append(constantText(one.title, double(mean->values[0]), double(mean->values[1]),
                              one.scale, one.unit));
  }
  return parts.join(", ");
}

void LayersView::changeEvent(QEvent* event) {
  RecordView::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showRecords();
}

void LayersView::writeCsv(QTextStream& out) const {
  out << "layer,neurons,rate_percent,silent,saturated,spikes_a_sample,"
         "synaptic_operations_a_sample,gradient_norm,constants\n";
  for (int row = 0; row < table_->rowCount(); ++row) {
    for (int column = 0; column < columnCount; ++column) {
      const QString shown = table_->item(row, column)->text();
      const bool quoted = shown.contains(',');
      out << (column > 0 ? "," : "") << (quoted ? "\"" + shown + "\"" : shown);
    }
    out << '\n';
  }
}

void LayersView::copy() const {
  QString csv;
  QTextStream out(&csv);
  writeCsv(out);
  QApplication::clipboard()->setText(csv);
}

}  // namespace paralif
