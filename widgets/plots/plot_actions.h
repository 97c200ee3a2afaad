// The commands every plot offers in its context menu and by key.
#pragma once

namespace paralif {

class PlotView;

/// Adds follow (F), lock (L), freeze (Z), copy and the exports to the plot's own actions.
void addPlotActions(PlotView& plot);

}  // namespace paralif
