// The three colours of one column of an image: what the network receives in one step.
#pragma once

#include <array>
#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

class ColumnPlot : public PlotView {
  Q_OBJECT

 public:
  explicit ColumnPlot(QWidget* parent = nullptr);
  /// Channels of equal length, 0..255; empty clears.
  void setColumn(const std::array<std::vector<double>, 3>& channels);
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;

 private:
  std::array<std::vector<double>, 3> channels_;
  std::array<QCPGraph*, 3> graphs_{};
};

}  // namespace paralif
