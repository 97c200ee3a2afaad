// Readouts under the cursor and the table of the traces.
#include <algorithm>
#include <cmath>

#include "widgets/lab/lab_plot.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

using lab::LabTrace;
using lab::Quantity;

QString number(double value) {
  return QString::number(value, 'g', 4);
}

bool firesAt(const LabTrace& trace, std::size_t step) {
  return std::ranges::binary_search(trace.spikes, static_cast<std::int32_t>(step));
}

/// One column of the table.
struct Column {
  QString name;
  const std::vector<double>* values = nullptr;
  const LabTrace* spikes = nullptr;  ///< instead of values: 1 in steps with a spike, else 0
};

/// "membrane" where there is no reset, else "membrane_before_reset" and "membrane_after_reset".
void addQuantity(const QString& prefix, const LabTrace& trace, Quantity quantity,
                 std::vector<Column>& columns) {
  const QString key = textOf(lab::text_of(quantity).key);
  const auto& after = lab::values_after_reset(trace, quantity);
  const QString unit = quantity == Quantity::membrane_mv ? "_mv" : "";
  const QString name = unit.isEmpty() ? key : QString("membrane");
  columns.push_back({prefix + (after.empty() ? key : name + "_before_reset" + unit),
                     &lab::values_of(trace, quantity)});
  if (!after.empty()) columns.push_back({prefix + name + "_after_reset" + unit, &after});
}

std::vector<Column> columnsOf(const std::vector<ShownNeuron>& neurons) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < neurons.size(); ++i) {
    const ShownNeuron& shown = neurons[i];
    const QString prefix =
        QString("%1_%2_").arg(i + 1).arg(QString::fromStdString(lab::name_of(shown.neuron)));
    for (const Quantity quantity : lab::shown_quantities(shown.neuron)) {
      addQuantity(prefix, *shown.trace, quantity, columns);
    }
    columns.push_back({prefix + "spike", nullptr, shown.trace.get()});
    if (!shown.twin) continue;
    const QString other = prefix + (shown.neuron.resets() ? "without_reset_" : "with_reset_");
    addQuantity(other, *shown.twin, Quantity::membrane, columns);
    columns.push_back({other + "spike", nullptr, shown.twin.get()});
  }
  return columns;
}

}  // namespace

QString LabPlot::neuronReadout(const ShownNeuron& shown, LabStrips::Strip strip, double ms) const {
  const LabTrace& trace = *shown.trace;
  const double step = std::floor(ms / (trace.time_step_s * 1e3) + 1e-9);
  if (step < 0.0 || step >= static_cast<double>(trace.steps())) return {};
  const auto t = static_cast<std::size_t>(step);
  if (strip == LabStrips::stimulus) return tr("input %1").arg(number(trace.stimulus[t]));
  if (strip == LabStrips::spikes) {
    const auto until = std::ranges::upper_bound(trace.spikes, static_cast<std::int32_t>(t));
    QString line =
        tr("%1 of %2 spikes so far").arg(until - trace.spikes.begin()).arg(trace.spikes.size());
    if (shown.twin) {
      line += tr("; %1: %2 in all").arg(twinName(shown.neuron)).arg(shown.twin->spikes.size());
    }
    return line;
  }
  for (const Quantity quantity : lab::shown_quantities(shown.neuron)) {
    if (LabStrips::stripOf(quantity) != strip) continue;
    const lab::QuantityText& names = lab::text_of(quantity);
    QString line =
        QString("%1 %2").arg(textOf(names.symbol), number(lab::values_of(trace, quantity)[t]));
    const auto& after = lab::values_after_reset(trace, quantity);
    if (!after.empty() && firesAt(trace, t)) line += QString(" → %1").arg(number(after[t]));
    return names.unit == symbol("mV") ? line + " mV" : line;
  }
  return {};
}

QString LabPlot::readout(const QCPAxisRect& rect, QPointF position) const {
  const double ms = rect.axis(QCPAxis::atBottom)->pixelToCoord(position.x());
  QString line = tr("%1 ms").arg(number(ms));
  const LabStrips::Strip strip = strips_->stripOf(&rect);
  if (strip == LabStrips::stimulus && stimulusTrace_ && stimulusTrace_->steps() > 0) {
    const auto step = static_cast<std::size_t>(
        std::clamp(std::floor(ms / (stimulusTrace_->time_step_s * 1e3) + 1e-9), 0.0,
                   static_cast<double>(stimulusTrace_->steps()) - 1.0));
    line += "\n" + tr("stimulus %1").arg(number(stimulusTrace_->stimulus[step]));
  }
  for (std::size_t i = 0; i < neurons_.size(); ++i) {
    const QString one = neuronReadout(neurons_[i], strip, ms);
    if (one.isEmpty()) continue;
    line += QString("\n%1 %2: %3")
                .arg(i + 1)
                .arg(QString::fromStdString(lab::name_of(neurons_[i].neuron)), one);
  }
  return line;
}

void LabPlot::writeCsv(QTextStream& out) const {
  const std::vector<Column> columns = columnsOf(neurons_);
  out << "time_ms,stimulus";
  std::size_t steps = stimulusTrace_ ? stimulusTrace_->steps() : 0;
  for (const ShownNeuron& shown : neurons_) steps = std::min(steps, shown.trace->steps());
  for (const Column& column : columns) out << "," << column.name;
  out << "\n";
  for (std::size_t t = 0; t < steps; ++t) {
    out << static_cast<double>(t) * stimulusTrace_->time_step_s * 1e3 << ","
        << stimulusTrace_->stimulus[t];
    for (const Column& column : columns) {
      out << ",";
      if (column.spikes != nullptr) {
        out << (firesAt(*column.spikes, t) ? 1 : 0);
      } else {
        out << (*column.values)[t];
      }
    }
    out << "\n";
  }
}

}  // namespace paralif
