// How learned values are spread: the delays of connections, time constants of single neurons, now
// and before training.
#pragma once

#include "widgets/plots/plot_view.h"
#include "widgets/records/record_view.h"

namespace paralif {

class ArrayChoice;

/// Two outlines over the same bins.
class SpreadPlot : public PlotView {
  Q_OBJECT

 public:
  explicit SpreadPlot(QWidget* parent = nullptr);
  struct Spread {
    std::vector<float> edges, now, start;
    QString label;  ///< of the axis, with unit
  };
  void setSpread(Spread spread);
  [[nodiscard]] const Spread& spread() const { return spread_; }
  void setHintText(const QString& text) { setHint(text); }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;

 private:
  Spread spread_;
  QCPGraph* start_;
  QCPGraph* now_;
};

class DelaysView : public RecordView {
  Q_OBJECT

 public:
  explicit DelaysView(QWidget* parent = nullptr);
  [[nodiscard]] bool applies(const Experiment& experiment) const override;
  [[nodiscard]] SpreadPlot& plot() { return *plot_; }
  [[nodiscard]] ArrayChoice& value() { return *value_; }

 protected:
  void showRecords() override;

 private:
  void draw();

  ArrayChoice* value_;
  SpreadPlot* plot_;
};

}  // namespace paralif
