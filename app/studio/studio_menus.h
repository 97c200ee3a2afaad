// The menu bar and the tool bar.
#pragma once

class QMainWindow;

namespace paralif {

class FileCommands;
class StudioActions;
class TrainWorkspace;

void addMenus(QMainWindow& window, StudioActions& actions, FileCommands& files,
              TrainWorkspace& train);
void addMainToolBar(QMainWindow& window, StudioActions& actions);

}  // namespace paralif
