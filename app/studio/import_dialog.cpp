#include "app/studio/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

#include "app/studio/import_worker.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"
#include "widgets/theme/theme.h"
#include "widgets/views/recording_view.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

constexpr int mostColumns = 100;
constexpr int mostChannels = 700;  // of the format
constexpr int settlingMs = 150;    // a burst of changes is previewed once

QSpinBox* numberBox(int lowest, int highest, int value) {
  auto* box = new QSpinBox;
  box->setRange(lowest, highest);
  box->setValue(value);
  return box;
}

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
      worker_(new ImportWorker(this)),
      soon_(new QTimer(this)),
      view_(new RecordingView) {
  setWindowTitle(tr("Import recordings"));
  state_ = new QLabel;
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
  connect(import_, &QPushButton::clicked, this, &ImportDialog::import);
  connect(buttons, &QDialogButtonBox::rejected, this, &ImportDialog::reject);

  auto* middle = new QHBoxLayout;
  middle->addWidget(makeMapping());
  middle->addWidget(view_, 1);
  auto* rows = new QVBoxLayout(this);
  rows->addWidget(makeSource());
  rows->addLayout(middle, 1);
  rows->addWidget(state_);
  rows->addWidget(progress_);
  rows->addWidget(buttons);
  resize(860, 600);

  soon_->setSingleShot(true);
  soon_->setInterval(settlingMs);
  connect(soon_, &QTimer::timeout, this, &ImportDialog::preview);
  connect(worker_, &ImportWorker::previewed, this,
          [this](const std::shared_ptr<const Recording>& recording) {
            view_->setRecording(recording, SensorShape{channels_->value(), 1, 1}, 1.0);
            tell(tr("%1: %L2 spikes in %3 s")
                     .arg(QString::fromStdString(first_.filename().string()))
                     .arg(recording->size())
                     .arg(recording->size() > 0 ? recording->time.back() : 0.0, 0, 'f', 3),
                 false);
          });
  connect(worker_, &ImportWorker::previewFailed, this, [this](const QString& sentence) {
    view_->setRecording(nullptr, {}, 1.0);
    tell(sentence, true);
  });
  connect(worker_, &ImportWorker::progressed, this,
          [this](double part) { progress_->setValue(int(1000 * part)); });
  connect(worker_, &ImportWorker::imported, this, &ImportDialog::finish);
  connect(worker_, &ImportWorker::failed, this, [this](const QString& sentence) {
    setBusy(false);
    progress_->setValue(0);
    tell(sentence, true);
  });
  showKind();
}

ImportDialog::~ImportDialog() {
  delete worker_;  // ends before the views that it talks to
}

