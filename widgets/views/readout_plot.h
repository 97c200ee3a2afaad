// The read-out's membrane over a sample, one line a class: the evidence the network gathers.
#pragma once

#include <memory>

#include "core/values/activity.h"
#include "widgets/plots/plot_view.h"
#include "widgets/views/class_names.h"

namespace paralif {

class ReadoutPlot : public PlotView {
  Q_OBJECT

 public:
  explicit ReadoutPlot(QWidget* parent = nullptr);
  void setProbe(std::shared_ptr<const SampleProbe> probe);
  void setClassNames(const ClassNames& names);
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  ClassNames names_;
  std::shared_ptr<const SampleProbe> probe_;
};

}  // namespace paralif
