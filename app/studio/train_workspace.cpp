// From snapshots to views, and from the views' choosers to the session.
#include "app/studio/train_workspace.h"

#include <QDockWidget>
#include <QLabel>
#include <QVBoxLayout>

#include "app/studio/session_controller.h"
#include "widgets/form/experiment_form.h"
#include "widgets/views/confusion_view.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/decision_map_view.h"
#include "widgets/views/log_view.h"
#include "widgets/views/membrane_view.h"
#include "widgets/views/raster_view.h"
#include "widgets/views/rates_view.h"
#include "widgets/views/weights_view.h"

namespace paralif {

TrainWorkspace::TrainWorkspace(SessionController& controller, QWidget* parent)
    : QMainWindow(parent, Qt::Widget), controller_(controller), form_(new ExperimentForm),
      formNote_(new QLabel), curves_(new CurvesView), raster_(new RasterView),
      membranes_(new MembraneView), rates_(new RatesView), confusion_(new ConfusionView),
      map_(new DecisionMapView), weights_(new WeightsView), log_(new LogView),
      testPoints_(yin_yang_points(yin_yang_test.size, yin_yang_test.seed)) {
  setObjectName("trainWorkspace");
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setDocumentMode(true);
  formNote_->setObjectName("formNote");
  formNote_->setWordWrap(true);
  formNote_->setContentsMargins(10, 6, 10, 6);
  formNote_->setText(tr("Settings changed: <b>Reset</b> (Ctrl+R), then Start, applies them."));
  formNote_->hide();
  auto* formPage = new QWidget;
  formPage->setMinimumWidth(308);
  auto* column = new QVBoxLayout(formPage);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(form_, 1);
  column->addWidget(formNote_);

  addDock(tr("Experiment"), "dock.experiment", formPage);
  addDock(tr("Learning curves"), "dock.curves", curves_);
  addDock(tr("Spike raster"), "dock.raster", raster_);
  addDock(tr("Membrane potentials"), "dock.membranes", membranes_);
  addDock(tr("Decision map"), "dock.map", map_);
  addDock(tr("Confusion"), "dock.confusion", confusion_);
  addDock(tr("Firing rates"), "dock.rates", rates_);
  addDock(tr("Weights"), "dock.weights", weights_);
  addDock(tr("Log"), "dock.log", log_);
  resetLayout();
  connectViews();
  membranes_->picker().setLayers(form_->experiment().network.hidden);
  membranes_->picker().setNeurons({{1, 0}, {1, 1}, {1, 2}});
  clearViews();
  updateMark();
}

void TrainWorkspace::connectViews() {
  connect(&controller_, &SessionController::snapshotTaken, this, &TrainWorkspace::showSnapshot);
  connect(&controller_, &SessionController::cleared, this, &TrainWorkspace::clearViews);
  connect(&controller_, &SessionController::stateChanged, this, &TrainWorkspace::updateFormNote);
  connect(form_, &ExperimentForm::experimentChanged, this, [this] {
    if (!controller_.hasRun() && problems_of(form_->experiment()).empty()) {
      membranes_->picker().setLayers(form_->experiment().network.hidden);
    }
    updateFormNote();
  });
  connect(raster_, &RasterView::sampleChosen, this, [this](qint64 sample) {
    sample_ = sample;
    updateMark();
    updateWatch();
  });
  connect(&membranes_->picker(), &NeuronPicker::neuronsChanged, this, &TrainWorkspace::updateWatch);
  connect(&map_->plot(), &DecisionMapPlot::pointClicked, this, &TrainWorkspace::chooseNearest);
  for (PlotView* plot : findChildren<PlotView*>()) {
    connect(plot, &PlotView::exportFailed, this, &TrainWorkspace::exportFailed);
  }
}

void TrainWorkspace::showSnapshot(const Snapshot& snapshot) {
  const Experiment& experiment = *controller_.experiment();
  raster_->setSamples(controller_.testSamples());
  if (!snapshot.batches_since.empty() || !snapshot.epochs_since.empty()) {
    curves_->setSeries(&controller_.series(), experiment.training.epochs);
  }
  if (!snapshot.epochs_since.empty()) {
    rates_->setSeries(&controller_.series(), experiment.neuron.time_step_s);
  }
  if (snapshot.probe && snapshot.probe != raster_->plot().raster().probe()) {
    raster_->setProbe(snapshot.probe);
    membranes_->setProbe(snapshot.probe);
  }
  confusion_->setMatrix(snapshot.confusion, QString::fromStdString(experiment.dataset.name));
  map_->plot().setMap(snapshot.decision_map);
  weights_->setWeights(snapshot.weights);
  log_->append(snapshot.log_since);
}

void TrainWorkspace::clearViews() {
  const Experiment* of = controller_.experiment();
  const Experiment& experiment = of != nullptr ? *of : form_->experiment();
  const QString dataset = QString::fromStdString(experiment.dataset.name);
  raster_->setDataset(dataset);
  membranes_->setDataset(dataset);
  if (problems_of(experiment).empty()) {
    membranes_->picker().setLayers(experiment.network.hidden);
  }
  if (dataset == "yinyang") raster_->setSamples(qint64(testPoints_.size()));
  curves_->setSeries(nullptr, experiment.training.epochs);
  rates_->setSeries(nullptr, experiment.neuron.time_step_s);
  raster_->setProbe(nullptr);
  membranes_->setProbe(nullptr);
  confusion_->setMatrix(nullptr, dataset);
  map_->setDataset(dataset == "points" ? dataset : QString("yinyang"));
  map_->plot().setMap(nullptr);
  updateMark();
  weights_->setWeights(nullptr);
  updateFormNote();
}

void TrainWorkspace::updateWatch() {
  WatchRequest request;
  request.sample = sample_;
  request.neurons = membranes_->picker().neurons();
  controller_.watch(request);
}

void TrainWorkspace::updateMark() {
  const Experiment* of = controller_.experiment();
  const bool yinYang = of == nullptr || of->dataset.name == "yinyang";
  if (!yinYang || sample_ < 0 || static_cast<std::size_t>(sample_) >= testPoints_.size()) {
    map_->plot().setMark(std::nullopt, -1);
    return;
  }
  const YinYangPoint& point = testPoints_[static_cast<std::size_t>(sample_)];
  map_->plot().setMark(QPointF(double(point.values[0]), double(point.values[1])),
                       static_cast<qint64>(point.label));
}

void TrainWorkspace::chooseNearest(QPointF point) {
  const Experiment* of = controller_.experiment();
  if (of != nullptr && of->dataset.name != "yinyang") return;
  double closest = 1e9;
  qint64 chosen = sample_;
  for (std::size_t i = 0; i < testPoints_.size(); ++i) {
    const double across = double(testPoints_[i].values[0]) - point.x();
    const double up = double(testPoints_[i].values[1]) - point.y();
    const double distance = across * across + up * up;
    if (distance >= closest) continue;
    closest = distance;
    chosen = static_cast<qint64>(i);
  }
  raster_->setSample(chosen);
}

void TrainWorkspace::updateFormNote() {
  const Experiment* running = controller_.experiment();
  formNote_->setVisible(running != nullptr && controller_.isActive() &&
                        !(*running == form_->experiment()));
}

}  // namespace paralif
