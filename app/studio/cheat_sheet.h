// All keys and gestures on one page.
#pragma once

class QWidget;

namespace paralif {

class StudioActions;

/// Opens the page beside the window; does nothing to it.
void showCheatSheet(QWidget* parent, const StudioActions& actions);

}  // namespace paralif
