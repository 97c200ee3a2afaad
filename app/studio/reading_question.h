// Asks how a table is meant that can be read in two ways.
#pragma once

#include <optional>

#include "datasets/tables/table_form.h"

class QWidget;

namespace paralif {

/// Shows the row in both readings; nothing where the user cancels.
std::optional<TableForm> askReading(QWidget* parent, const TwoReadings& readings);

}  // namespace paralif
