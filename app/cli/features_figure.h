// The published figure as a file, without a window.
#pragma once

#include <string>

namespace paralif::cli {

/// By the path's suffix: svg, pdf or png. Throws Error(file) for other suffixes, for a path that
/// cannot be written, and in a build without the widgets.
void draw_features_figure(const std::string& path);

}  // namespace paralif::cli
