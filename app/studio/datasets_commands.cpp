// What the Datasets workspace does: choosing, opening, showing and writing.
#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QTreeWidget>

#include "app/studio/dataset_texts.h"
#include "app/studio/datasets_workspace.h"
#include "app/studio/download_strip.h"
#include "app/studio/samples_model.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/import/convert.h"
#include "datasets/readers/readable.h"
#include "datasets/samples/sample_data.h"
#include "datasets/text.h"
#include "widgets/views/class_balance_view.h"
#include "widgets/views/frames_view.h"
#include "widgets/views/picture_view.h"
#include "widgets/views/points_view.h"
#include "widgets/views/recording_view.h"

namespace paralif {
namespace {

constexpr int partRole = Qt::UserRole;

bool isThere(const PartState& part) {
  return !part.path.empty() && part.problem.empty();
}

/// A table of points has rows of x, y and a class; other tables may be spike lists.
bool holdsPoints(const std::filesystem::path& path) {
  if (is_folder(path)) return true;
  try {
    return !read_points(path).points.empty();
  } catch (const Error&) {
    return false;
  }
}

bool holdsRecordings(const std::filesystem::path& path) {
  if (is_folder(path)) return !find_recordings(path).classes.empty();
  return is_file(path) && recording_kind(path) != RecordingKind::none;
}

}  // namespace

void DatasetsWorkspace::connectWorker() {
  connect(worker_, &DatasetWorker::scanned, this, &DatasetsWorkspace::showStates);
  connect(worker_, &DatasetWorker::opened, this, &DatasetsWorkspace::showSet);
  connect(worker_, &DatasetWorker::loaded, this, &DatasetsWorkspace::showSample);
  connect(worker_, &DatasetWorker::counted, model_, &SamplesModel::addFacts);
  connect(worker_, &DatasetWorker::counted, this, &DatasetsWorkspace::updateNote);
  connect(worker_, &DatasetWorker::failed, this, &DatasetsWorkspace::failed);
  connect(worker_, &DatasetWorker::failed, this, [this](const QString& sentence) {
    sample_->setEnabled(true);
    nothing_->setText(sentence);
    views_->setCurrentWidget(nothing_);
  });
  connect(worker_, &DatasetWorker::wrote, this, [this](const QString& dataset) {
    sample_->setEnabled(true);
    wanted_ = dataset;
    worker_->scan(folder_);
  });
  connect(part_, &QComboBox::activated, this, &DatasetsWorkspace::openChosen);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &DatasetsWorkspace::chooseSample);
  connect(points_, &PointsView::pointChosen, this, [this](qint64 point) {
    table_->setCurrentIndex(sorted_->mapFromSource(model_->index(int(point), 0)));
  });
  connect(folderAction_, &QAction::triggered, this, &DatasetsWorkspace::askForFolder);
  connect(fileAction_, &QAction::triggered, this, &DatasetsWorkspace::askForFile);
  connect(refresh_, &QAction::triggered, this, [this] { worker_->scan(folder_); });
  connect(sample_, &QAction::triggered, this, &DatasetsWorkspace::writeSamples);
  connect(get_, &QAction::triggered, this, [this] {
    if (chosen() != nullptr) strip_->askAndStart(Dataset(chosen()->entry), folder_);
  });
  connect(strip_, &DownloadStrip::failed, this, &DatasetsWorkspace::failed);
  connect(strip_, &DownloadStrip::changed, this, [this] {
    get_->setEnabled(canDownload());
  });
  connect(strip_, &DownloadStrip::finished, this, [this](const QString& dataset) {
    wanted_ = dataset;
    worker_->scan(folder_);
  });
  connect(train_, &QAction::triggered, this, [this] {
    if (chosen() == nullptr) return;
    Q_EMIT trainRequested(QString::fromStdString(chosen()->entry.name), trainingFolder(*chosen()));
  });
  connect(paint_, &QAction::triggered, this, &DatasetsWorkspace::paintPoints);
  connect(import_, &QAction::triggered, this, [this] { importRecordings({}); });
}

void DatasetsWorkspace::setFolder(const std::filesystem::path& folder) {
  if (folder.empty()) return;
  folder_ = folder;
  Q_EMIT folderChanged(QString::fromStdString(folder.string()));
  if (isVisible() || scanned_) {
    scanned_ = true;
    worker_->scan(folder_);
  }
  updateNote();
}

