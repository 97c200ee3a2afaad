// An image of CIFAR-10 and how the network sees it: column by column.
#pragma once

#include <QWidget>
#include <vector>

namespace paralif {

class ColumnPlot;
class PixelCanvas;
class PlayerBar;

class PictureView : public QWidget {
  Q_OBJECT

 public:
  explicit PictureView(QWidget* parent = nullptr);
  /// 3 x 32 x 32 values, channel by channel; empty clears.
  void setPixels(const std::vector<std::uint8_t>& pixels);
  [[nodiscard]] const PixelCanvas& canvas() const { return *canvas_; }
  [[nodiscard]] PlayerBar& player() { return *player_; }

 private:
  void draw();

  std::vector<std::uint8_t> pixels_;
  PixelCanvas* canvas_;
  ColumnPlot* plot_;
  PlayerBar* player_;
};

}  // namespace paralif
