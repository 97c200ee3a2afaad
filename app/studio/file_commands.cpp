// Dialogs, errors and memory of the document's commands.
#include "app/studio/file_commands.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>

#include <algorithm>
#include <utility>

#include "app/studio/code_dialog.h"
#include "app/studio/guard.h"
#include "app/studio/import_graph_dialog.h"
#include "app/studio/session_controller.h"
#include "app/studio/settings.h"
#include "core/exchange/import_weights.h"
#include "core/exchange/weights_file.h"
#include "core/experiments/experiment_file.h"
#include "core/experiments/presets.h"
#include "core/library/run_share.h"
#include "datasets/text.h"
#include "widgets/form/experiment_form.h"

namespace paralif {
namespace {

const char* const filter = "Experiments (*.json);;All files (*)";
const char* const openFilter =
    "Experiments, shared runs, NIR graphs and weights (*.json *.paralif *.nir *.pt *.pth *.npz "
    "*.safetensors);;All files (*)";

}  // namespace

FileCommands::FileCommands(ExperimentForm& form, SessionController& controller, QWidget* window)
    : QObject(window), form_(form), controller_(controller), window_(window) {
  document_.begin(form_.experiment());
  connect(&form_, &ExperimentForm::experimentChanged, this, &FileCommands::titleChanged);
  connect(&unpacking_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { Q_EMIT failed(failure.sentence, failure.subject); });
  connect(&controller_, &SessionController::runShown, this, &FileCommands::takeShown);
  connect(&controller_, &SessionController::runFailed, this, [this](const Failure& failure) {
    Q_EMIT failed(failure.sentence, failure.subject);
  });
}

void FileCommands::takeShown(const QString& folder) {
  if (std::exchange(wanted_, {}) != folder) return;
  // The form may have been edited while the run was read.
  if (mayReplace()) take(*controller_.experiment());
  Q_EMIT runOpened();
  Q_EMIT succeeded();
}

bool FileCommands::attempt(const std::function<void()>& work) {
  const bool done = guarded(
      work, [this](const Failure& failure) { Q_EMIT failed(failure.sentence, failure.subject); });
  if (done) Q_EMIT succeeded();
  return done;
}

void FileCommands::newFromPreset(const QString& id) {
  const auto found = std::ranges::find(presets(), id.toStdString(), &Preset::id);
  if (found != presets().end() && mayReplace()) take(found->experiment);
}

void FileCommands::take(const Experiment& experiment) {
  document_.begin(experiment);
  form_.setExperiment(experiment);
}

void FileCommands::takeUp(const QString& path, const Experiment& stored, const Experiment& now) {
  document_.takeUp(path, stored);
  form_.setExperiment(now);
}

void FileCommands::askAndOpen() {
  const QString path =
      QFileDialog::getOpenFileName(window_, tr("Open"), document_.path(), tr(openFilter));
  if (!path.isEmpty()) openPath(path);
}

void FileCommands::askAndOpenRun() {
  const QString path = QFileDialog::getExistingDirectory(
      window_, tr("Open run folder"), QString::fromStdString(controller_.runsRoot().string()));
  if (!path.isEmpty()) openPath(path);
}

void FileCommands::openPath(const QString& path) {
  if (path.endsWith(".nir", Qt::CaseInsensitive)) {
    importGraph(path);
    return;
  }
  if (is_weights_file(path.toStdString())) {
    importWeights(path);
    return;
  }
  if (!mayReplace()) return;
  if (QFileInfo(path).isDir()) {
    // What may be replaced is so once the run can be read; until then the form stays as it is.
    wanted_ = path;
    controller_.showRun(path.toStdString());
    return;
  }
  if (path.endsWith(share_suffix, Qt::CaseInsensitive)) {
    takeShared(path);
    return;
  }
  attempt([&] {
    form_.setExperiment(document_.open(path));
    Settings::addRecentFile(document_.path());
    Q_EMIT titleChanged();
  });
}

void FileCommands::takeShared(const QString& file) {
  unpacking_.start(
      [file = file.toStdString(), root = controller_.runsRoot()](JobControl& control) {
        return take_shared_run(file, root, control);
      },
      [this](const std::filesystem::path& folder) {
        wanted_ = QString::fromStdString(folder.string());
        controller_.showRun(folder);
      });
}

void FileCommands::importWeights(const QString& file) {
  Experiment experiment = form_.experiment();
  experiment.title = QFileInfo(file).completeBaseName().toStdString();
  unpacking_.start(
      [file = file.toStdString(), experiment, root = controller_.runsRoot()](JobControl&) {
        return import_weights(file, experiment, root);
      },
      [this](const WeightsImport& made) { showRun(QString::fromStdString(made.run.string())); });
}

void FileCommands::importGraph(const QString& file) {
  auto* dialog = new ImportGraphDialog(file.toStdString(), form_.experiment(),
                                       controller_.runsRoot(), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ImportGraphDialog::imported, this, &FileCommands::showRun);
  dialog->open();
}

void FileCommands::showRun(const QString& folder) {
  wanted_.clear();
  controller_.showRun(folder.toStdString());
}

void FileCommands::resumeRun(const QString& folder) {
  if (!mayReplace()) return;
  attempt([&] {
    controller_.resume(folder.toStdString());
    take(*controller_.experiment());
    Q_EMIT runOpened();
  });
}

bool FileCommands::save() { return document_.hasFile() ? saveTo(document_.path()) : saveAs(); }

bool FileCommands::saveAs() {
  const QString suggestion = document_.hasFile() ? document_.path() : QString("experiment.paralif.json");  // desktops know it by its end
  const QString path =
      QFileDialog::getSaveFileName(window_, tr("Save experiment"), suggestion, tr(filter));
  return !path.isEmpty() && saveTo(path);
}

bool FileCommands::saveTo(const QString& path) {
  return attempt([&] {
    document_.save(form_.experiment(), path);
    Settings::addRecentFile(document_.path());
    Q_EMIT titleChanged();
  });
}

void FileCommands::copyCommandLine() {
  QApplication::clipboard()->setText(
      QString::fromStdString(command_line_of(form_.experiment())));
}

void FileCommands::showCode() {
  (new CodeDialog(form_.experiment(), window_))->open();
}

void FileCommands::restore() {
  const QString kept = Settings::text(Settings::experiment);
  const QString file = Settings::text(Settings::file);
  const QString stored = Settings::text(Settings::stored);
  const auto read = [](const QString& text) {
    return experiment_from_json(text.toStdString(), "the last experiment");
  };
  // What an older or damaged store holds is no reason to trouble anybody at a start.
  const auto anew = [this](const Failure&) { take(first_experiment()); };
  guarded(
      [&] {
        if (!file.isEmpty() && QFileInfo::exists(file)) document_.open(file);
        if (kept.isEmpty()) return take(first_experiment());
        const Experiment experiment = read(kept);
        if (!document_.hasFile()) document_.begin(stored.isEmpty() ? experiment : read(stored));
        form_.setExperiment(experiment);
      },
      anew);
}

void FileCommands::remember() const {
  Settings::set(Settings::experiment, QString::fromStdString(to_json(form_.experiment())));
  Settings::set(Settings::stored, QString::fromStdString(to_json(document_.stored())));
  Settings::set(Settings::file, document_.path());
  Settings::set(Settings::run, QString::fromStdString(controller_.latest().run_folder));
}

bool FileCommands::mayReplace() {
  if (!asking_ || !isModified()) return true;
  const QString name = QString::fromStdString(
      printable(document_.name(form_.experiment()).toStdString()));
  QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
                  tr("The settings of %1 have changes that are not saved.").arg(name),
                  QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, window_);
  box.setObjectName("unsavedChanges");
  box.setTextFormat(Qt::PlainText);
  box.setDefaultButton(QMessageBox::Save);
  const int answer = box.exec();
  if (answer == QMessageBox::Save) return save();
  return answer == QMessageBox::Discard;
}

// Changes of a document without a file are there again at the next start.
bool FileCommands::mayClose() { return !document_.hasFile() || mayReplace(); }

QString FileCommands::title() const {
  return tr("%1[*] – ParaLIF Studio").arg(document_.name(form_.experiment()));
}

bool FileCommands::isModified() const { return document_.isModified(form_.experiment()); }

}  // namespace paralif
