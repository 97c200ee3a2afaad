// The picture of the decision map: class by colour, confidence by strength.
#pragma once

#include <qcustomplot.h>

#include <memory>
#include <optional>

#include "core/values/decision_map.h"
#include "widgets/theme/theme.h"

namespace paralif {

/// Where a class's colour turns to the ground: at no more confidence than chance.
QRgb decisionColor(const Theme& theme, int predicted, float confidence, int classes);

class DecisionMapItem : public QCPAbstractPlottable {
  Q_OBJECT

 public:
  DecisionMapItem(QCPAxis* x, QCPAxis* y);

  void setMap(std::shared_ptr<const DecisionMap> map);
  void setTheme(const Theme& theme);
  /// Whether the figure is Yin-Yang, with its outline and its circle; else the whole square.
  void setYinYang(bool yinYang);
  /// The chosen test sample's point; nothing: none is marked.
  void setMark(std::optional<QPointF> point, qint64 label);
  /// One pixel a point of the map, the first row at the top of the plane (y = 1).
  [[nodiscard]] const QImage& image() const { return image_; }
  [[nodiscard]] const std::shared_ptr<const DecisionMap>& map() const { return map_; }

  double selectTest(const QPointF& position, bool onlySelectable,
                    QVariant* details = nullptr) const override;
  QCPRange getKeyRange(bool& found, QCP::SignDomain domain = QCP::sdBoth) const override;
  QCPRange getValueRange(bool& found, QCP::SignDomain domain = QCP::sdBoth,
                         const QCPRange& keys = QCPRange()) const override;

 protected:
  void draw(QCPPainter* painter) override;
  void drawLegendIcon(QCPPainter* painter, const QRectF& rect) const override;

 private:
  [[nodiscard]] QPointF toPixel(QPointF point) const;
  void makeImage();
  void drawOutline(QCPPainter* painter) const;
  void drawMark(QCPPainter* painter) const;

  std::shared_ptr<const DecisionMap> map_;
  QImage image_;
  Theme theme_ = Theme::light();
  std::optional<QPointF> mark_;
  qint64 markLabel_ = -1;
  bool yinYang_ = true;
};

}  // namespace paralif
