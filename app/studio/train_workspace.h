// The Train workspace: the experiment's form and every view of its training, as docks.
#pragma once

#include <QHash>
#include <QVector>
#include <vector>

#include "app/studio/background_job.h"
#include "app/studio/conditional_docks.h"
#include "app/studio/workspace.h"
#include "core/recording/watch_request.h"
#include "core/sessions/snapshot.h"
#include "core/values/plane_point.h"
#include "datasets/yin_yang.h"

namespace paralif {

class ConfusionView;
class CurvesView;
class DecisionMapView;
class ExperimentForm;
class LogView;
class MembraneView;
class NetworkPanel;
class PlotView;
class RasterView;
class RatesView;
class RecordView;
class ReplayBar;
class SessionController;
class TrainFormNote;
class ViewCaption;
struct Experiment;

class TrainWorkspace : public Workspace {
  Q_OBJECT

 public:
  explicit TrainWorkspace(SessionController& controller, QWidget* parent = nullptr);

  [[nodiscard]] ExperimentForm& form() { return *form_; }
  [[nodiscard]] CurvesView& curves() { return *curves_; }
  [[nodiscard]] RasterView& raster() { return *raster_; }
  [[nodiscard]] MembraneView& membranes() { return *membranes_; }
  [[nodiscard]] DecisionMapView& map() { return *map_; }
  [[nodiscard]] LogView& log() { return *log_; }
  [[nodiscard]] NetworkPanel& network() { return *network_; }
  [[nodiscard]] const QVector<QDockWidget*>& docks() const { return docks_; }

  [[nodiscard]] QUndoStack* undoStack() override;
  void resetLayout() override;
  void remember() override;
  void takeUp() override;
  /// Takes up a layout of saveState(); an unusable one leaves the first arrangement.
  void takeUpLayout(const QByteArray& layout);
  /// The layout with every dock where the user has it, also one that does not apply now.
  [[nodiscard]] QByteArray saveState();
  /// The line that says which run, sample and epoch a dock's view shows.
  [[nodiscard]] QString captionOf(const QString& dock) const;

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void shareSpace();
  /// A view without a line for its caption gets one above it.
  QDockWidget* addDock(const QString& title, const char* name, QWidget* content,
                       ViewCaption* caption = nullptr, bool captioned = false);
  /// Docks that say nothing about this data are hidden, and listed nowhere.
  void showWhatApplies(const Experiment& experiment);
  /// Sizes of the hidden layers; the first neurons are chosen where none could be before.
  void offerNeurons(const std::vector<std::int64_t>& layers);
  void setCaptions(const Snapshot& snapshot);
  void applyChanges();
  void takeRunSettings();
  void connectViews();
  void showSnapshot(const Snapshot& snapshot);
  void showSample(const Records& records);
  void clearViews();
  /// The page, and its docks that can be seen and show a moment of the run.
  [[nodiscard]] QList<std::pair<QString, QWidget*>> seenViews();
  [[nodiscard]] WatchRequest request() const;  ///< of what the views ask for
  void updateWatch();
  void chooseRecording();
  void setTestPoints(std::shared_ptr<const std::vector<PlanePoint>> points);
  void updateMark();
  void updateFormNote();
  [[nodiscard]] const Experiment& shown() const;
  void chooseNearest(QPointF point);

  SessionController& controller_;
  ExperimentForm* form_;
  TrainFormNote* formNote_;
  CurvesView* curves_;
  RasterView* raster_;
  MembraneView* membranes_;
  RatesView* rates_;
  ConfusionView* confusion_;
  DecisionMapView* map_;
  LogView* log_;
  NetworkPanel* network_;
  ReplayBar* replay_;
  BackgroundJob counting_;  ///< of samples, for what a recording costs
  QVector<QDockWidget*> docks_;
  QHash<QDockWidget*, ViewCaption*> captions_;
  QVector<RecordView*> recordViews_;
  ConditionalDocks conditional_;
  std::shared_ptr<const std::vector<PlanePoint>> yinYangPoints_;
  std::shared_ptr<const std::vector<PlanePoint>> testPoints_;  ///< of the run shown; or null
  qint64 sample_ = 0;
  bool arranged_ = false;
};

}  // namespace paralif
