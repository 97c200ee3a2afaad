// A recorded sample of a camera: playable frames, all events in one image, or a cloud in space
// and time.
#pragma once

#include <QWidget>
#include <memory>

#include "datasets/recording.h"

class QCheckBox;
class QComboBox;
class QStackedWidget;

namespace paralif {

class EventCloud;
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
  [[nodiscard]] EventCloud& cloud() { return *cloud_; }

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
  EventCloud* cloud_;
  QStackedWidget* pictures_;
  PlayerBar* player_;
  QCheckBox* accumulated_;
  QCheckBox* inSpace_;
  QComboBox* window_;
};

}  // namespace paralif
