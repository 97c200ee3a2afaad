// Docks of the Train workspace and their arrangement at a first start.
#include <QDockWidget>

#include "app/studio/train_workspace.h"

namespace paralif {
namespace {

enum Dock { formDock, curvesDock, rasterDock, membranesDock, mapDock, confusionDock, ratesDock,
            weightsDock, logDock };

}  // namespace

QDockWidget* TrainWorkspace::addDock(const QString& title, const char* name, QWidget* content) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  dock->setWidget(content);
  docks_.append(dock);
  return dock;
}

void TrainWorkspace::resetLayout() {
  for (QDockWidget* dock : std::as_const(docks_)) {
    removeDockWidget(dock);
    dock->setFloating(false);
  }
  addDockWidget(Qt::LeftDockWidgetArea, docks_[formDock]);
  splitDockWidget(docks_[formDock], docks_[curvesDock], Qt::Horizontal);
  splitDockWidget(docks_[curvesDock], docks_[mapDock], Qt::Horizontal);
  splitDockWidget(docks_[curvesDock], docks_[rasterDock], Qt::Vertical);
  splitDockWidget(docks_[rasterDock], docks_[membranesDock], Qt::Vertical);
  splitDockWidget(docks_[mapDock], docks_[confusionDock], Qt::Vertical);
  for (const Dock tab : {ratesDock, weightsDock, logDock}) {
    tabifyDockWidget(docks_[confusionDock], docks_[tab]);
  }
  for (QDockWidget* dock : std::as_const(docks_)) dock->show();
  docks_[confusionDock]->raise();
  shareSpace();
}

void TrainWorkspace::shareSpace() {
  resizeDocks({docks_[formDock], docks_[curvesDock], docks_[mapDock]}, {312, 540, 364},
              Qt::Horizontal);
  resizeDocks({docks_[curvesDock], docks_[rasterDock], docks_[membranesDock]}, {232, 208, 250},
              Qt::Vertical);
  resizeDocks({docks_[mapDock], docks_[confusionDock]}, {400, 290}, Qt::Vertical);
}

void TrainWorkspace::takeUpLayout(const QByteArray& layout) { arranged_ = restoreState(layout); }

void TrainWorkspace::showEvent(QShowEvent* event) {
  QMainWindow::showEvent(event);
  // Docks take sizes only once the window has its own.
  if (!arranged_) QMetaObject::invokeMethod(this, &TrainWorkspace::shareSpace, Qt::QueuedConnection);
  arranged_ = true;
}

}  // namespace paralif
