// The points by which a stimulus is dragged on the plot.
#pragma once

#include <QPointF>
#include <vector>

#include "core/lab/stimulus.h"

namespace paralif {

struct StimulusHandle {
  std::size_t segment = 0;
  std::size_t point = 0;  ///< 0: begin, 1: end; of drawn points its index
  double ms = 0.0;
  double value = 0.0;
};

/// Both ends of every segment, or every drawn point.
std::vector<StimulusHandle> handlesOf(const lab::Stimulus& stimulus);

/// The stimulus with one handle moved to a time and value. Times snap to time steps and stay in
/// order; ends stay inside the stimulus.
lab::Stimulus moved(lab::Stimulus stimulus, const StimulusHandle& handle, double ms, double value);

/// A point more in the first segment of drawn points, which is added where there is none.
lab::Stimulus withPoint(lab::Stimulus stimulus, double ms, double value);
/// Without a drawn point, or without a whole segment of another shape.
lab::Stimulus without(lab::Stimulus stimulus, const StimulusHandle& handle);

}  // namespace paralif
