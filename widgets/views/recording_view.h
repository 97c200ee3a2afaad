// A recorded sample of audio: spikes over time and channel, and how many there are at a time.
#pragma once

#include <memory>

#include "datasets/recording.h"
#include "widgets/plots/plot_view.h"

namespace paralif {

class RecordingView : public PlotView {
  Q_OBJECT

 public:
  explicit RecordingView(QWidget* parent = nullptr);
  /// Null clears.
  void setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor, double tickS);
  void writeCsv(QTextStream& out) const override;
  /// Spikes a second in each bin of the histogram.
  [[nodiscard]] const QVector<double>& rates() const { return rates_; }

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;

 private:
  [[nodiscard]] double lastTime() const;

  std::shared_ptr<const Recording> recording_;
  SensorShape sensor_;
  double tickS_ = 1.0;
  QVector<double> rates_;
  QCPAxisRect* raster_;
  QCPAxisRect* histogram_;
  QCPGraph* spikes_;
  QCPGraph* rate_;
};

}  // namespace paralif
