// Assembly and connections of the lab.
#include "app/studio/lab_workspace.h"

#include <QComboBox>
#include <QDockWidget>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QTabBar>
#include <QTabWidget>
#include <QUndoStack>

#include <cmath>

#include "app/studio/feature_judge.h"
#include "app/studio/icons.h"
#include "app/studio/lab_analysis.h"
#include "app/studio/lab_controller.h"
#include "app/studio/search_runner.h"
#include "widgets/lab/feature_board.h"
#include "widgets/lab/figure_view.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/search_map.h"
#include "widgets/lab/search_view.h"
#include "widgets/lab/stimulus_editor.h"

namespace paralif {
namespace {

constexpr int frameMs = 33;
constexpr int sideWidth = 270;

QScrollArea* scrolled(QWidget* content) {
  auto* area = new QScrollArea;
  area->setWidget(content);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  area->setMinimumWidth(sideWidth - 20);
  return area;
}

}  // namespace

LabWorkspace::LabWorkspace(QWidget* parent)
    : Workspace({tr("Lab"), "lab", tr("One neuron under your hand, and the twenty features")}, parent),
      controller_(new LabController(this)),
      judge_(new FeatureJudge(this)),
      runner_(new SearchRunner(this)),
      pages_(new QTabWidget),
      plot_(new LabPlot),
      board_(new FeatureBoard),
      search_(new SearchView),
      figure_(new FigureView),
      editors_(new QTabWidget),
      stimulus_(new StimulusEditor),
      analysis_(new LabAnalysis(*controller_)),
      speed_(new QComboBox) {
  setObjectName("labWorkspace");
  pages_->setObjectName("labPages");
  pages_->setDocumentMode(true);
  pages_->addTab(plot_, tr("Traces"));
  for (const auto& [page, title] : {std::pair<QWidget*, QString>{board_, tr("Twenty features")},
                                    {search_, tr("Search")}}) {
    QScrollArea* area = scrolled(page);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    pages_->addTab(area, title);
  }
  pages_->addTab(figure_, tr("Published figure"));
  pages_->setMinimumWidth(300);  // with docks at both sides, on a screen of 1024 pixels
  setCentralWidget(pages_);
  makeActions();
  makeDocks();
  judge_->setAnswers(shippedAnswers());
  connectScene();
  connectFeatures();
  player_.setInterval(frameMs);
  connect(&player_, &QTimer::timeout, this, &LabWorkspace::advance);
  showScene();
}

LabWorkspace::~LabWorkspace() {
  runner_->disconnect(this);
  judge_->disconnect(this);
  controller_->disconnect(this);
}

void LabWorkspace::makeDocks() {
  const auto add = [this](const QString& title, const char* name, QWidget* content,
                          Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    docks_.append(dock);
    return dock;
  };
  editors_->setObjectName("neuronTabs");
  editors_->setDocumentMode(true);
  editors_->setAccessibleName(tr("Neurons side by side"));
  editors_->tabBar()->setUsesScrollButtons(true);
  add(tr("Neurons"), "dock.lab.neurons", editors_, Qt::LeftDockWidgetArea);
  auto* right =
      add(tr("Stimulus"), "dock.lab.stimulus", scrolled(stimulus_), Qt::RightDockWidgetArea);
  auto* below = add(tr("Analysis"), "dock.lab.analysis", analysis_, Qt::RightDockWidgetArea);
  resizeDocks({docks_[0], right}, {sideWidth, sideWidth}, Qt::Horizontal);
  resizeDocks({right, below}, {420, 260}, Qt::Vertical);
}

void LabWorkspace::connectScene() {
  connect(controller_, &LabController::changed, this, &LabWorkspace::showScene);
  connect(plot_, &LabPlot::stimulusDragged, controller_, &LabController::previewStimulus);
  connect(plot_, &LabPlot::stimulusEdited, this, [this](const lab::Stimulus& stimulus) {
    controller_->previewStimulus(stimulus);
    controller_->commit(tr("drag the stimulus"));
  });
  connect(plot_, &PlotView::exportFailed, this, &LabWorkspace::failed);
  connect(search_, &SearchView::choiceChanged, this, &LabWorkspace::showCell);
  connect(analysis_, &LabAnalysis::exportFailed, this, &LabWorkspace::failed);
  connect(stimulus_, &StimulusEditor::stimulusEdited, this, [this](const lab::Stimulus& stimulus) {
    controller_->previewStimulus(stimulus);
    controller_->commit(tr("change the stimulus"));
  });
  connect(editors_, &QTabWidget::currentChanged, this, [this](int index) {
    if (index >= 0) analysis_->setChosen(static_cast<std::size_t>(index));
  });
  connect(pages_, &QTabWidget::currentChanged, this, [this](int page) {
    for (QDockWidget* dock : std::as_const(docks_)) dock->setVisible(page == tracesPage);
    if (page == boardPage && !judged_) judge();
    if (page == searchPage) showCell();
  });
}

void LabWorkspace::connectFeatures() {
  connect(board_, &FeatureBoard::modelChosen, this, &LabWorkspace::judge);
  connect(board_, &FeatureBoard::featureOpened, this,
          [this](lab::Feature feature) { openFeature(board_->model(), feature); });
  connect(judge_, &FeatureJudge::judged, board_, &FeatureBoard::setAnswer);
  connect(figure_, &FigureView::runOpened, this, &LabWorkspace::openPublished);
  connect(search_, &SearchView::openRequested, this, &LabWorkspace::openFound);
  connect(search_, &SearchView::startRequested, this, [this] {
    runner_->start({{search_->model().toStdString(), search_->feature()}});
  });
  connect(search_, &SearchView::startAllRequested, this,
          [this] { runner_->start(lab::all_search_cells()); });
  connect(search_, &SearchView::cancelRequested, runner_, &SearchRunner::cancel);
  connect(runner_, &SearchRunner::progressed, this, [this](const lab::SearchProgress& progress) {
    search_->setProgress(progress);
    showCell();
    if (!progress.error.empty()) Q_EMIT failed(QString::fromStdString(progress.error));
  });
  connect(runner_, &SearchRunner::ended, this, [this] {
    judge_->setAnswers(runner_->results());
    judged_ = false;
    if (pages_->currentIndex() == boardPage) judge();
  });
}

void LabWorkspace::showScene() {
  showEditors();
  stimulus_->setStimulus(controller_->scene().stimulus);
  plot_->setStimulus(controller_->scene().stimulus);
  plot_->setNeurons(controller_->shown());
  nameResetAction();
  addAction_->setEnabled(controller_->scene().neurons.size() < lab::most_neurons);
  removeAction->setEnabled(controller_->scene().neurons.size() > 1);
}

void LabWorkspace::showEditors() {
  const auto& neurons = controller_->scene().neurons;
  while (editors_->count() > static_cast<int>(neurons.size())) {
    QWidget* last = editors_->widget(editors_->count() - 1);
    editors_->removeTab(editors_->count() - 1);
    last->deleteLater();
  }
  while (editors_->count() < static_cast<int>(neurons.size())) {
    auto* editor = new NeuronEditor;
    const auto index = static_cast<std::size_t>(editors_->count());
    editors_->addTab(scrolled(editor), QString::number(index + 1));
    connect(editor, &NeuronEditor::neuronEdited, this, [this, index](const lab::LabNeuron& neuron) {
      controller_->previewNeuron(index, neuron);
    });
    connect(editor, &NeuronEditor::editFinished, this,
            [this] { controller_->commit(tr("change a neuron")); });
    editors_->setTabIcon(editors_->count() - 1, discIcon([i = editors_->count() - 1](const Theme& t) {
                           return LabPlot::colourOf(t, static_cast<std::size_t>(i));
                         }));
  }
  for (int i = 0; i < editors_->count(); ++i) {
    const lab::LabNeuron& neuron = neurons[static_cast<std::size_t>(i)];
    editor(i)->setTimeStep(controller_->scene().stimulus.time_step_s);
    if (!(editor(i)->neuron() == neuron)) editor(i)->setNeuron(neuron);
    const auto& trace = controller_->shown()[static_cast<std::size_t>(i)].trace;
    editor(i)->setAdvice(lab::advice_on(neuron, *trace));
    const QString name = QString::fromStdString(lab::short_name(lab::name_of(neuron)));
    const QString title = QString("%1 %2").arg(i + 1).arg(name);
    if (editors_->tabText(i) != title) editors_->setTabText(i, title);
  }
}

NeuronEditor* LabWorkspace::editor(int neuron) {
  auto* area = qobject_cast<QScrollArea*>(editors_->widget(neuron));
  return area == nullptr ? nullptr : qobject_cast<NeuronEditor*>(area->widget());
}

QUndoStack* LabWorkspace::undoStack() {
  return controller_->undoStack();
}

void LabWorkspace::addNeuron() {
  lab::LabScene scene = controller_->scene();
  scene.neurons.push_back(scene.neurons[static_cast<std::size_t>(editors_->currentIndex())]);
  controller_->take(scene, tr("add a neuron"));
  editors_->setCurrentIndex(editors_->count() - 1);
}

void LabWorkspace::removeNeuron() {
  lab::LabScene scene = controller_->scene();
  scene.neurons.erase(scene.neurons.begin() + editors_->currentIndex());
  controller_->take(scene, tr("remove a neuron"));
}

void LabWorkspace::showPage(Page page) {
  pages_->setCurrentIndex(page);
}

void LabWorkspace::play(bool on) {
  if (on) {
    if (playhead_ >= plot_->endMs()) playhead_ = 0.0;
    showPage(tracesPage);
    player_.start();
  } else {
    player_.stop();
    plot_->setPlayhead(std::nan(""));
  }
}

void LabWorkspace::advance() {
  playhead_ += frameMs * speed_->currentData().toDouble();
  if (playhead_ >= plot_->endMs()) {
    playhead_ = 0.0;
    playAction->setChecked(false);
    return;
  }
  plot_->setPlayhead(playhead_);
}

void LabWorkspace::judge() {
  judged_ = true;
  board_->clearAnswers();
  judge_->start(board_->model());
}

void LabWorkspace::showCell() {
  const std::string model = search_->model().toStdString();
  lab::CellResult result = runner_->resultOf(model, search_->feature());
  if (result.tried == 0 && !runner_->isRunning()) {
    if (const auto* known = judge_->answerOf(search_->model(), search_->feature())) result = *known;
  }
  search_->setResult(result);
}

void LabWorkspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  if (pages_->currentIndex() == boardPage && !judged_) judge();
}

void LabWorkspace::hideEvent(QHideEvent* event) {
  QMainWindow::hideEvent(event);
  playAction->setChecked(false);
}

}  // namespace paralif
