// The class the network gives to each point of the plane, repainted as it learns.
#pragma once

#include <QWidget>
#include <memory>

#include "core/values/plane_point.h"
#include "widgets/plots/plot_view.h"
#include "widgets/views/class_names.h"
#include "widgets/views/decision_map_item.h"

class QLabel;

namespace paralif {

class ViewCaption;

/// The figure keeps its proportions whatever the plot's size.
class DecisionMapPlot : public PlotView {
  Q_OBJECT

 public:
  explicit DecisionMapPlot(QWidget* parent = nullptr);
  void setMap(std::shared_ptr<const DecisionMap> map);
  /// Of "yinyang" or "points": the outline follows it too.
  void setClassNames(const ClassNames& names);
  /// Drawn over the map in the colours of their classes; a sample of them where there are many.
  void setPoints(std::shared_ptr<const std::vector<PlanePoint>> points);
  [[nodiscard]] qsizetype pointsDrawn() const;
  void setMark(std::optional<QPointF> point, qint64 label);
  [[nodiscard]] const DecisionMapItem& item() const { return *item_; }
  void writeCsv(QTextStream& out) const override;

 Q_SIGNALS:
  void pointClicked(QPointF point);  ///< coordinates of the plane, 0..1

 protected:
  void refreshData() override;
  void fitAxes() override;
  void recolor(const Theme& theme) override;
  [[nodiscard]] QString readout(const QCPAxisRect& rect, QPointF position) const override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  std::shared_ptr<const DecisionMap> map_;
  std::shared_ptr<const std::vector<PlanePoint>> points_;
  QVector<QCPGraph*> dots_;  ///< one a class
  ClassNames names_{"yinyang"};
  DecisionMapItem* item_;
  QPoint press_;
};

/// The map below the key of its colours.
class DecisionMapView : public QWidget {
  Q_OBJECT

 public:
  explicit DecisionMapView(QWidget* parent = nullptr);
  [[nodiscard]] DecisionMapPlot& plot() { return *plot_; }
  void setClassNames(const ClassNames& names);
  /// Of own points: as many as they have. Yin-Yang has three.
  void setClasses(int classes);
  [[nodiscard]] ViewCaption& caption() { return *caption_; }
  [[nodiscard]] QString key() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void updateKey();

  ClassNames names_{"yinyang"};
  int classes_ = 3;
  QLabel* key_;
  QLabel* note_;
  ViewCaption* caption_;
  DecisionMapPlot* plot_;
};

}  // namespace paralif