QWidget* ImportDialog::makeSource() {
  path_ = new QLineEdit;
  path_->setReadOnly(true);
  path_->setAccessibleName(tr("Recordings"));
  path_->setPlaceholderText(tr("a folder with one folder for each class, or one recording"));
  auto* folder = new QPushButton(tr("Choose &folder..."));
  auto* file = new QPushButton(tr("&Look at a file..."));
  folder->setAutoDefault(false);
  file->setAutoDefault(false);
  connect(folder, &QPushButton::clicked, this, &ImportDialog::askForFolder);
  connect(file, &QPushButton::clicked, this, &ImportDialog::askForFile);
  found_ = new QLabel;
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

QWidget* ImportDialog::makeMapping() {
  const SpikeListMapping usual;
  timeColumn_ = numberBox(1, mostColumns, int(usual.time_column) + 1);
  unitColumn_ = numberBox(1, mostColumns, int(usual.unit_column) + 1);
  timeColumn_->setToolTip(tr("Which column of the table holds the times, counted from 1"));
  unitColumn_->setToolTip(tr("Which column of the table holds the channels, counted from 1"));
  timeUnit_ = new QComboBox;
  timeUnit_->addItem(tr("seconds"), 1.0);
  timeUnit_->addItem(tr("milliseconds"), 1e-3);
  timeUnit_->addItem(tr("microseconds"), 1e-6);
  timeUnit_->setToolTip(tr("What a time of 1 means"));
  times_ = new QLineEdit(QString::fromStdString(usual.times_name));
  units_ = new QLineEdit(QString::fromStdString(usual.units_name));
  times_->setToolTip(tr("The array of times in the HDF5 file, such as spikes/times"));
  units_->setToolTip(tr("The array of channels in the HDF5 file"));
  channels_ = numberBox(1, mostChannels, usual.channels);
  channels_->setToolTip(
      tr("How many channels there are: those of a table must be below this; a "
         "sound is divided into so many"));
  model_ = new QLabel(
      tr("A sound passes through a bank of resonant filters, evenly spaced along the cochlea from "
         "60 to 7600 Hz; behind each one a leaky integrate-and-fire cell fires with the strength "
         "of its band."));
  model_->setWordWrap(true);
  auto* side = new QWidget;
  side->setFixedWidth(270);
  form_ = new QFormLayout(side);
  form_->setContentsMargins(0, 0, 8, 0);
  form_->addRow(tr("&Time column"), timeColumn_);
  form_->addRow(tr("C&hannel column"), unitColumn_);
  form_->addRow(tr("Array of ti&mes"), times_);
  form_->addRow(tr("Array of ch&annels"), units_);
  form_->addRow(tr("Times are i&n"), timeUnit_);
  form_->addRow(tr("&Channels"), channels_);
  form_->addRow(model_);
  for (QSpinBox* box : {timeColumn_, unitColumn_, channels_}) {
    connect(box, &QSpinBox::valueChanged, soon_, qOverload<>(&QTimer::start));
  }
  for (QLineEdit* line : {times_, units_}) {
    connect(line, &QLineEdit::textChanged, soon_, qOverload<>(&QTimer::start));
  }
  connect(timeUnit_, &QComboBox::currentIndexChanged, soon_, qOverload<>(&QTimer::start));
  return side;
}

SpikeListMapping ImportDialog::mapping() const {
  SpikeListMapping mapping;
  mapping.time_column = std::size_t(timeColumn_->value() - 1);
  mapping.unit_column = std::size_t(unitColumn_->value() - 1);
  mapping.seconds_per_unit = timeUnit_->currentData().toDouble();
  mapping.channels = channels_->value();
  mapping.times_name = times_->text().toStdString();
  mapping.units_name = units_->text().toStdString();
  return mapping;
}

void ImportDialog::choose(const fs::path& path) {
  chosen_ = path;
  first_.clear();
  importable_ = false;
  path_->setText(QString::fromStdString(path.string()));
  try {
    if (!is_folder(path)) {
      first_ = path;
      found_->setText(
          tr("One recording to look at. To train, put recordings into one folder for "
             "each class and choose the folder around them."));
    } else if (const auto classes = find_recordings(path); !classes.empty()) {
      first_ = classes.front().files.front();
      qsizetype files = 0;
      QStringList names;
      for (const RecordingClass& one : classes) {
        files += qsizetype(one.files.size());
        names.append(QString::fromStdString(one.name));
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
      found_->setText(
          tr("There are no recordings: sounds (wav, flac, ogg) or spike lists (csv, "
             "tsv, txt, npy, h5) in one folder for each class."));
    }
  } catch (const Error& error) {
    found_->setText(QString::fromUtf8(error.what()));
  }
  showKind();
  preview();
}

void ImportDialog::showKind() {
  const RecordingKind kind = first_.empty() ? RecordingKind::none : recording_kind(first_);
  const auto show = [&](QWidget* field, bool shown) { form_->setRowVisible(field, shown); };
  const bool table = kind == RecordingKind::table || kind == RecordingKind::none;
  show(timeColumn_, table);
  show(unitColumn_, table);
  show(times_, kind == RecordingKind::hdf5);
  show(units_, kind == RecordingKind::hdf5);
  show(timeUnit_, kind != RecordingKind::sound);
  show(model_, kind == RecordingKind::sound);
  import_->setEnabled(importable_ && !busy_);
}

void ImportDialog::preview() {
  if (first_.empty() || busy_) {
    view_->setRecording(nullptr, {}, 1.0);
    if (!busy_) tell({}, false);
    return;
  }
  tell(tr("Reading %1...").arg(QString::fromStdString(first_.filename().string())), false);
  worker_->preview(first_, mapping());
}

void ImportDialog::askForFolder() {
  const QString path = QFileDialog::getExistingDirectory(
      this, tr("Folder with one folder for each class"), path_->text());
  if (!path.isEmpty()) choose(path.toStdString());
}

void ImportDialog::askForFile() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Look at a recording"), path_->text(),
      tr("Sounds and spike lists (*.wav *.flac *.ogg *.csv *.tsv *.txt *.npy *.h5 *.hdf5);;All "
         "files (*)"));
  if (!path.isEmpty()) choose(path.toStdString());
}

void ImportDialog::import() {
  // A free name: what was imported before stays.
  fs::path from = chosen_;
  if (!from.has_filename()) from = from.parent_path();
  const std::string name = "imported-" + from.filename().string();
  out_ = dataFolder_ / name;
  for (int i = 2; fs::exists(out_); ++i) out_ = dataFolder_ / (name + "-" + std::to_string(i));
  setBusy(true);
  tell(tr("Importing into %1...").arg(QString::fromStdString(out_.string())), false);
  worker_->import(chosen_, out_, mapping());
}

void ImportDialog::finish(const ConvertReport&) {
  setBusy(false);
  accept();
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

void ImportDialog::reject() {
  if (busy_) {
    worker_->cancel();  // stays open and says so
    return;
  }
  QDialog::reject();
}

}  // namespace paralif
