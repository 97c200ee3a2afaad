#include "app/studio/import_dialog.h"

#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

#include "app/studio/import_form.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"
#include "datasets/text.h"
#include "widgets/theme/theme.h"
#include "widgets/views/recording_view.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr int settlingMs = 150;  // a burst of changes is previewed once

/// The first recording directly in a folder; empty: none.
fs::path firstRecordingIn(const fs::path& folder) {
  for (const fs::path& file : entries_of(folder)) {
    if (is_file(file) && recording_kind(file) != RecordingKind::none) return file;
  }
  return {};
}

}  // namespace

ImportDialog::ImportDialog(fs::path dataFolder, QWidget* parent)
    : QDialog(parent),
      dataFolder_(std::move(dataFolder)),
      soon_(new QTimer(this)),
      form_(new ImportForm),
      view_(new RecordingView) {
  setWindowTitle(tr("Import recordings"));
  state_ = new QLabel;
  state_->setTextFormat(Qt::PlainText);
  state_->setWordWrap(true);
  state_->setMinimumHeight(2 * fontMetrics().height());
  progress_ = new QProgressBar;
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setEnabled(false);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
  import_ = buttons->addButton(tr("&Import"), QDialogButtonBox::ActionRole);
  import_->setDefault(true);
  buttons->button(QDialogButtonBox::Cancel)->setIcon({});
  buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
  connect(import_, &QPushButton::clicked, this, &ImportDialog::import);
  connect(buttons, &QDialogButtonBox::rejected, this, &ImportDialog::reject);

  auto* middle = new QHBoxLayout;
  middle->addWidget(form_);
  middle->addWidget(view_, 1);
  auto* rows = new QVBoxLayout(this);
  rows->addWidget(makeSource());
  rows->addLayout(middle, 1);
  rows->addWidget(state_);
  rows->addWidget(progress_);
  rows->addWidget(buttons);
  resize(900, 640);

  soon_->setSingleShot(true);
  soon_->setInterval(settlingMs);
  connect(soon_, &QTimer::timeout, this, &ImportDialog::preview);
  connect(form_, &ImportForm::changed, soon_, qOverload<>(&QTimer::start));
  connect(&previewing_, &BackgroundJob::failed, this, [this](const Failure& failure) {
    if (busy_ || done_) return;
    view_->setRecording(nullptr, {}, 1.0);
    tell(failure.sentence, true);
  });
  connect(&importing_, &BackgroundJob::progressed, this,
          [this](double part) { progress_->setValue(int(1000 * part)); });
  connect(&importing_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { giveUp(failure.sentence, true); });
  connect(&importing_, &BackgroundJob::ended, this, [this](JobStatus status) {
    if (status == JobStatus::cancelled) {
      giveUp(tr("The import was cancelled; nothing of it was kept."), false);
    }
  });
  showKind();
}

ImportDialog::~ImportDialog() {
  hide();  // boxes that lose the focus are heard while there is a dialog to hear them
}

QWidget* ImportDialog::makeSource() {
  path_ = new QLineEdit;
  path_->setObjectName("importPath");
  path_->setAccessibleName(tr("Recordings"));
  path_->setClearButtonEnabled(true);
  connect(path_, &QLineEdit::editingFinished, this, &ImportDialog::takeTypedPath);
  path_->setPlaceholderText(tr("a folder with one folder for each class, or one recording"));
  auto* folder = new QPushButton(tr("Choose &folder..."));
  auto* file = new QPushButton(tr("&Look at a file..."));
  folder->setAutoDefault(false);
  file->setAutoDefault(false);
  connect(folder, &QPushButton::clicked, this, &ImportDialog::askForFolder);
  connect(file, &QPushButton::clicked, this, &ImportDialog::askForFile);
  found_ = new QLabel;
  found_->setTextFormat(Qt::PlainText);
  found_->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->addWidget(path_, 1);
  row->addWidget(folder);
  row->addWidget(file);
  auto* box = new QWidget;
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addWidget(found_);
  return box;
}

void ImportDialog::takeTypedPath() {
  const fs::path typed = path_->text().trimmed().toStdString();
  if (!typed.empty() && typed != chosen_) choose(typed);
}

void ImportDialog::choose(const fs::path& path) {
  chosen_ = path;
  first_.clear();
  importable_ = false;
  done_ = false;
  import_->setText(tr("&Import"));
  path_->setText(QString::fromStdString(path.string()));
  const fs::path named = path.has_filename() ? path.filename() : path.parent_path().filename();
  form_->setName(QString::fromStdString(as_utf8(named.string())));
  try {
    if (!is_folder(path)) require_readable_file(path);
    if (!is_folder(path)) {
      first_ = path;
      found_->setText(
          tr("One recording to look at. To train, put recordings into one folder for "
             "each class and choose the folder around them."));
    } else if (const auto classes = find_recordings(path).classes; !classes.empty()) {
      first_ = classes.front().files.front();
      qsizetype files = 0;
      QStringList names;
      for (const RecordingClass& one : classes) {
        files += qsizetype(one.files.size());
        names.append(QString::fromStdString(printable(one.name)));
      }
      importable_ = true;
      found_->setText(tr("%L1 recordings in %2 classes: %3")
                          .arg(files)
                          .arg(classes.size())
                          .arg(names.join(", ").left(200)));
    } else if (first_ = firstRecordingIn(path); !first_.empty()) {
      found_->setText(
          tr("These recordings have no classes. To train, put them into one folder for "
             "each class and choose the folder around them."));
    } else {
      found_->setText(tr("There are no recordings. Looked for: %1, in one folder for each class.")
                          .arg(QString::fromStdString(recording_suffixes())));
    }
  } catch (const Error& error) {
    found_->setText(QString::fromUtf8(error.what()));
  }
  showKind();
  preview();
}

