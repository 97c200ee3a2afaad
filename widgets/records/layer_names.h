// Names of layers for people, from the ids that records hold.
#pragma once

#include <QString>

#include "core/values/record.h"

namespace paralif {

/// "Hidden 2 (n2)" and "Read-out" for the layers of the "layers" record, in its order; ids that are
/// plain numbers, as in the dense network, are left out. `row` counts from 0.
QString layerName(const Record& layers, std::size_t row);

/// The same for an id; the id itself where the record does not know it.
QString layerName(const Record* layers, const QString& id);

}  // namespace paralif
