// A plot as an image, a drawing or a table of its data.
#pragma once

#include <QString>

namespace paralif {

class PlotView;

/// By the path's suffix: png (twice the screen's resolution), svg, pdf or csv.
/// Throws Error(file) when the suffix is another or the file cannot be written.
void exportPlot(PlotView& plot, const QString& path);

}  // namespace paralif
