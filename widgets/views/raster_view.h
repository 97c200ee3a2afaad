// Spike raster of one test sample by layer, with the sample's chooser above it.
#pragma once

#include <QWidget>
#include <memory>

#include "widgets/plots/plot_view.h"
#include "widgets/plots/spike_raster.h"
#include "widgets/views/class_names.h"

class QLabel;
class QSpinBox;

namespace paralif {

class ViewCaption;

/// Time in ms across; layers upward, the input lowest.
class RasterPlot : public PlotView {
  Q_OBJECT

 public:
  explicit RasterPlot(QWidget* parent = nullptr);
  void setProbe(std::shared_ptr<const SampleProbe> probe);
  [[nodiscard]] const SpikeRaster& raster() const { return *raster_; }
  void writeCsv(QTextStream& out) const override;

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  /// Upright beside the lanes, or across where a lane is lower than its name is long.
  void turnNames();

  std::shared_ptr<const SampleProbe> probe_;
  QSharedPointer<QCPAxisTickerText> names_;
  SpikeRaster* raster_;
};

class RasterView : public QWidget {
  Q_OBJECT

 public:
  explicit RasterView(QWidget* parent = nullptr);
  void setProbe(std::shared_ptr<const SampleProbe> probe);
  void setClassNames(const ClassNames& names);
  /// How many test samples there are; 0: not known yet.
  void setSamples(qint64 samples);
  void setSample(qint64 sample);
  /// Why the sample in the box cannot be run; empty: it can.
  void setProblem(const QString& sentence);
  [[nodiscard]] QString verdict() const;
  [[nodiscard]] RasterPlot& plot() { return *plot_; }
  [[nodiscard]] ViewCaption& caption() { return *caption_; }

 Q_SIGNALS:
  void sampleChosen(qint64 sample);

 private:
  void showVerdict();

  ClassNames names_;
  QString problem_;
  std::shared_ptr<const SampleProbe> probe_;
  QSpinBox* sample_;
  QLabel* verdict_;
  ViewCaption* caption_;
  RasterPlot* plot_;
};

}  // namespace paralif
