// The strips of the neuron lab's plot, one quantity each, over one time axis.
#pragma once

#include <qcustomplot.h>

#include <array>
#include <vector>

#include "core/lab/quantity.h"

namespace paralif {

struct Theme;

/// Makes an axis rectangle for every strip once; those that are not shown stand outside the
/// layout. Row 0 of the layout is free for a legend.
class LabStrips {
 public:
  enum Strip {
    stimulus,
    current,
    recovery,
    membrane,
    membraneMv,
    normalised,
    change,
    probability,
    spikes,
    count
  };
  static Strip stripOf(lab::Quantity quantity);

  explicit LabStrips(QCustomPlot& plot);

  /// In any order; the stimulus and the spikes are always shown. False: nothing changed.
  bool show(const std::vector<Strip>& wanted);
  [[nodiscard]] bool isShown(Strip strip) const { return shown_[strip]; }
  [[nodiscard]] QCPAxisRect& rect(Strip strip) const { return *rects_[strip]; }
  [[nodiscard]] QCPAxis* time(Strip strip) const { return rect(strip).axis(QCPAxis::atBottom); }
  [[nodiscard]] QCPAxis* value(Strip strip) const { return rect(strip).axis(QCPAxis::atLeft); }
  /// `count` for a rectangle of something else.
  [[nodiscard]] Strip stripOf(const QCPAxisRect* rect) const;
  [[nodiscard]] QString title(Strip strip) const { return names_[strip]->text(); }
  /// Pixels that the title needs above the lines.
  [[nodiscard]] int titleHeight() const;
  void recolor(const Theme& theme, const QFont& font);

 private:
  void make(QCustomPlot& plot, Strip strip);
  void place();

  QCPLayoutGrid* layout_;
  QCPMarginGroup* margins_;
  std::array<QCPAxisRect*, count> rects_{};
  std::array<QCPItemText*, count> names_{};
  std::array<bool, count> shown_{};
};

}  // namespace paralif
