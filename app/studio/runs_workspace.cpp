// Table, commands and the note below.
#include "app/studio/runs_workspace.h"

#include <QAction>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QSplitter>
#include <QSysInfo>
#include <QTimer>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

#include "app/studio/icons.h"
#include "app/studio/network_dialog.h"
#include "app/studio/runs_comparison.h"
#include "app/studio/runs_filter.h"
#include "app/studio/runs_marks.h"
#include "app/studio/runs_table.h"
#include "app/studio/sweep_strip.h"
#include "core/experiments/experiment_file.h"
#include "core/library/run_bin.h"
#include "core/library/run_library.h"
#include "core/library/run_share.h"
#include "core/runs/run_files.h"
#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

QString pathOf(const RunEntry& run) { return QString::fromStdString(run.folder.string()); }

}  // namespace

RunsWorkspace::RunsWorkspace(QWidget* parent)
    : Workspace({tr("Runs"), "runs", tr("Recorded runs")}, parent),
      model_(new RunsModel(this)),
      table_(new RunsTable(model_, this)),
      filter_(new RunsFilter(this)),
      marks_(new RunsMarks(this)),
      strip_(new SweepStrip(this)),
      compared_(new RunsComparison(this)),
      soon_(new QTimer(this)),
      again_(new QTimer(this)),
      note_(new QLabel(this)) {
  note_->setTextFormat(Qt::PlainText);
  note_->setContentsMargins(12, 8, 12, 8);
  table_->setColumns(filter_->columns());
  model_->setGrouped(filter_->grouped());
  auto* bar = new QToolBar(this);
  makeCommands(bar);

  auto* upper = new QWidget(this);
  auto* above = new QVBoxLayout(upper);
  above->setContentsMargins(0, 0, 0, 0);
  above->setSpacing(0);
  above->addWidget(filter_);
  above->addWidget(table_, 1);
  above->addWidget(marks_);
  auto* content = new QWidget;
  setCentralWidget(content);
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(bar);
  auto* halves = new QSplitter(Qt::Vertical, this);
  halves->addWidget(upper);
  halves->addWidget(compared_);
  halves->setSizes({420, 260});
  halves->setStretchFactor(0, 1);
  halves->setChildrenCollapsible(false);
  column->addWidget(halves, 1);
  column->addWidget(strip_);
  column->addWidget(note_);
  connectParts();
  updateActions();
}

