// Drawn by the widgets where they are built.
#include "app/cli/features_figure.h"

#include "datasets/error.h"

#ifdef PARALIF_HAS_WIDGETS
#include <QGuiApplication>

#include "widgets/lab/published_figure.h"
#endif

namespace paralif::cli {

void draw_features_figure(const std::string& path) {
#ifdef PARALIF_HAS_WIDGETS
  qputenv("QT_QPA_PLATFORM", "offscreen");
  // What Qt finds amiss about a display does not matter here.
  qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
  int count = 1;
  char name[] = "paralif";
  char* arguments[] = {name, nullptr};
  const QGuiApplication application(count, arguments);
  savePublishedFigure(QString::fromStdString(path));
#else
  throw Error(Error::Kind::file, path, "this build cannot draw figures",
              "build with PARALIF_GUI on");
#endif
}

}  // namespace paralif::cli
