// Dialogs, errors and memory of the document's commands.
#include "app/studio/file_commands.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include <algorithm>

#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "datasets/error.h"
#include "widgets/form/experiment_form.h"

namespace paralif {
namespace {

const char* const filter = "Experiments (*.json);;All files (*)";

}  // namespace

FileCommands::FileCommands(ExperimentForm& form, SessionController& controller, QWidget* window)
    : QObject(window), form_(form), controller_(controller), window_(window) {
  document_.begin(form_.experiment());
  connect(&form_, &ExperimentForm::experimentChanged, this, &FileCommands::titleChanged);
}

void FileCommands::guarded(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()), QString::fromStdString(error.subject()));
  }
}

void FileCommands::newFromPreset(const QString& id) {
  const auto found = std::ranges::find(presets(), id.toStdString(), &Preset::id);
  if (found != presets().end() && mayClose()) take(found->experiment);
}

void FileCommands::take(const Experiment& experiment) {
  document_.begin(experiment);
  form_.setExperiment(experiment);
}

void FileCommands::askAndOpen() {
  if (!mayClose()) return;
  const QString path =
      QFileDialog::getOpenFileName(window_, tr("Open experiment"), document_.path(), tr(filter));
  if (!path.isEmpty()) openPath(path);
}

void FileCommands::askAndOpenRun() {
  const QString path = QFileDialog::getExistingDirectory(
      window_, tr("Open run folder"), QString::fromStdString(controller_.runsRoot().string()));
  if (!path.isEmpty()) openPath(path);
}

void FileCommands::openPath(const QString& path) {
  guarded([&] {
    if (QFileInfo(path).isDir()) {
      controller_.showRun(path.toStdString());
      Q_EMIT runOpened();
      return;
    }
    form_.setExperiment(document_.open(path));
    Settings::addRecentFile(document_.path());
    Q_EMIT titleChanged();
  });
}

bool FileCommands::save() { return document_.hasFile() ? saveTo(document_.path()) : saveAs(); }

bool FileCommands::saveAs() {
  const QString suggestion = document_.hasFile() ? document_.path() : QString("experiment.json");
  const QString path =
      QFileDialog::getSaveFileName(window_, tr("Save experiment"), suggestion, tr(filter));
  return !path.isEmpty() && saveTo(path);
}

bool FileCommands::saveTo(const QString& path) {
  bool saved = false;
  guarded([&] {
    document_.save(form_.experiment(), path);
    Settings::addRecentFile(document_.path());
    saved = true;
    Q_EMIT titleChanged();
  });
  return saved;
}

void FileCommands::copyCommandLine() {
  QApplication::clipboard()->setText(
      QString::fromStdString(command_line_of(form_.experiment())));
}

void FileCommands::restore() {
  const QString kept = Settings::text(Settings::experiment);
  const QString file = Settings::text(Settings::file);
  try {
    if (!file.isEmpty() && QFileInfo::exists(file)) document_.open(file);
    if (kept.isEmpty()) {
      take(first_experiment());
      return;
    }
    const Experiment experiment = experiment_from_json(kept.toStdString(), "the last experiment");
    if (!document_.hasFile()) document_.begin(experiment);
    form_.setExperiment(experiment);
  } catch (const Error&) {
    // What an older or damaged store holds is no reason to trouble anybody at a start.
    take(first_experiment());
  }
}

void FileCommands::remember() const {
  Settings::set(Settings::experiment, QString::fromStdString(to_json(form_.experiment())));
  Settings::set(Settings::file, document_.path());
  Settings::set(Settings::run, QString::fromStdString(controller_.latest().run_folder));
}

bool FileCommands::mayClose() {
  if (!document_.hasFile() || !isModified()) return true;
  const auto answer = QMessageBox::question(
      window_, tr("Unsaved changes"),
      tr("%1 has changes that are not saved.").arg(QFileInfo(document_.path()).fileName()),
      QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
  if (answer == QMessageBox::Save) return save();
  return answer == QMessageBox::Discard;
}

QString FileCommands::title() const {
  return tr("%1[*] – ParaLIF Studio").arg(document_.name(form_.experiment()));
}

bool FileCommands::isModified() const { return document_.isModified(form_.experiment()); }

}  // namespace paralif
