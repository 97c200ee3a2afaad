// Order and grouping of the commands.
#include "app/studio/studio_menus.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>

#include "app/studio/file_commands.h"
#include "app/studio/settings.h"
#include "app/studio/steady_width.h"
#include "app/studio/studio_actions.h"
#include "app/studio/theme_switch.h"
#include "app/studio/workspace_docks.h"
#include "core/experiments/presets.h"
#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

void fillPresets(QMenu* menu, FileCommands& files) {
  menu->setToolTipsVisible(true);
  QString group;
  for (const Preset& preset : presets()) {
    if (group != QString::fromStdString(preset.group)) {
      group = QString::fromStdString(preset.group);
      menu->addSection(group);
    }
    QAction* action = menu->addAction(QString::fromStdString(preset.title));
    action->setToolTip(QString::fromStdString(preset.description));
    const QString id = QString::fromStdString(preset.id);
    QObject::connect(action, &QAction::triggered, &files, [&files, id] { files.newFromPreset(id); });
  }
}

void fillRecent(QMenu* menu, FileCommands& files) {
  menu->clear();
  for (const QString& path : Settings::recentFiles()) {
    QAction* action = menu->addAction(menuText(path));
    QObject::connect(action, &QAction::triggered, &files, [&files, path] { files.openPath(path); });
  }
  if (menu->isEmpty()) {
    menu->addAction(FileCommands::tr("No files yet"))->setEnabled(false);
    return;
  }
  menu->addSeparator();
  QObject::connect(menu->addAction(FileCommands::tr("Clear this list")), &QAction::triggered, menu,
                   [] { Settings::clearRecentFiles(); });
}

void fillThemes(QMenu* menu) {
  auto* group = new QActionGroup(menu);
  const auto add = [&](const QString& title, const QString& name) {
    QAction* action = menu->addAction(title);
    action->setCheckable(true);
    action->setData(name);
    group->addAction(action);
    QObject::connect(action, &QAction::triggered, menu, [name] {
      Settings::set(Settings::theme, name);
      applyTheme(name);
    });
  };
  add(FileCommands::tr("&System"), "system");
  add(FileCommands::tr("&Light"), "light");
  add(FileCommands::tr("&Dark"), "dark");
  QObject::connect(menu, &QMenu::aboutToShow, menu, [group] {
    QString now = Settings::text(Settings::theme);
    if (now.isEmpty()) now = "system";
    for (QAction* action : group->actions()) action->setChecked(action->data() == now);
  });
}

}  // namespace

void addMenus(QMainWindow& window, StudioActions& actions, FileCommands& files,
              WorkspaceDocks& docks) {
  QMenu* file = window.menuBar()->addMenu(FileCommands::tr("&File"));
  fillPresets(file->addMenu(FileCommands::tr("&New from preset")), files);
  file->addAction(actions.open);
  QMenu* recent = file->addMenu(FileCommands::tr("&Recent files"));
  QObject::connect(recent, &QMenu::aboutToShow, recent,
                   [recent, &files] { fillRecent(recent, files); });
  file->addActions({actions.save, actions.saveAs});
  file->addSeparator();
  file->addAction(actions.openRun);
  file->addSeparator();
  file->addAction(actions.quit);

  QMenu* edit = window.menuBar()->addMenu(FileCommands::tr("&Edit"));
  edit->addActions({actions.undo, actions.redo});
  edit->addSeparator();
  edit->addActions({actions.copyCommand, actions.showCode});

  QMenu* training = window.menuBar()->addMenu(FileCommands::tr("&Train"));
  training->addActions(
      {actions.start, actions.pause, actions.step, actions.stop, actions.reset});
  training->addSeparator();
  training->addAction(actions.sweep);

  QMenu* view = window.menuBar()->addMenu(FileCommands::tr("&View"));
  view->addSeparator();
  view->addAction(actions.resetLayout);
  fillThemes(view->addMenu(FileCommands::tr("&Theme")));
  view->addAction(actions.fullScreen);
  docks.fill(view);

  QMenu* help = window.menuBar()->addMenu(FileCommands::tr("&Help"));
  help->addActions({actions.welcome, actions.keys, actions.about});
}

void addToolBars(QMainWindow& workspace, StudioActions& actions) {
  const auto add = [&workspace](const QString& title, const char* name) {
    QToolBar* bar = workspace.addToolBar(title);
    bar->setObjectName(name);
    bar->setMovable(false);
    bar->setIconSize({18, 18});
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    return bar;
  };
  QToolBar* document = add(FileCommands::tr("Document"), "toolbar.document");
  document->addActions({actions.open, actions.save});
  document->addSeparator();
  document->addActions({actions.undo, actions.redo});
  QToolBar* training = add(FileCommands::tr("Training"), "toolbar.main");
  training->addActions({actions.start, actions.pause, actions.step, actions.stop, actions.reset});
  keepWidth(*training, *actions.start, StudioActions::startTexts());
}

}  // namespace paralif