void ImportDialog::showKind() {
  form_->showKind(first_.empty() ? RecordingKind::none : recording_kind(first_));
  import_->setEnabled(importable_ && !busy_);
}

void ImportDialog::preview() {
  if (first_.empty() || busy_) {
    view_->setRecording(nullptr, {}, 1.0);
    if (!busy_) tell({}, false);
    return;
  }
  tell(tr("Reading %1...").arg(QString::fromStdString(first_.filename().string())), false);
  previewing_.start(
      [file = first_, mapping = form_->mapping()](JobControl& control) {
        return std::make_shared<const SpikeList>(
            import_recording(file, mapping, StartTime::subtract_late,
                             [&control] { return !control.cancelled(); }));
      },
      [this](const std::shared_ptr<const SpikeList>& list) {
        if (busy_ || done_) return;  // what the import says stays
        const std::shared_ptr<const Recording> recording(list, &list->recording);
        view_->setRecording(recording, SensorShape{form_->mapping().channels, 1, 1}, 1.0);
        showPreview(*list);
      });
}

void ImportDialog::askForFolder() {
  const QString path = QFileDialog::getExistingDirectory(
      this, tr("Folder with one folder for each class"), path_->text());
  if (!path.isEmpty()) choose(path.toStdString());
}

void ImportDialog::askForFile() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Look at a recording"), path_->text(),
      tr("Sounds and spike lists (*.wav *.flac *.ogg *.csv *.tsv *.txt *.dat *.npy *.h5 *.hdf5);;All "
         "files (*)"));
  if (!path.isEmpty()) choose(path.toStdString());
}

void ImportDialog::showPreview(const SpikeList& list) {
  const Recording& recording = list.recording;
  QStringList parts{tr("%1: %L2 spikes in %3 s")
                        .arg(QString::fromStdString(printable(first_.filename().string())))
                        .arg(recording.size())
                        .arg(recording.size() > 0 ? recording.time.back() : 0.0, 0, 'f', 3)};
  if (!list.read_as.empty()) parts.append(QString::fromStdString(printable(list.read_as)));
  if (list.start_s > 0) {
    parts.append(tr("times from the first spike, at %1 s").arg(list.start_s, 0, 'f', 6));
  }
  if (list.skipped > 0) parts.append(tr("rows left out: %L1").arg(list.skipped));
  tell(parts.join(" · "), false);
}

void ImportDialog::import() {
  if (done_) {
    accept();
    return;
  }
  const DatasetAbout told = form_->about();
  try {
    out_ = folder_of_import(dataFolder_, told.name);
    if (fs::exists(out_)) {
      throw Error(Error::Kind::setting, "name", "'" + told.name + "' is imported already",
                  "give another name");
    }
  } catch (const Error& error) {
    tell(QString::fromUtf8(error.what()), true);
    form_->editName();
    return;
  }
  setBusy(true);
  tell(tr("Importing into %1...").arg(QString::fromStdString(printable(out_.string()))), false);
  previewing_.cancel();
  importing_.start(
      [from = chosen_, out = out_, mapping = form_->mapping(), told](JobControl& control) {
        return convert_folder(from, out, mapping, told, [&control](double part) {
          control.progress(part);
          return !control.cancelled();
        });
      },
      [this](const ConvertReport& report) { finish(report); });
}

void ImportDialog::giveUp(const QString& sentence, bool bad) {
  setBusy(false);
  progress_->setValue(0);
  tell(sentence, bad);
}

void ImportDialog::finish(const ConvertReport& report) {
  setBusy(false);
  const auto some = [](const std::vector<std::string>& names) {
    QStringList shown;
    for (const std::string& name : names) {
      if (shown.size() < 5) shown.append(QString::fromStdString(printable(name)));
    }
    return shown.join(", ") + (names.size() > 5 ? QString(" ...") : QString());
  };
  QStringList remarks;
  if (!report.silent.empty()) {
    remarks.append(tr("%1 without spikes: %2").arg(report.silent.size()).arg(some(report.silent)));
  }
  if (report.skipped > 0) remarks.append(tr("rows left out: %L1").arg(report.skipped));
  if (report.start_s > 0) remarks.append(tr("times are from the first spike of each list"));
  if (!report.left_out.empty()) {
    remarks.append(
        tr("%1 files are no recordings: %2").arg(report.left_out.size()).arg(some(report.left_out)));
  }
  if (remarks.isEmpty()) {
    accept();
    return;
  }
  done_ = true;
  import_->setText(tr("&Show it"));
  tell(tr("Imported. %1").arg(remarks.join(" · ")), false);
}

void ImportDialog::setBusy(bool busy) {
  busy_ = busy;
  progress_->setEnabled(busy);
  import_->setEnabled(importable_ && !busy);
}

void ImportDialog::tell(const QString& sentence, bool bad) {
  QPalette colours = palette();
  if (bad) colours.setColor(QPalette::WindowText, Theme::of(palette()).bad);
  state_->setPalette(colours);
  state_->setText(sentence);
}

void ImportDialog::keyPressEvent(QKeyEvent* event) {
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (enter && focusWidget() == path_) return;  // taken when its editing finished
  QDialog::keyPressEvent(event);
}

void ImportDialog::reject() {
  if (busy_) {
    importing_.cancel();  // stays open and says so
    return;
  }
  if (done_) {
    accept();  // it is written
    return;
  }
  QDialog::reject();
}

}  // namespace paralif
