// Commands and tool bar of the lab.
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QMenu>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>

#include "app/studio/icons.h"
#include "app/studio/lab_controller.h"
#include "app/studio/lab_workspace.h"
#include "core/lab/biological.h"
#include "core/lab/published_runs.h"
#include "core/lab/simulate.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/stimulus_editor.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr std::pair<const char*, double> speeds[]{
    {"100× slower", 0.01}, {"20× slower", 0.05}, {"5× slower", 0.2}, {"real time", 1.0}};

/// How many of the neurons reset their membrane.
enum class Reset : std::uint8_t { none, all, some };

QString resetQuestion(Reset kind) {
  switch (kind) {
    case Reset::none:
      return LabWorkspace::tr("What if there were a &reset?");
    case Reset::all:
      return LabWorkspace::tr("What if there were no &reset?");
    case Reset::some:
      break;
  }
  return LabWorkspace::tr("What if: &reset or none?");
}

}  // namespace

void LabWorkspace::nameResetAction() {
  int with = 0;
  int without = 0;
  for (const lab::LabNeuron& neuron : controller_->scene().neurons) {
    if (!lab::has_reset_twin(neuron)) continue;
    ++(neuron.resets() ? with : without);
  }
  const Reset kind = with == 0 ? Reset::none : without == 0 ? Reset::all : Reset::some;
  resetAction->setText(resetQuestion(kind));
  resetAction->setEnabled(with + without > 0);
}

void LabWorkspace::makeActions() {
  openAction = addCommand(tr("Open scene…"), QKeySequence(), tr("Open neurons and stimulus"), "open");
  saveAction = addCommand(tr("Save scene…"), QKeySequence(), tr("Save neurons and stimulus"), "save");
  playAction = addCommand(tr("&Play"), Qt::CTRL | Qt::Key_Space, tr("Play the traces slowly"), "start");
  playAction->setCheckable(true);
  resetAction = addCommand(QString(), Qt::CTRL | Qt::Key_T,
                     tr("Show LIF beside ParaLIF with the same parameters, and the other way "
                        "round; shaded where they part"),
                     nullptr);
  resetAction->setCheckable(true);
  pinAction = addCommand(tr("Pin as &A"), Qt::CTRL | Qt::Key_B,
                   tr("Keep these traces, pale, to compare with what follows"));
  pinAction->setCheckable(true);
  addAction_ =
      addCommand(tr("Add"), QKeySequence(), tr("Another neuron under the same stimulus"), "new");
  removeAction = addCommand(tr("Remove"), QKeySequence(), tr("Remove the chosen neuron"));
  figureAction = addCommand(tr("Export figure…"), QKeySequence(),
                            tr("What is seen, as SVG, PDF or PNG; the traces also as CSV"));

  auto* presets = new QToolButton;
  presets->setText(tr("Presets"));
  presets->setObjectName("labPresets");
  presets->setToolTip(tr("Published runs and biological panels"));
  presets->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(presets);
  fillPresets(menu);
  presets->setMenu(menu);
  for (const auto& [name, factor] : speeds) speed_->addItem(tr(name), factor);
  speed_->setCurrentIndex(1);
  speed_->setAccessibleName(tr("Speed of playing"));
  speed_->setToolTip(tr("Speed of playing, against the neuron's own time"));

  auto* bar = new QToolBar(tr("Lab"), this);
  bar->setObjectName("toolbar.lab");
  bar->setMovable(false);
  bar->setIconSize({16, 16});
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  QAction* undo = undoStack()->createUndoAction(this, tr("Undo"));
  QAction* redo = undoStack()->createRedoAction(this, tr("Redo"));
  undo->setIcon(themedIcon("undo"));
  redo->setIcon(themedIcon("redo"));
  bar->addActions({openAction, saveAction, undo, redo});
  bar->addSeparator();
  bar->addWidget(presets);
  bar->addActions({addAction_, removeAction});
  bar->addSeparator();
  bar->addAction(playAction);
  bar->addWidget(speed_);
  bar->addSeparator();
  bar->addActions({resetAction, pinAction});
  bar->addSeparator();
  bar->addAction(figureAction);
  for (QAction* iconOnly : {openAction, saveAction, undo, redo}) {
    if (auto* button = qobject_cast<QToolButton*>(bar->widgetForAction(iconOnly))) {
      button->setToolButtonStyle(Qt::ToolButtonIconOnly);
      button->setAccessibleName(iconOnly->text());
    }
  }
  if (QWidget* button = bar->widgetForAction(resetAction)) {
    // The widest of its three texts, so that the buttons beside it stay.
    int width = 0;
    for (const Reset kind : {Reset::none, Reset::all, Reset::some}) {
      resetAction->setText(resetQuestion(kind));
      width = std::max(width, button->sizeHint().width());
    }
    button->setMinimumWidth(width);
  }
  addToolBar(bar);

  connect(addAction_, &QAction::triggered, this, &LabWorkspace::addNeuron);
  connect(removeAction, &QAction::triggered, this, &LabWorkspace::removeNeuron);
  connect(playAction, &QAction::toggled, this, &LabWorkspace::play);
  connect(resetAction, &QAction::toggled, controller_, &LabController::askForReset);
  connect(pinAction, &QAction::toggled, controller_, &LabController::pin);
  connect(openAction, &QAction::triggered, this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Open scene"), {}, "JSON (*.json)");
    if (!path.isEmpty()) openScene(path);
  });
  connect(saveAction, &QAction::triggered, this, [this] {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save scene"), "scene.json", "JSON (*.json)");
    if (!path.isEmpty()) saveScene(path);
  });
  connect(figureAction, &QAction::triggered, this, [this] {
    const QString kinds = pages_->currentIndex() == tracesPage
                              ? tr("Drawings and tables (*.svg *.pdf *.png *.csv)")
                              : tr("Drawings (*.svg *.pdf *.png)");
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Export figure"), suggestedFigure(), kinds);
    if (!path.isEmpty()) exportFigure(path);
  });
  connect(stimulus_, &StimulusEditor::importRequested, this, [this] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Import stimulus"), {},
                                                      tr("Tables (*.csv *.txt *.tsv)"));
    if (!path.isEmpty()) importCsv(path);
  });
}

void LabWorkspace::fillPresets(QMenu* menu) {
  menu->addAction(tr("LIF beside ParaLIF-D"), this,
                  [this] { controller_->take(firstScene(), tr("open a preset")); });
  QMenu* published = menu->addMenu(tr("Published runs"));
  int run = 0;
  for (const lab::PublishedRun& one : lab::published_runs()) {
    const QString title = QString("%1 %2, %3")
                              .arg(QChar(one.property))
                              .arg(QString::fromStdString(lab::name_of(one.neuron)),
                                   QString::fromStdString(one.stimulus.title));
    published->addAction(title, this, [this, run] { openPublished(run); });
    ++run;
  }
  QMenu* living = menu->addMenu(tr("Izhikevich's panels"));
  for (const lab::FeatureText& text : lab::feature_texts()) {
    living->addAction(QString("%1 %2").arg(text.letter).arg(textOf(text.name)), this,
                      [this, feature = text.feature] { openFeature("Izhikevich", feature); });
  }
}

}  // namespace paralif