bool DatasetsWorkspace::openPath(const QString& path) {
  const std::filesystem::path file = path.toStdString();
  try {
    const auto parts = identify(file);
    if (!parts.empty()) {
      const bool imported = imported_set(parts.front().folder).has_value();
      wanted_ = QString::fromStdString(imported ? parts.front().folder.string()
                                                : parts.front().dataset);
      setFolder(parts.front().folder);
      return true;
    }
    if (!find_points(file).empty() && holdsPoints(file)) {
      wanted_ = "points";
      setFolder(file);
      return true;
    }
    if (holdsRecordings(file)) {
      importRecordings(path);
      return true;
    }
  } catch (const Error& error) {
    Q_EMIT failed(QString::fromUtf8(error.what()));
    return true;
  }
  return false;
}

QString DatasetsWorkspace::trainingFolder(const DatasetState& state) {
  // Yin-Yang is computed.
  return state.entry.name == "yinyang" ? QString() : QString::fromStdString(state.folder.string());
}

void DatasetsWorkspace::select(const QString& dataset) {
  wanted_ = dataset;
  if (!states_.empty()) showStates(std::vector(states_));
}

void DatasetsWorkspace::showStates(const std::vector<DatasetState>& states) {
  const QString before =
      chosen() != nullptr ? QString::fromStdString(chosen()->key()) : QString("yinyang");
  const QString wanted = wanted_.isEmpty() ? before : std::exchange(wanted_, {});
  states_ = states;
  {
    const QSignalBlocker quiet(list_);
    list_->clear();
    for (const DatasetState& state : states_) {
      auto* item = new QTreeWidgetItem(
          {QString::fromStdString(printable(state.entry.title)), stateText(state)});
      item->setToolTip(0, QString::fromStdString(printable(state.entry.title) + "\n" +
                                                 printable(state.entry.description)));
      list_->addTopLevelItem(item);
    }
    list_->setCurrentItem(nullptr);
  }
  for (std::size_t i = 0; i < states_.size(); ++i) {
    if (states_[i].key() == wanted.toStdString()) {
      list_->setCurrentItem(list_->topLevelItem(int(i)));
    }
  }
  updateNote();
}

bool DatasetsWorkspace::canDownload() const {
  const DatasetState* state = chosen();
  return state != nullptr && !state->imported && !strip_->isRunning() &&
         !missing_files(state->entry, folder_).empty();
}

const DatasetState* DatasetsWorkspace::chosen() const {
  const int row = list_->indexOfTopLevelItem(list_->currentItem());
  return row >= 0 && std::size_t(row) < states_.size() ? &states_[std::size_t(row)] : nullptr;
}

void DatasetsWorkspace::showEntry() {
  const DatasetState* state = chosen();
  part_->clear();
  model_->setSet(nullptr);
  balance_->setCounts({}, {});
  mark_->hide();
  views_->setCurrentWidget(nothing_);
  train_->setEnabled(false);
  sample_->setEnabled(false);
  get_->setEnabled(canDownload());
  if (state == nullptr) {
    nothing_->setText(tr("Looking through the data folder..."));
    about_->clear();
    return;
  }
  about_->setText(aboutText(*state));
  QString problem;
  for (const PartState& part : state->parts) {
    if (isThere(part)) part_->addItem(partTitle(part.part), int(part.part));
    if (!part.problem.empty()) problem = QString::fromStdString(part.problem);
  }
  const bool there = part_->count() > 0;
  part_->setEnabled(part_->count() > 1);
  // What a setting can mend, such as the unit of times, is set in Train.
  train_->setEnabled(there || !problem.isEmpty());
  const auto& writable = sample_datasets();
  sample_->setEnabled(!there && problem.isEmpty() && !state->imported &&
                      std::ranges::find(writable, state->entry.name) != writable.end());
  updateNote();
  if (there) {
    openChosen();
  } else {
    nothing_->setText(problem.isEmpty() ? missingText(state->entry) : problem);
  }
}

void DatasetsWorkspace::openChosen() {
  if (chosen() == nullptr || part_->currentIndex() < 0) return;
  worker_->open(chosen()->entry.name, DataPart(part_->currentData(partRole).toInt()),
                chosen()->folder);
}

