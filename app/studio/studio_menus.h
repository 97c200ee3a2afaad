// The menu bar and the tool bar.
#pragma once

class QMainWindow;

namespace paralif {

class FileCommands;
class StudioActions;
class WorkspaceDocks;

void addMenus(QMainWindow& window, StudioActions& actions, FileCommands& files,
              WorkspaceDocks& docks);
void addMainToolBar(QMainWindow& window, StudioActions& actions);

}  // namespace paralif
