// Spikes of one sample in a layer that has a place in space: an image a channel, of the whole
// sample or of one window of its time.
#pragma once

#include "widgets/records/record_view.h"

class QCheckBox;

namespace paralif {

class ArrayChoice;
class ImageGridPlot;
class PlayerBar;

class FeatureMapsView : public RecordView {
  Q_OBJECT

 public:
  explicit FeatureMapsView(QWidget* parent = nullptr);
  [[nodiscard]] bool applies(const Experiment& experiment) const override;
  [[nodiscard]] ImageGridPlot& plot() { return *plot_; }
  [[nodiscard]] ArrayChoice& layer() { return *layer_; }
  [[nodiscard]] PlayerBar& player() { return *player_; }

 protected:
  void showRecords() override;

 private:
  [[nodiscard]] const RecordArray* array() const;
  void draw();

  ArrayChoice* layer_;
  QCheckBox* whole_;
  ImageGridPlot* plot_;
  PlayerBar* player_;
  int windows_ = 0;
};

}  // namespace paralif
