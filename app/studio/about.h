// What this program is.
#pragma once

class QWidget;

namespace paralif {

void showAbout(QWidget* parent);

}  // namespace paralif
