// From snapshots to views, and from the views' choosers to the session.
#include "app/studio/train_workspace.h"
#include "core/values/parameter_text.h"

#include <QDockWidget>
#include <QFileInfo>
#include <QPointer>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/network_panel.h"
#include "app/studio/recording_dialog.h"
#include "app/studio/replay_bar.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_form_note.h"
#include "datasets/error.h"
#include "widgets/form/change_field.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/field_row.h"
#include "widgets/records/record_view.h"
#include "widgets/records/record_views.h"
#include "widgets/views/confusion_view.h"
#include "widgets/views/curves_view.h"
#include "widgets/views/decision_map_view.h"
#include "widgets/views/log_view.h"
#include "widgets/views/membrane_view.h"
#include "widgets/views/raster_view.h"
#include "widgets/views/rates_view.h"
#include "widgets/views/view_caption.h"

#include <algorithm>
#include <cmath>

namespace paralif {

namespace {

const char* const keepKey = "recording.keep";

std::shared_ptr<const std::vector<PlanePoint>> planePoints(
    const std::vector<YinYangPoint>& points) {
  auto plane = std::make_shared<std::vector<PlanePoint>>();
  for (const YinYangPoint& p : points) {
    plane->push_back({p.values[0], p.values[1], static_cast<std::int64_t>(p.label)});
  }
  return plane;
}

/// Neurons of each hidden layer; of a list of layers they are known once it has been run.
std::vector<std::int64_t> layersOf(const Experiment& experiment) {
  const bool dense = experiment.network.layers.layers.empty();
  return dense ? experiment.network.hidden : std::vector<std::int64_t>();
}

std::vector<std::int64_t> layersOf(const SampleProbe& probe) {
  std::vector<std::int64_t> sizes;
  for (std::size_t i = 1; i < probe.layers.size(); ++i) sizes.push_back(probe.layers[i].neurons);
  return sizes;
}

}  // namespace

TrainWorkspace::TrainWorkspace(SessionController& controller, QWidget* parent)
    : Workspace({tr("Train"), "train", tr("Train a network and watch it learn")}, parent),
      controller_(controller), form_(new ExperimentForm),
      formNote_(new TrainFormNote), curves_(new CurvesView), raster_(new RasterView),
      membranes_(new MembraneView), rates_(new RatesView), confusion_(new ConfusionView),
      map_(new DecisionMapView), log_(new LogView),
      network_(new NetworkPanel(*form_)),
      yinYangPoints_(planePoints(yin_yang_points(yin_yang_test.size, yin_yang_test.seed))) {
  setObjectName("trainWorkspace");
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
  setDocumentMode(true);
  auto* formPage = new QWidget;
  auto* column = new QVBoxLayout(formPage);
  column->addStrut(308);  // pixels; what large type needs beyond that, the form asks for itself
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(form_, 1);
  column->addWidget(formNote_);

  addDock(tr("Experiment"), "dock.experiment", formPage);
  addDock(tr("Learning curves"), "dock.curves", curves_, &curves_->caption());
  addDock(tr("Spike raster"), "dock.raster", raster_, &raster_->caption());
  addDock(tr("Membrane potentials"), "dock.membranes", membranes_, &membranes_->caption());
  addDock(tr("Decision map"), "dock.map", map_, &map_->caption());
  addDock(tr("Confusion"), "dock.confusion", confusion_, nullptr, true);
  addDock(tr("Firing rates"), "dock.rates", rates_, nullptr, true);
  addDock(tr("Log"), "dock.log", log_);
  addDock(tr("Network"), "dock.network", network_);
  recordViews_ = makeRecordViews();
  for (RecordView* view : std::as_const(recordViews_)) {
    addDock(view->title(), view->name(), view, nullptr, true);
  }
  for (QDockWidget* dock : std::as_const(docks_)) conditional_.add(dock);
  replay_ = new ReplayBar(controller_, this);
  replay_->setViews([this] { return seenViews(); });
  connect(replay_, &ReplayBar::exported, this, &Workspace::exported);
  connect(replay_, &ReplayBar::failed, this, &Workspace::failed);
  statusBar()->setSizeGripEnabled(false);
  statusBar()->addWidget(replay_, 1);
  statusBar()->hide();
  resetLayout();
  connectViews();
  offerNeurons(layersOf(form_->experiment()));
  clearViews();
  updateMark();
}

QUndoStack* TrainWorkspace::undoStack() { return form_->undoStack(); }

void TrainWorkspace::connectViews() {
  connect(&controller_, &SessionController::snapshotTaken, this, &TrainWorkspace::showSnapshot);
  connect(&controller_, &SessionController::cleared, this, &TrainWorkspace::clearViews);
  connect(&controller_, &SessionController::stateChanged, this, &TrainWorkspace::updateFormNote);
  connect(form_, &ExperimentForm::experimentChanged, this, [this] {
    if (!controller_.hasRun()) clearViews();
    updateFormNote();
  });
  connect(network_, &NetworkPanel::failed, this, &TrainWorkspace::failed);
  connect(&controller_, &SessionController::stateChanged, this, [this](SessionState state) {
    // A network that does not fit is told at its layer.
    const Snapshot& latest = controller_.latest();
    if (state != SessionState::failed || latest.subject.empty()) return;
    if (!network_->showProblem(QString::fromStdString(latest.subject),
                               QString::fromStdString(latest.message))) {
      return;
    }
    for (QDockWidget* dock : std::as_const(docks_)) {
      if (dock->widget() == network_) dock->raise();
    }
  });
  connect(replay_, &ReplayBar::offered, statusBar(), &QStatusBar::setVisible);
  QToolButton* choose = form_->row(keepKey)->addButton(
      tr("…"), tr("Choose what is kept of an epoch, and see what it costs"));
  connect(choose, &QToolButton::clicked, this, &TrainWorkspace::chooseRecording);
  connect(formNote_, &TrainFormNote::applyRequested, this, &TrainWorkspace::applyChanges);
  connect(formNote_, &TrainFormNote::takeRequested, this, &TrainWorkspace::takeRunSettings);
  connect(raster_, &RasterView::sampleChosen, this, [this](qint64 sample) {
    sample_ = sample;
    updateMark();
    updateWatch();
  });
  connect(&membranes_->picker(), &NeuronPicker::neuronsChanged, this, &TrainWorkspace::updateWatch);
  connect(&map_->plot(), &DecisionMapPlot::pointClicked, this, &TrainWorkspace::chooseNearest);
  for (PlotView* plot : findChildren<PlotView*>()) {
    connect(plot, &PlotView::exportFailed, this, &TrainWorkspace::failed);
  }
}

const Experiment& TrainWorkspace::shown() const {
  const Experiment* of = controller_.experiment();
  return of != nullptr ? *of : form_->experiment();
}

void TrainWorkspace::offerNeurons(const std::vector<std::int64_t>& layers) {
  NeuronPicker& picker = membranes_->picker();
  const bool none = picker.layers().empty();
  picker.setLayers(layers);
  if (!none || layers.empty()) return;
  std::vector<NeuronPicker::Neuron> first;
  for (std::int64_t neuron = 0; neuron < std::min<std::int64_t>(3, layers.front()); ++neuron) {
    first.push_back({1, neuron});
  }
  picker.setNeurons(first);
}

void TrainWorkspace::showSnapshot(const Snapshot& snapshot) {
  const Experiment& experiment = shown();
  raster_->setSamples(controller_.testSamples());
  ClassNames names{QString::fromStdString(experiment.dataset.name)};
  for (const std::string& name : snapshot.class_names) {
    names.own.append(QString::fromStdString(name));
  }
  raster_->setClassNames(names);
  membranes_->setClassNames(names);
  map_->setClassNames(names);
  if (!snapshot.batches_since.empty() || !snapshot.epochs_since.empty() ||
      !snapshot.changes_since.empty()) {
    curves_->setSeries(&controller_.series(), experiment.training.epochs);
  }
  if (!snapshot.epochs_since.empty()) {
    rates_->setSeries(&controller_.series(), experiment.neuron.time_step_s);
  }
  const QString problem = QString::fromStdString(snapshot.watch_problem);
  raster_->setProblem(problem);
  membranes_->setProblem(problem);
  showSample(snapshot.records);
  confusion_->setMatrix(value_of<ConfusionMatrix>(snapshot.records, "confusion"), names);
  if (snapshot.plane_points && !snapshot.plane_points->empty()) {
    setTestPoints(snapshot.plane_points);
  }
  map_->plot().setMap(value_of<DecisionMap>(snapshot.records, "decision_map"));
  for (RecordView* view : std::as_const(recordViews_)) view->setRecords(snapshot.records);
  log_->append(snapshot.log_since);
  setCaptions(snapshot);
  if (!snapshot.changes_since.empty()) updateFormNote();
}

void TrainWorkspace::showSample(const Records& records) {
  const bool replayed = controller_.replayedEpoch() > 0;
  const auto spikes = value_of<SampleProbe>(records, "spikes");
  if (spikes && spikes != raster_->plot().raster().probe()) {
    offerNeurons(layersOf(*spikes));
    raster_->setProbe(spikes);
  } else if (!spikes && replayed) {
    raster_->setProbe(nullptr);
  }
  const auto membranes = value_of<SampleProbe>(records, "membranes");
  if (membranes && membranes != membranes_->probe()) {
    map_->setClasses(static_cast<int>(membranes->readout.size()));
    membranes_->setProbe(membranes);
  } else if (!membranes && replayed) {
    membranes_->setProbe(nullptr);
  }
}

void TrainWorkspace::clearViews() {
  const Experiment& experiment = shown();
  const QString dataset = QString::fromStdString(experiment.dataset.name);
  showWhatApplies(experiment);
  const ClassNames names{dataset};
  raster_->setClassNames(names);
  membranes_->setClassNames(names);
  map_->setClassNames(names);
  if (problems_of(experiment).empty()) offerNeurons(layersOf(experiment));
  setTestPoints(dataset == "yinyang" ? yinYangPoints_ : nullptr);
  curves_->setSeries(nullptr, experiment.training.epochs);
  rates_->setSeries(nullptr, experiment.neuron.time_step_s);
  raster_->setProblem({});
  membranes_->setProblem({});
  raster_->setProbe(nullptr);
  membranes_->setProbe(nullptr);
  confusion_->setMatrix(nullptr, names);
  map_->plot().setMap(nullptr);
  updateMark();
  for (RecordView* view : std::as_const(recordViews_)) view->setRecords({});
  setCaptions({});
  updateFormNote();
}

void TrainWorkspace::setCaptions(const Snapshot& snapshot) {
  const auto epoch = [](std::int64_t number) {
    return number > 0 ? tr("epoch %1").arg(number) : tr("untrained");
  };
  const QString folder = QFileInfo(QString::fromStdString(snapshot.run_folder)).fileName();
  QString run;
  if (controller_.hasRun()) {
    run = QString::fromStdString(shown().title);
    if (controller_.isRecorded()) run = tr("%1, recorded as %2").arg(run, folder);
  }
  const auto say = [&](const char* dock, const QString& what, bool there) {
    for (auto at = captions_.begin(); at != captions_.end(); ++at) {
      if (at.key()->objectName() != dock) continue;
      QStringList parts;
      if (there && !what.isEmpty()) parts.append(what);
      if (!run.isEmpty()) parts.append(run);
      at.value()->setText(parts.join(" · "));
    }
  };
  const auto sayRecord = [&](const char* dock, const char* recorder) {
    const auto record = record_of(snapshot.records, recorder);
    const QString when = record ? epoch(record->epoch) : QString();
    const bool sampled = record && record->sample >= 0;
    say(dock, sampled ? tr("%1 · sample %2").arg(when).arg(record->sample) : when,
        record != nullptr);
  };
  say("dock.curves", {}, true);
  sayRecord("dock.raster", "spikes");
  sayRecord("dock.membranes", "membranes");
  const auto map = value_of<DecisionMap>(snapshot.records, "decision_map");
  const bool mixed = map && map->first_epoch != map->epoch;
  say("dock.map",
      mixed ? tr("epochs %1 to %2").arg(map->first_epoch).arg(map->epoch)
      : map ? epoch(map->epoch)
            : QString(),
      map != nullptr);
  sayRecord("dock.confusion", "confusion");
  const auto& epochs = controller_.series().epochs;
  say("dock.rates", epochs.empty() ? QString() : epoch(epochs.back().epoch), true);
  for (const RecordView* view : recordViews_) sayRecord(view->name(), view->recorder());
}

WatchRequest TrainWorkspace::request() const {
  WatchRequest request;
  request.sample = sample_;
  request.neurons = membranes_->picker().neurons();
  return request;
}

void TrainWorkspace::updateWatch() { controller_.watch(request()); }

void TrainWorkspace::chooseRecording() {
  RecordingDialog dialog(form_->experiment(), request(), this);
  // Opening the data may outlast the dialog, which must close at once.
  counting_.start([experiment = form_->experiment()](
                      JobControl&) { return count_samples(experiment); },
                  [open = QPointer(&dialog)](const SampleCounts& samples) {
                    if (open) open->setSamples(samples);
                  });
  connect(&counting_, &BackgroundJob::failed, &dialog,
          [&dialog](const Failure& failure) { dialog.setProblem(failure.sentence); });
  const bool accepted = dialog.exec() == QDialog::Accepted;
  counting_.cancel();
  if (!accepted) return;
  Experiment chosen = form_->experiment();
  chosen.recording = dialog.settings();
  QUndoStack& stack = *form_->undoStack();
  stack.beginMacro(tr("what is kept of an epoch"));
  for (const Field& field : experiment_fields()) {
    const ParameterValue before = field.get(form_->experiment());
    if (field.get(chosen) == before) continue;
    stack.push(new ChangeField(*form_, field, before, field.get(chosen)));
  }
  stack.endMacro();
}

void TrainWorkspace::setTestPoints(std::shared_ptr<const std::vector<PlanePoint>> points) {
  if (points == testPoints_) return;
  testPoints_ = std::move(points);
  if (testPoints_) raster_->setSamples(qint64(testPoints_->size()));
  // Yin-Yang's classes have an outline; own points are their own.
  map_->plot().setPoints(shown().dataset.name == "yinyang" ? nullptr : testPoints_);
  updateMark();
}

void TrainWorkspace::updateMark() {
  if (!testPoints_ || sample_ < 0 || static_cast<std::size_t>(sample_) >= testPoints_->size()) {
    map_->plot().setMark(std::nullopt, -1);
    return;
  }
  const PlanePoint& point = (*testPoints_)[static_cast<std::size_t>(sample_)];
  map_->plot().setMark(QPointF(double(point.x), double(point.y)), qint64(point.label));
}

void TrainWorkspace::chooseNearest(QPointF point) {
  if (!testPoints_ || testPoints_->empty()) return;
  const auto distance = [&](const PlanePoint& p) {
    return std::hypot(double(p.x) - point.x(), double(p.y) - point.y());
  };
  const auto nearest = std::ranges::min_element(*testPoints_, {}, distance);
  raster_->setSample(std::distance(testPoints_->begin(), nearest));
}

void TrainWorkspace::updateFormNote() {
  const Experiment* run = controller_.experiment();
  const bool active = controller_.isActive();
  formNote_->compare(run, form_->experiment(), active);
  for (const Field& field : experiment_fields()) {
    FieldRow* row = form_->row(QString::fromStdString(std::string(field.key)));
    if (row == nullptr) continue;
    const bool differs = active && field.key != "title" && run != nullptr &&
                         field.get(*run) != field.get(form_->experiment());
    const QString kept = differs ? QString::fromStdString(parameter_text(field, *run)) : QString();
    row->setNote(!differs ? field.key == keepKey
                                ? RecordingDialog::summaryOf(form_->experiment(), request())
                                : QString()
                 : field.live
                     ? tr("%1 in the training so far").arg(kept)
                     : tr("%1 in the training; %2.")
                           .arg(kept, QString::fromStdString(std::string(change_problem(field)))));
  }
}

void TrainWorkspace::applyChanges() {
  const Experiment* run = controller_.experiment();
  if (run == nullptr || !controller_.isActive()) return;
  const Experiment before = *run;
  for (const std::string& key : differingFields(before, form_->experiment())) {
    const Field& field = *find_field(key);
    if (!field.live) continue;
    try {
      controller_.change({key, field.get(form_->experiment())});
    } catch (const Error& error) {
      Q_EMIT failed(QString::fromUtf8(error.what()));
    }
  }
}

void TrainWorkspace::takeRunSettings() {
  const Experiment* run = controller_.experiment();
  if (run == nullptr) return;
  const Experiment wanted = *run;
  QUndoStack& stack = *form_->undoStack();
  stack.beginMacro(tr("settings of \"%1\"").arg(QString::fromStdString(wanted.title)));
  for (const Field& field : experiment_fields()) {
    const ParameterValue mine = field.get(form_->experiment());
    if (mine != field.get(wanted)) {
      stack.push(new ChangeField(*form_, field, mine, field.get(wanted)));
    }
  }
  stack.endMacro();
}

}  // namespace paralif