void RunsWorkspace::makeCommands(QToolBar* bar) {
  open_ = addCommand(tr("&Show in Train"), Qt::Key_Return, tr("Show its curves, raster and map"), "train");
  resume_ = addCommand(tr("&Continue"), Qt::CTRL | Qt::Key_Return, tr("Go on training where it ended"), "start");
  settings_ = addCommand(tr("&Use its settings"), QKeySequence(), tr("Take its settings into the form"), "new");
  folder_ = addCommand(tr("Open its &folder"), QKeySequence(), tr("Open the folder in the file manager"), "folder");
  share_ = addCommand(tr("S&hare..."), QKeySequence(), tr("Write it as one file to hand on"));
  network_ = addCommand(tr("&Network..."), QKeySequence(), tr("Test it, count what it computes, take it to other programs"));
  rename_ = addCommand(tr("&Rename"), Qt::Key_F2, tr("Give it a name of its own"));
  bin_ = addCommand(tr("Move to the &bin"), Qt::Key_Delete, tr("Throw the selected runs away; Undo takes them back"), "bin");
  restore_ = addCommand(tr("Take &back"), QKeySequence(), tr("Move the selected runs out of the bin"), "undo");
  delete_ = addCommand(tr("&Delete for good"), Qt::SHIFT | Qt::Key_Delete, tr("Remove the selected runs from the disk"));
  showBin_ = addCommand(tr("B&in"), QKeySequence(), tr("Show what was thrown away"));
  showBin_->setCheckable(true);
  showBin_->setObjectName("showBin");
  find_ = addCommand(tr("&Filter"), QKeySequence::Find, tr("Type what the runs shown shall be"));
  refresh_ = addCommand(tr("R&efresh"), QKeySequence(), tr("Look for runs again"), "refresh");
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({16, 16});
  bar->addActions({open_, resume_, settings_, network_, folder_, bin_, restore_, delete_, showBin_, refresh_});
  table_->addActions({open_, resume_, settings_, network_, rename_, share_, folder_, bin_, restore_, delete_});
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
  // In a name or a note that is being edited these keys mean something else.
  for (QAction* action : {open_, resume_, rename_, bin_, delete_}) {
    action->setShortcutContext(Qt::WidgetShortcut);
  }

  const auto withChosen = [this](QAction* action, auto work) {
    connect(action, &QAction::triggered, this, [this, work] {
      if (const RunEntry* run = table_->chosen()) work(*run);
    });
  };
  withChosen(open_, [this](const RunEntry& run) { Q_EMIT openRequested(pathOf(run)); });
  withChosen(network_, [this](const RunEntry& run) {
    auto* dialog = new NetworkDialog(run.folder, QString::fromStdString(run.title), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
  });
  connect(share_, &QAction::triggered, this, &RunsWorkspace::shareChosen);
  for (BackgroundJob* job : {&sharing_, &deleting_}) {
    connect(job, &BackgroundJob::failed, this,
            [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
  }
  connect(&deleting_, &BackgroundJob::ended, this, &RunsWorkspace::refresh);
  connect(resume_, &QAction::triggered, this, &RunsWorkspace::resumeChosen);
  withChosen(settings_, [this](const RunEntry& run) {
    attempt([&] {
      const Experiment experiment = load_experiment(run.folder / run_files::experiment);
      Q_EMIT settingsRequested(experiment);
    });
  });
  withChosen(folder_, [](const RunEntry& run) {
    QDesktopServices::openUrl(QUrl::fromLocalFile(pathOf(run)));
  });
  withChosen(rename_, [this](const RunEntry&) {
    table_->edit(table_->currentIndex().siblingAtColumn(0));
  });
  connect(bin_, &QAction::triggered, this, [this] { moveSelected(MoveRuns::Where::bin); });
  connect(restore_, &QAction::triggered, this, [this] { moveSelected(MoveRuns::Where::back); });
  connect(delete_, &QAction::triggered, this, &RunsWorkspace::deleteForGood);
  connect(showBin_, &QAction::toggled, this, [this](bool on) {
    inBin_ = on;
    refresh();
  });
  connect(find_, &QAction::triggered, filter_, &RunsFilter::focusFilter);
  connect(refresh_, &QAction::triggered, this, &RunsWorkspace::refresh);
}

void RunsWorkspace::connectParts() {
  connect(table_, &RunsTable::doubleClicked, this, [this](const QModelIndex& index) {
    if (model_->run(index) != nullptr) {
      open_->trigger();
    } else {
      table_->setExpanded(index.siblingAtColumn(0), !table_->isExpanded(index.siblingAtColumn(0)));
    }
  });
  connect(table_, &RunsTable::chosenChanged, this, [this] {
    updateActions();
    soon_->start();
  });
  // A selection that is still being drawn up is read once.
  soon_->setSingleShot(true);
  soon_->setInterval(80);
  connect(soon_, &QTimer::timeout, this, &RunsWorkspace::compare);
  again_->setSingleShot(true);
  again_->setInterval(2000);
  connect(again_, &QTimer::timeout, this, &RunsWorkspace::refresh);
  connect(filter_, &RunsFilter::filterChanged, this, [this](const RunQuery& query) {
    table_->keepingSelection([&] { model_->setFilter(query); });
    updateNote();
  });
  connect(filter_, &RunsFilter::columnsChanged, this,
          [this] { table_->setColumns(filter_->columns()); });
  connect(filter_, &RunsFilter::groupedChanged, this, [this](bool grouped) {
    table_->keepingSelection([&] { model_->setGrouped(grouped); });
  });
  connect(table_->header(), &QHeaderView::sortIndicatorChanged, this,
          [this](int column, Qt::SortOrder order) {
            table_->keepingSelection([&] { model_->sort(column, order); });
          });
  connect(strip_, &SweepStrip::changed, this, &RunsWorkspace::refresh);
  connect(strip_, &SweepStrip::failed, this, &Workspace::failed);
  connect(strip_, &SweepStrip::finished, this, &Workspace::hinted);
  connect(marks_, &RunsMarks::failed, this, &Workspace::failed);
  connect(marks_, &RunsMarks::favouriteEdited, this, [this](bool on) {
    mark(on ? tr("favourite") : tr("no favourite"), [on](RunMarks& m) { m.favourite = on; });
  });
  connect(marks_, &RunsMarks::noteEdited, this, [this](const QString& note) {
    mark(tr("note"), [note](RunMarks& m) { m.note = note.toStdString(); });
  });
  connect(marks_, &RunsMarks::tagsEdited, this,
          [this](const std::vector<std::string>& added, const std::vector<std::string>& removed) {
            mark(tr("tags"), [added, removed](RunMarks& m) {
              m.tags = changed_tags(std::move(m.tags), added, removed);
            });
          });
  connect(model_, &RunsModel::renamed, this, [this](const QString&, const QString& title) {
    mark(tr("name"), [title](RunMarks& m) { m.title = title.toStdString(); });
  });
  // A folder that cannot be listed is no reason to lose what is shown.
  connect(&listing_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { note_->setText(failure.sentence); });
}

/// A name that is still being edited is told while everything is there.
RunsWorkspace::~RunsWorkspace() { delete takeCentralWidget(); }

std::filesystem::path RunsWorkspace::place() const { return inBin_ ? bin_of(root_) : root_; }

void RunsWorkspace::setRoot(const std::filesystem::path& root) {
  root_ = root;
  if (isVisible()) refresh();
}

void RunsWorkspace::refresh() {
  again_->stop();
  if (!listed_) note_->setText(tr("Reading the runs..."));
  listing_.start(
      [place = place(), bin = inBin_](JobControl& control) {
        // The bin is small and rarely looked at: it needs no index.
        return bin ? list_library(place, {}, control) : list_library(place, control);
      },
      [this](LibraryListing listing) {
        indexProblem_ = QString::fromStdString(listing.index_problem);
        setRuns(std::move(listing.runs));
      });
}

void RunsWorkspace::setRuns(std::vector<RunEntry> runs) {
  const bool goesOn = std::ranges::any_of(runs, [](const RunEntry& run) {
    return run.status == RunStatus::running || run.status == RunStatus::queued;
  });
  if (goesOn && isVisible()) again_->start();
  if (!listed_ || runs != model_->runs()) {
    table_->keepingSelection([&] { model_->setRuns(std::move(runs)); });
    table_->fitColumns();
    soon_->start();
  }
  listed_ = true;
  updateNote();
  updateActions();
}

void RunsWorkspace::updateNote() {
  const QString where = shownText(place().string());
  const auto all = static_cast<int>(model_->runs().size());
  QString text;
  if (all == 0 && inBin_) {
    text = tr("The bin is empty.");
  } else if (all == 0) {
    text = tr("No runs yet in %1: training in the window or by the command line records one here.")
               .arg(where);
  } else if (model_->shown() < all) {
    text = tr("Runs in %1: %2 of %3 pass the filter").arg(where).arg(model_->shown()).arg(all);
  } else {
    text = tr("Runs in %1: %2").arg(where).arg(all);
  }
  if (!indexProblem_.isEmpty()) text += "\n" + tr("Listed without an index: %1").arg(indexProblem_);
  note_->setText(text);
}

void RunsWorkspace::startSweep(const SweepPlan& plan, int jobs) {
  strip_->start(root_, plan, jobs);
}

bool RunsWorkspace::sweeps() const { return strip_->isRunning(); }

std::filesystem::path RunsWorkspace::openSweep() const {
  const auto all = model_->runsOf(table_->currentIndex());
  if (table_->chosen() != nullptr || strip_->isRunning()) return {};
  for (const RunEntry* run : all) {
    if (run->resumable) return run->folder.parent_path();
  }
  return {};
}

void RunsWorkspace::resumeChosen() {
  if (const RunEntry* run = table_->chosen()) {
    Q_EMIT resumeRequested(pathOf(*run));
  } else if (const auto sweep = openSweep(); !sweep.empty()) {
    strip_->resume(sweep);
  }
}

void RunsWorkspace::shareChosen() {
  const RunEntry* run = table_->chosen();
  if (run == nullptr) return;
  QString file = QFileDialog::getSaveFileName(
      this, tr("Share a run"), QString::fromStdString(run->folder.filename().string()) + share_suffix,
      tr("Shared runs (*.paralif)"));
  if (file.isEmpty()) return;
  if (!file.endsWith(share_suffix)) file += share_suffix;
  sharing_.start(
      [folder = run->folder, to = file.toStdString()](JobControl& control) {
        const Provenance provenance{
            "ParaLIF Studio " PARALIF_VERSION,
            QSysInfo::prettyProductName().toStdString() + ", " +
                QSysInfo::currentCpuArchitecture().toStdString()};
        share_run(folder, to, provenance, control);
        return to;
      },
      [this](const std::string& written) { Q_EMIT exported(QString::fromStdString(written)); });
}

void RunsWorkspace::updateActions() {
  const RunEntry* run = table_->chosen();
  const auto all = table_->selected();
  const bool readable = run != nullptr && run->problem.empty();
  open_->setEnabled(readable && !inBin_);
  settings_->setEnabled(readable);
  rename_->setEnabled(readable);
  share_->setEnabled(readable && run->status != RunStatus::running);
  network_->setEnabled(readable && !inBin_);
  folder_->setEnabled(run != nullptr);
  resume_->setEnabled(!inBin_ && (run != nullptr ? run->resumable : !openSweep().empty()));
  bin_->setEnabled(!all.empty());
  bin_->setVisible(!inBin_);
  restore_->setEnabled(!all.empty());
  restore_->setVisible(inBin_);
  delete_->setEnabled(!all.empty());
  delete_->setVisible(inBin_);
  marks_->setRuns(all);
}

RunsEditReport RunsWorkspace::report() {
  return {edits_, [this] { refresh(); }, [this](const QString& sentence) { Q_EMIT failed(sentence); }};
}

void RunsWorkspace::mark(const QString& text, const std::function<void(RunMarks&)>& change) {
  std::vector<std::filesystem::path> folders;
  bool changes = false;
  for (const RunEntry* run : table_->selected()) {
    RunMarks after = run->marks;
    change(after);
    changes = changes || !(after == run->marks);
    folders.push_back(run->folder);
  }
  if (changes) undo_.push(new MarkRuns(text, std::move(folders), change, report()));
}

void RunsWorkspace::moveSelected(MoveRuns::Where where) {
  std::vector<std::filesystem::path> folders;
  for (const RunEntry* run : table_->selected()) folders.push_back(run->folder);
  if (folders.empty()) return;
  const QString text = where == MoveRuns::Where::bin ? tr("move to the bin") : tr("take back");
  undo_.push(new MoveRuns(text, where, root_, std::move(folders), report()));
}

void RunsWorkspace::deleteForGood() {
  std::vector<std::filesystem::path> folders;
  for (const RunEntry* run : table_->selected()) folders.push_back(run->folder);
  if (folders.empty() || !inBin_) return;
  const auto count = static_cast<int>(folders.size());
  if (QMessageBox::question(this, tr("Delete for good"),
                            tr("Remove these runs from the disk: %1? It cannot be undone.")
                                .arg(count)) != QMessageBox::Yes) {
    return;
  }
  undo_.clear();  // what lay in the bin may not come back
  note_->setText(tr("Deleting..."));
  deleting_.start(
      [root = root_, folders = std::move(folders)](JobControl&) {
        for (const std::filesystem::path& folder : folders) delete_from_bin(root, folder);
        return true;
      },
      [](bool) {});
}

void RunsWorkspace::compare() {
  std::vector<RunEntry> runs;
  for (const RunEntry* run : table_->selected()) runs.push_back(*run);
  compared_->setRuns(std::move(runs));
}

void RunsWorkspace::remember() { filter_->remember(); }
void RunsWorkspace::takeUp() { filter_->takeUp(); }

void RunsWorkspace::showEvent(QShowEvent* event) {
  Workspace::showEvent(event);
  refresh();
}

void RunsWorkspace::hideEvent(QHideEvent* event) {
  Workspace::hideEvent(event);
  again_->stop();
}

}  // namespace paralif
