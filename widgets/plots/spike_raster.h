// Spikes as ticks, layer above layer: a plottable that stays quick with millions of them.
#pragma once

#include <qcustomplot.h>

#include <memory>
#include <vector>

#include "core/values/activity.h"
#include "widgets/theme/theme.h"

namespace paralif {

/// Draws one lane for each layer, the input lowest. Lane i spans i..i+1 of the value axis times
/// its own height, so that 4 inputs stay readable beside 1000 hidden neurons.
class SpikeRaster : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  SpikeRaster(QCPAxis* timeAxis, QCPAxis* laneAxis);

  /// The probe is shared, not copied. Null clears the raster.
  void setProbe(std::shared_ptr<const SampleProbe> probe);
  void setTheme(const Theme& theme);
  [[nodiscard]] const std::shared_ptr<const SampleProbe>& probe() const { return probe_; }

  /// Where a layer begins and how high it is, in units of the value axis.
  [[nodiscard]] double laneBegin(std::size_t layer) const;
  [[nodiscard]] double laneHeight(std::size_t layer) const;
  [[nodiscard]] double totalHeight() const;

  struct Place {
    std::size_t layer = 0;
    qint64 neuron = 0;
    bool valid = false;
  };
  /// The layer and neuron at a height of the value axis.
  [[nodiscard]] Place placeAt(double value) const;

  double selectTest(const QPointF& position, bool onlySelectable,
                    QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                         const QCPRange& keys = QCPRange()) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  struct Lane {
    double begin;
    double height;
  };
  struct Scale;  ///< from steps and neurons to pixels, for one lane

  [[nodiscard]] Scale scaleOf(std::size_t layer) const;
  void drawTicks(QCPPainter* painter, std::size_t layer, const Scale& scale);
  void drawDense(QCPPainter* painter, std::size_t layer, const Scale& scale);

  std::shared_ptr<const SampleProbe> probe_;
  std::vector<Lane> lanes_;
  Theme theme_ = Theme::light();
};

}  // namespace paralif
