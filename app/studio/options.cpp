// Options and the checks of their values.
#include "app/studio/options.h"

#include <QCommandLineParser>
#include <QFileInfo>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/experiments/presets.h"
#include "datasets/error.h"

namespace paralif {
namespace {

[[noreturn]] void reject(const QString& option, const QString& value, const QString& remedy) {
  throw Error(Error::Kind::setting, "--" + option.toStdString(),
              ("'" + value + "' cannot be used").toStdString(), remedy.toStdString());
}

QSize readSize(const QString& value) {
  const QStringList parts = value.split('x');
  bool wide = false;
  bool high = false;
  const QSize size(parts.value(0).toInt(&wide), parts.value(1).toInt(&high));
  const bool good = parts.size() == 2 && wide && high && size.width() >= 320 &&
                    size.height() >= 240 && size.width() <= 16384 && size.height() <= 16384;
  if (!good) reject("size", value, "give width x height in points, such as 1280x800");
  return size;
}

[[noreturn]] void printAndLeave(const QString& text) {
  std::fputs(qPrintable(text), stdout);
  std::exit(EXIT_SUCCESS);
}

}  // namespace

StudioOptions readOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      "ParaLIF Studio: train spiking neural networks and watch them learn.");
  const QCommandLineOption help({"h", "help"}, "Show this help.");
  const QCommandLineOption version({"v", "version"}, "Show the version.");
  const QCommandLineOption start("start", "Start training at once.");
  const QCommandLineOption preset("preset", "Begin with a preset.", "ID");
  const QCommandLineOption theme("theme", "Colours: light, dark or system.", "NAME");
  const QCommandLineOption runs("runs-root", "Folder that holds the runs.", "DIR");
  const QCommandLineOption page("workspace", "Show this workspace first, such as running-time.",
                                "NAME");
  const QCommandLineOption shot("screenshot", "Write an image of the window and leave.", "FILE");
  const QCommandLineOption size("size", "Size of the window, such as 1280x800.", "WxH");
  const QCommandLineOption scale("scale", "Pixels for each point, such as 2.", "FACTOR");
  const QCommandLineOption after("after-epochs", "Train so long before the screenshot.", "N");
  const QCommandLineOption inbox("inbox", "Offer to open what others put into this folder.", "DIR");
  parser.addOptions(
      {help, version, start, preset, theme, runs, page, inbox, shot, size, scale, after});
  parser.addPositionalArgument(
      "path", "An experiment file, a folder of a run or of running times, or a dataset.", "[PATH]");

  if (!parser.parse(QStringList{"paralif-studio"} + arguments)) {
    QString problem = parser.errorText();
    while (problem.endsWith('.')) problem.chop(1);
    throw Error(Error::Kind::setting, "command line", problem.toStdString(),
                "see paralif-studio --help");
  }
  if (parser.isSet(help)) printAndLeave(parser.helpText());
  if (parser.isSet(version)) printAndLeave("paralif-studio " PARALIF_VERSION "\n");

  StudioOptions options;
  if (parser.positionalArguments().size() > 1) {
    reject("path", parser.positionalArguments().join(' '), "give one file or folder");
  }
  options.path = parser.positionalArguments().value(0);
  if (!options.path.isEmpty() && !QFileInfo::exists(options.path)) {
    throw Error(Error::Kind::file, options.path.toStdString(), "there is no such file or folder");
  }
  options.preset = parser.value(preset);
  const auto hasId = [&options](const Preset& at) { return options.preset == at.id.c_str(); };
  if (parser.isSet(preset) && std::ranges::none_of(presets(), hasId)) {
    QStringList ids;
    for (const Preset& at : presets()) ids << QString::fromStdString(at.id);
    reject("preset", options.preset, "choose " + ids.join(", "));
  }
  options.theme = parser.value(theme);
  if (parser.isSet(theme) && !QStringList{"light", "dark", "system"}.contains(options.theme)) {
    reject("theme", options.theme, "choose light, dark or system");
  }
  options.runsRoot = parser.value(runs);
  options.inbox = parser.value(inbox);
  if (parser.isSet(inbox) && !QFileInfo(options.inbox).isDir()) {
    reject("inbox", options.inbox, "give a folder that is there");
  }
  options.workspace = parser.value(page);
  options.start = parser.isSet(start);
  options.screenshot = parser.value(shot);
  options.remember = options.screenshot.isEmpty();  // an image is the same for everybody
  if (parser.isSet(size)) options.size = readSize(parser.value(size));
  bool good = true;
  if (parser.isSet(scale)) {
    options.scale = parser.value(scale).toDouble(&good);
    good = good && options.scale >= 0.5 && options.scale <= 8.0;
    if (!good) reject("scale", parser.value(scale), "give a factor from 0.5 to 8");
  }
  if (parser.isSet(after)) {
    options.afterEpochs = parser.value(after).toInt(&good);
    if (!good || options.afterEpochs < 1) {
      reject("after-epochs", parser.value(after), "give a whole number from 1");
    }
    if (options.screenshot.isEmpty()) {
      reject("after-epochs", parser.value(after), "it goes with --screenshot");
    }
    options.start = true;
  }
  return options;
}

}  // namespace paralif
