// The menu bar and the tool bar.
#pragma once

class QMainWindow;

namespace paralif {

class FileCommands;
class StudioActions;
class WorkspaceDocks;

void addMenus(QMainWindow& window, StudioActions& actions, FileCommands& files,
              WorkspaceDocks& docks);
/// The bars of documents and training, above the workspace that trains.
void addToolBars(QMainWindow& workspace, StudioActions& actions);

}  // namespace paralif
