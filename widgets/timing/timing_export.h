// Figures and data of a running-time comparison as files.
#pragma once

#include <QString>

#include "core/timing/timing_figure.h"

namespace paralif {

/// By the path's suffix: svg, pdf or png (three times the size), with caption and citation.
/// Throws Error(file) when the suffix is another or the file cannot be written.
void exportTimingFigure(const QString& path, const TimingResults& results,
                        const TimingFigureStyle& style,
                        const std::vector<TimingOverlay>& overlays = {});

/// By the path's suffix: csv, h5 or json. Throws Error(file).
void exportTimingData(const QString& path, const TimingResults& results);

}  // namespace paralif
