// Small images side by side in one plot: kernels, feature maps.
#pragma once

#include <vector>

#include "widgets/plots/plot_view.h"

namespace paralif {

class ImageGridPlot : public PlotView {
  Q_OBJECT

 public:
  /// Colours from 0 up, or from below 0 to above it.
  enum class Scale { fromZero, aroundZero };

  /// All of one size; the images of a group stand together, groups fill the plot.
  struct Images {
    int width = 0, height = 0;  ///< pixels
    int inGroup = 1;
    std::vector<std::vector<float>> images;  ///< row by row; (group, place in it) in order
    QString groupName, placeName;            ///< such as "channel" and "input"
    QString unit;                            ///< of a value
    Scale scale = Scale::fromZero;
  };

  explicit ImageGridPlot(const QString& name, QWidget* parent = nullptr);
  void setImages(Images images);
  [[nodiscard]] const Images& images() const { return images_; }
  void setHintText(const QString& text) { setHint(text); }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  void resizeEvent(QResizeEvent* event) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  /// Image and pixel at a place of the plane; false between images.
  struct At {
    std::size_t image;
    int x, y;
  };
  [[nodiscard]] bool find(QPointF place, At& at) const;
  [[nodiscard]] int groups() const;
  [[nodiscard]] int columns() const;  ///< of groups, for the shape of the plot
  [[nodiscard]] int cellWidth() const;
  [[nodiscard]] int cellHeight() const;

  Images images_;
  QCPColorMap* map_;
  int columns_ = 1;
};

}  // namespace paralif
