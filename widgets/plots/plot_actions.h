// The commands every plot offers in its context menu and by key.
#pragma once

#include <QString>

namespace paralif {

class PlotView;

/// Adds follow (F), lock (L), freeze (Z), copy and the exports to the plot's own actions.
void addPlotActions(PlotView& plot);

/// Writes the plot, keeps the folder for the next export and says where it went, or what went
/// wrong, by the plot's signals.
void exportAndTell(PlotView& plot, const QString& path);

}  // namespace paralif
