// Where the last export went, for the next one to begin there.
#pragma once

#include <QString>

namespace paralif {

/// The name in the folder of the last export, also of an earlier start; in the user's documents
/// where there was none or it is gone.
QString suggestedExport(const QString& fileName);

/// To be called when a file has been written.
void rememberExport(const QString& path);

}  // namespace paralif
