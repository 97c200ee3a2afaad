// The Train workspace: the experiment's form and every view of its training, as docks.
#pragma once

#include <QMainWindow>
#include <QVector>
#include <vector>

#include "core/session/snapshot.h"
#include "datasets/yin_yang.h"

class QLabel;

namespace paralif {

class ConfusionView;
class CurvesView;
class DecisionMapView;
class ExperimentForm;
class LogView;
class MembraneView;
class PlotView;
class RasterView;
class RatesView;
class SessionController;
class WeightsView;

class TrainWorkspace : public QMainWindow {
  Q_OBJECT

 public:
  explicit TrainWorkspace(SessionController& controller, QWidget* parent = nullptr);

  [[nodiscard]] ExperimentForm& form() { return *form_; }
  [[nodiscard]] CurvesView& curves() { return *curves_; }
  [[nodiscard]] RasterView& raster() { return *raster_; }
  [[nodiscard]] MembraneView& membranes() { return *membranes_; }
  [[nodiscard]] DecisionMapView& map() { return *map_; }
  [[nodiscard]] LogView& log() { return *log_; }
  [[nodiscard]] const QVector<QDockWidget*>& docks() const { return docks_; }

  void resetLayout();
  /// Takes up a layout of saveState(); an unusable one leaves the first arrangement.
  void takeUpLayout(const QByteArray& layout);

 Q_SIGNALS:
  void exportFailed(const QString& sentence);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void shareSpace();
  QDockWidget* addDock(const QString& title, const char* name, QWidget* content);
  void connectViews();
  void showSnapshot(const Snapshot& snapshot);
  void clearViews();
  void updateWatch();
  void updateMark();
  void updateFormNote();
  void chooseNearest(QPointF point);

  SessionController& controller_;
  ExperimentForm* form_;
  QLabel* formNote_;
  CurvesView* curves_;
  RasterView* raster_;
  MembraneView* membranes_;
  RatesView* rates_;
  ConfusionView* confusion_;
  DecisionMapView* map_;
  WeightsView* weights_;
  LogView* log_;
  QVector<QDockWidget*> docks_;
  std::vector<YinYangPoint> testPoints_;
  qint64 sample_ = 0;
  bool arranged_ = false;
};

}  // namespace paralif
