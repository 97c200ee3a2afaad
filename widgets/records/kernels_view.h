// The kernels of a convolution, blue above zero and orange below it.
#pragma once

#include "widgets/records/record_view.h"

namespace paralif {

class ArrayChoice;
class ImageGridPlot;

class KernelsView : public RecordView {
  Q_OBJECT

 public:
  explicit KernelsView(QWidget* parent = nullptr);
  [[nodiscard]] bool applies(const Experiment& experiment) const override;
  [[nodiscard]] ImageGridPlot& plot() { return *plot_; }
  [[nodiscard]] ArrayChoice& layer() { return *layer_; }

 protected:
  void showRecords() override;

 private:
  void draw();

  ArrayChoice* layer_;
  ImageGridPlot* plot_;
};

}  // namespace paralif
