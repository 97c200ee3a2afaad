// A recorded sample of a camera: playable frames, or all events in one image.
#pragma once

#include <QWidget>
#include <memory>

#include "datasets/recording.h"

class QCheckBox;
class QComboBox;

namespace paralif {

class PixelCanvas;
class PlayerBar;

class FramesView : public QWidget {
  Q_OBJECT

 public:
  explicit FramesView(QWidget* parent = nullptr);
  /// Null clears.
  void setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor, double tickS);
  [[nodiscard]] const PixelCanvas& canvas() const { return *canvas_; }
  [[nodiscard]] PlayerBar& player() { return *player_; }
  /// Events drawn now.
  [[nodiscard]] std::size_t shownEvents() const { return shown_; }
  void setAccumulated(bool accumulated);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] double windowS() const;
  void restart();
  void draw();
  [[nodiscard]] QImage render(std::size_t first, std::size_t last) const;

  std::shared_ptr<const Recording> recording_;
  SensorShape sensor_;
  double tickS_ = 1.0;
  std::size_t shown_ = 0;
  PixelCanvas* canvas_;
  PlayerBar* player_;
  QCheckBox* accumulated_;
  QComboBox* window_;
};

}  // namespace paralif
