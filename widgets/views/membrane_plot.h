// Membrane potentials of picked neurons over a sample, one strip for each.
#pragma once

#include <memory>
#include <vector>

#include "core/values/activity.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

/// Strips share the time axis (ms). The threshold is dashed; spikes are marked where the membrane
/// crossed it, and a vertical line leads from there to the value after the reset.
/// Membrane potentials have no unit in these models: the weights set their scale.
class MembranePlot : public PlotView {
  Q_OBJECT

 public:
  explicit MembranePlot(QWidget* parent = nullptr);
  void setProbe(std::shared_ptr<const SampleProbe> probe);
  [[nodiscard]] int strips() const { return static_cast<int>(strips_.size()); }
  void writeCsv(QTextStream& out) const override;

  /// Of the traces' own ground, and of the line of the name above the trace, in pixels.
  [[nodiscard]] int stripHeight(int strip) const;
  [[nodiscard]] int nameHeight() const;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  struct Strip {
    QCPAxisRect* rect;
    QCPGraph* trace;
    QCPGraph* threshold;
    QCPGraph* spikes;
    QCPItemText* name;
  };
  void setStrips(std::size_t count);
  Strip addStrip();
  void addLabel();
  /// All strips equally high, though the lowest has the time axis below it.
  void shareHeight();

  std::shared_ptr<const SampleProbe> probe_;
  std::vector<Strip> strips_;
  QCPMarginGroup* margins_;
  QCPItemText* label_ = nullptr;  ///< of the value axes, one for all strips
};

}  // namespace paralif
