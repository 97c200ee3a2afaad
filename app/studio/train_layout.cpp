// Docks of the Train workspace and their arrangement at a first start.
#include <QAction>
#include <QDockWidget>
#include <QVBoxLayout>

#include "app/studio/settings.h"
#include "app/studio/train_workspace.h"
#include "core/experiments/experiment.h"
#include "datasets/catalogue/catalogue.h"
#include "widgets/records/record_view.h"
#include "widgets/views/view_caption.h"

namespace paralif {
namespace {

enum Dock { formDock, curvesDock, rasterDock, membranesDock, mapDock, confusionDock, ratesDock,
            logDock, networkDock, firstRecordDock };

}  // namespace

QDockWidget* TrainWorkspace::addDock(const QString& title, const char* name, QWidget* content,
                                     ViewCaption* caption, bool captioned) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  if (captioned && caption == nullptr) {
    caption = new ViewCaption;
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 2, 0, 0);
    column->setSpacing(0);
    column->addWidget(caption);
    column->addWidget(content, 1);
    content = page;
  }
  if (caption != nullptr) captions_.insert(dock, caption);
  // The plots bear any width; what texts would like must not make the window wider than a screen.
  constexpr int narrowest = 200;  // pixels
  if (docks_.size() != formDock) content->setMinimumWidth(narrowest);
  dock->setWidget(content);
  docks_.append(dock);
  return dock;
}

QString TrainWorkspace::captionOf(const QString& name) const {
  for (QDockWidget* dock : docks_) {
    if (dock->objectName() == name && captions_.contains(dock)) return captions_[dock]->text();
  }
  return {};
}

QList<std::pair<QString, QWidget*>> TrainWorkspace::seenViews() {
  QList<std::pair<QString, QWidget*>> views{{tr("Whole page"), this}};
  for (QDockWidget* dock : std::as_const(docks_)) {
    if (captions_.contains(dock) && !dock->visibleRegion().isEmpty()) {
      views.emplace_back(dock->windowTitle(), dock->widget());
    }
  }
  return views;
}

void TrainWorkspace::showWhatApplies(const Experiment& experiment) {
  conditional_.setApplies(docks_[mapDock],
                          kind_of(experiment.dataset.name) == DataKind::points);
  for (qsizetype i = 0; i < recordViews_.size(); ++i) {
    conditional_.setApplies(docks_[firstRecordDock + i], recordViews_[i]->applies(experiment));
  }
}

QByteArray TrainWorkspace::saveState() {
  return conditional_.saved([this] { return QMainWindow::saveState(); });
}

void TrainWorkspace::resetLayout() {
  for (QDockWidget* dock : std::as_const(docks_)) {
    removeDockWidget(dock);
    dock->setFloating(false);
  }
  addDockWidget(Qt::LeftDockWidgetArea, docks_[formDock]);
  splitDockWidget(docks_[formDock], docks_[curvesDock], Qt::Horizontal);
  tabifyDockWidget(docks_[formDock], docks_[networkDock]);
  splitDockWidget(docks_[curvesDock], docks_[mapDock], Qt::Horizontal);
  splitDockWidget(docks_[curvesDock], docks_[rasterDock], Qt::Vertical);
  splitDockWidget(docks_[rasterDock], docks_[membranesDock], Qt::Vertical);
  splitDockWidget(docks_[mapDock], docks_[confusionDock], Qt::Vertical);
  tabifyDockWidget(docks_[confusionDock], docks_[ratesDock]);
  // The table of layers is wide; what else is recorded takes the place of the map.
  for (qsizetype i = 0; i < recordViews_.size(); ++i) {
    const QLatin1String recorder(recordViews_[i]->recorder());
    const Dock beside = recorder == "layers"    ? membranesDock
                        : recorder == "weights" ? confusionDock
                                                : mapDock;
    tabifyDockWidget(docks_[beside], docks_[firstRecordDock + i]);
  }
  tabifyDockWidget(docks_[confusionDock], docks_[logDock]);
  for (QDockWidget* dock : std::as_const(docks_)) dock->show();
  docks_[formDock]->raise();
  docks_[confusionDock]->raise();
  docks_[membranesDock]->raise();
  if (!recordViews_.isEmpty()) docks_[firstRecordDock + 1]->raise();
  conditional_.wantAll();
  shareSpace();
}

void TrainWorkspace::shareSpace() {
  resizeDocks({docks_[formDock], docks_[curvesDock], docks_[mapDock]}, {312, 540, 364},
              Qt::Horizontal);
  resizeDocks({docks_[curvesDock], docks_[rasterDock], docks_[membranesDock]}, {232, 208, 250},
              Qt::Vertical);
  resizeDocks({docks_[mapDock], docks_[confusionDock]}, {400, 290}, Qt::Vertical);
}

void TrainWorkspace::takeUpLayout(const QByteArray& layout) {
  arranged_ = conditional_.restored([&] { return restoreState(layout); });
}

void TrainWorkspace::remember() { Settings::set(Settings::docks, saveState()); }

void TrainWorkspace::takeUp() { takeUpLayout(Settings::bytes(Settings::docks)); }

void TrainWorkspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  // Docks take sizes only once the window has its own.
  if (!arranged_) QMetaObject::invokeMethod(this, &TrainWorkspace::shareSpace, Qt::QueuedConnection);
  arranged_ = true;
}

}  // namespace paralif
