#include "widgets/views/probe_names.h"

#include <QCoreApplication>

#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

QString translated(const char* text) { return QCoreApplication::translate("ProbeNames", text); }

}  // namespace

QString layerTitle(const SampleProbe& spikes, std::size_t layer) {
  if (layer == 0) return translated("Input");
  const QString title = translated("Hidden %1").arg(layer);
  const QString id = shownText(spikes.layers.at(layer).id);
  bool number = false;  // as in the dense network
  id.toInt(&number);
  // Until version 0.1 a title stood there.
  return number || id.isEmpty() || id.contains(' ') ? title : QString("%1 (%2)").arg(title, id);
}

QString traceTitle(const SampleProbe& membranes, const MembraneTrace& trace) {
  const bool readout =
      !membranes.readout.empty() && trace.layer >= membranes.readout.front().layer;
  return readout ? translated("Read-out · class %1").arg(trace.neuron)
                 : translated("Hidden %1 · neuron %2").arg(trace.layer).arg(trace.neuron);
}

}  // namespace paralif
