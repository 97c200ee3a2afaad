// The command line of paralif-studio.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

namespace paralif {

struct StudioOptions {
  QString path;      ///< an experiment file, a run folder or a dataset; empty: as it was left
  QString preset;    ///< id of a preset; empty: none
  QString theme;     ///< light, dark or system; empty: as it was left
  QString runsRoot;  ///< empty: the usual place
  QString inbox;     ///< folder whose new files are offered to be opened; empty: none
  QString workspace; ///< to show first, such as "runs"; empty: as it was left
  bool start = false;
  QString screenshot;  ///< image to write; empty: none
  QSize size;          ///< of the window; invalid: as it was left
  double scale = 0.0;  ///< pixels for each point; 0: the screen's own
  int afterEpochs = 0;  ///< of training before the screenshot
  bool remember = true;  ///< restore and keep layout and experiment
  bool ask = true;       ///< about unsaved changes when closing
};

/// Reads arguments without the program's name. Throws Error(setting) for unknown options and bad
/// values. Prints and ends the program for --help and --version.
StudioOptions readOptions(const QStringList& arguments);

}  // namespace paralif
