// What the Datasets workspace says of a dataset.
#pragma once

#include <QString>

#include "app/studio/dataset_worker.h"

namespace paralif {

QString partTitle(DataPart part);
/// A word or two for the catalogue's list: how many samples, or why there are none.
QString stateText(const DatasetState& state);
/// What to do where a dataset is not in the data folder. HTML.
QString missingText(const Dataset& dataset);
/// All that the catalogue knows, and what was found. HTML.
QString aboutText(const DatasetState& state);

}  // namespace paralif