void DatasetsWorkspace::showSet(const std::shared_ptr<const SampleBrowser>& set) {
  if (chosen() == nullptr || set->dataset() != chosen()->entry.name ||
      int(set->part()) != part_->currentData(partRole).toInt() ||
      std::ranges::none_of(chosen()->parts, [&](const PartState& part) {
        return part.path == set->path() || set->path().empty();
      })) {
    return;  // another one was chosen since
  }
  model_->setSet(set);
  const bool events = set->kind() == DataKind::audio || set->kind() == DataKind::camera;
  table_->setColumnHidden(SamplesModel::duration, !events);
  table_->setColumnHidden(SamplesModel::spikes, !events);
  mark_->setVisible(set->is_sample_data());
  QVector<qint64> counts(set->classes(), 0);
  QStringList names;
  for (qint64 label = 0; label < set->classes(); ++label) {
    names.append(QString::fromStdString(printable(set->title_of(label))));
  }
  for (qint64 i = 0; i < set->size(); ++i) ++counts[set->label(i)];
  balance_->setCounts(counts, names);
  if (set->points() != nullptr) points_->setPoints(*set->points());
  switch (set->kind()) {
    case DataKind::audio:
      views_->setCurrentWidget(audio_);
      break;
    case DataKind::camera:
      views_->setCurrentWidget(frames_);
      break;
    case DataKind::images:
      views_->setCurrentWidget(picture_);
      break;
    case DataKind::points:
      views_->setCurrentWidget(points_);
      break;
  }
  table_->selectRow(0);
  updateNote();
}

void DatasetsWorkspace::chooseSample() {
  const QModelIndex index = table_->currentIndex();
  if (index.isValid()) worker_->load(sorted_->mapToSource(index).row());
}

void DatasetsWorkspace::showSample(qint64 sample, const BrowsedSample& content) {
  const auto& set = model_->set();
  const QModelIndex now = sorted_->mapToSource(table_->currentIndex());
  if (set == nullptr || now.row() != sample) return;
  balance_->setCurrent(set->label(sample));
  if (set->kind() == DataKind::audio && content.recording) {
    views_->setCurrentWidget(audio_);
    audio_->setRecording(content.recording, set->sensor(), set->tick_s());
  } else if (set->kind() == DataKind::camera && content.recording) {
    views_->setCurrentWidget(frames_);
    frames_->setRecording(content.recording, set->sensor(), set->tick_s());
  } else if (set->kind() == DataKind::images) {
    picture_->setPixels(content.image);
  } else if (set->kind() == DataKind::points) {
    points_->setCurrent(sample);
  }
}

void DatasetsWorkspace::askForFolder() {
  const QString path = QFileDialog::getExistingDirectory(this, tr("Data folder"),
                                                         QString::fromStdString(folder_.string()));
  if (!path.isEmpty()) setFolder(path.toStdString());
}

void DatasetsWorkspace::askForFile() {
  const QString path = QFileDialog::getOpenFileName(
      this, tr("Open a dataset's file"), QString::fromStdString(folder_.string()),
      tr("Datasets (*.h5 *.hdf5 *.csv *.bin *.txt);;All files (*)"));
  if (!path.isEmpty() && !openPath(path)) {
    Q_EMIT failed(
        tr("%1: is not a file of a known dataset; the catalogue says what is expected").arg(path));
  }
}

void DatasetsWorkspace::updateNote() {
  const QString folder = QString::fromStdString(folder_.string());
  const auto& set = model_->set();
  if (set == nullptr) {
    note_->setText(tr("Data folder: %1").arg(folder));
    return;
  }
  qint64 spikes = 0;
  double seconds = 0;
  for (const SampleFacts& facts : model_->facts()) {
    spikes += std::max<qint64>(0, facts.spikes);
    seconds += facts.duration_s;
  }
  QString text = tr("Data folder: %1 · %L2 samples in %3 classes")
                     .arg(folder)
                     .arg(set->size())
                     .arg(set->classes());
  const auto read = qint64(model_->facts().size());
  if (read > 0) {
    text += tr(" · on average %L1 spikes in %2 s")
                .arg(spikes / read)
                .arg(seconds / double(read), 0, 'f', 2);
    if (read < set->size()) text += tr(" (%L1 read)").arg(read);
  }
  note_->setText(text);
  note_->setToolTip(text);
}

}  // namespace paralif
