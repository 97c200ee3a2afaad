// Histograms of the weights, one outline a matrix or kernel.
#pragma once

#include <QStringList>
#include <vector>

#include "widgets/plots/plot_view.h"
#include "widgets/records/record_view.h"

namespace paralif {

class WeightsPlot : public PlotView {
  Q_OBJECT

 public:
  struct Spread {
    QString name;  ///< of the layer that the weights lead to
    double minimum = 0.0;
    double maximum = 0.0;
    std::vector<float> counts;  ///< in bins of the same width between them
  };

  explicit WeightsPlot(QWidget* parent = nullptr);
  void setSpreads(std::vector<Spread> spreads);
  [[nodiscard]] const std::vector<Spread>& spreads() const { return spreads_; }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;

 private:
  std::vector<Spread> spreads_;
};

class WeightsView : public RecordView {
  Q_OBJECT

 public:
  explicit WeightsView(QWidget* parent = nullptr);
  [[nodiscard]] WeightsPlot& plot() { return *plot_; }

 protected:
  void showRecords() override;

 private:
  WeightsPlot* plot_;
};

}  // namespace paralif
