// A page of widgets as an image or a drawing.
#pragma once

#include <QString>

class QWidget;

namespace paralif {

/// By the path's suffix: png (twice the screen's resolution), svg or pdf.
/// Throws Error(file) when the suffix is another or the file cannot be written.
void exportWidget(QWidget& widget, const QString& path);

}  // namespace paralif
