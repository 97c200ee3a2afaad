// Histograms of the weights, one outline a layer.
#pragma once

#include <memory>
#include <vector>

#include "core/values/layer_weights.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class WeightsView : public PlotView {
  Q_OBJECT

 public:
  using Weights = std::shared_ptr<const std::vector<LayerWeights>>;

  explicit WeightsView(QWidget* parent = nullptr);
  void setWeights(Weights weights);
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;

 private:
  Weights weights_;
};

}  // namespace paralif
