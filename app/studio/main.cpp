// paralif-studio: options first, so that a wrong one costs no window, then the window.
#include <QFont>

#include <cstdio>

#include "app/studio/dialog_edges.h"
#include "app/studio/guard.h"
#include "app/studio/main_window.h"
#include "app/studio/screenshot.h"
#include "app/studio/settings.h"
#include "app/studio/studio_application.h"
#include "app/studio/theme_switch.h"
#include "datasets/error.h"

namespace {

constexpr int badUsage = 2;

QStringList argumentsOf(int argc, char** argv) {
  QStringList arguments;
  for (int i = 1; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
  return arguments;
}

int openWindow(int argc, char** argv, const paralif::StudioOptions& options) {
  if (options.scale > 0.0) qputenv("QT_SCALE_FACTOR", QByteArray::number(options.scale));
  QApplication::setHighDpiScaleFactorRoundingPolicy(
      Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
  paralif::StudioApplication application(argc, argv);
  QApplication::setOrganizationName("ParaLIF");
  QApplication::setApplicationName("Studio");
  QApplication::setApplicationVersion(PARALIF_VERSION);
  QApplication::setDesktopFileName("paralif-studio");
  paralif::applyColours(options.theme.isEmpty() ? paralif::Settings::text(paralif::Settings::theme)
                                              : options.theme);
  if (paralif::DialogEdges::areNeeded()) new paralif::DialogEdges(&application);
  paralif::MainWindow window(options);
  paralif::applyRules();
  window.show();
  if (!options.screenshot.isEmpty()) {
    new paralif::Screenshot(window, options.screenshot, options.afterEpochs);
  }
  return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
  paralif::StudioOptions options;
  try {
    options = paralif::readOptions(argumentsOf(argc, argv));
  } catch (const paralif::Error& error) {
    std::fprintf(stderr, "paralif-studio: %s\n", error.what());
    return badUsage;
  }
  int status = EXIT_FAILURE;
  paralif::guarded([&] { status = openWindow(argc, argv, options); },
                   [](const paralif::Failure& failure) {
                     std::fprintf(stderr, "paralif-studio: %s\n", qPrintable(failure.sentence));
                   });
  return status;
}
