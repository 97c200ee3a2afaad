// Texts and sort keys of the table of runs.
#include "app/studio/runs_model.h"

#include "app/studio/run_status.h"
#include "core/experiments/network_presets.h"
#include "datasets/catalogue/catalogue.h"

namespace paralif {
namespace {

QString percent(double share) { return QString("%1 %").arg(share * 100.0, 0, 'f', 1); }

/// Chosen by validation, or by the test set in runs of earlier versions.
QString bestText(const RunSummary& run) {
  if (run.epochs_done > 0 && run.best_validation_accuracy) {
    return percent(*run.best_validation_accuracy);
  }
  if (run.epochs_done > 0 && run.best_test_accuracy) {
    return RunsModel::tr("%1 (test)").arg(percent(*run.best_test_accuracy));
  }
  return "-";
}

/// A run that cannot be read shows why instead of numbers.
QVariant textOfDamaged(const RunSummary& run, int column) {
  switch (column) {
    case RunsModel::title: return QString::fromStdString(run.title);
    case RunsModel::status:
      return RunsModel::tr("damaged: %1").arg(QString::fromStdString(run.problem));
    default: return "-";
  }
}

QVariant textOf(const RunSummary& run, int column) {
  if (!run.problem.empty()) return textOfDamaged(run, column);
  switch (column) {
    case RunsModel::title: return QString::fromStdString(run.title);
    case RunsModel::dataset: {
      const CatalogueEntry* entry = find_entry(run.experiment.dataset.name);
      return QString::fromStdString(entry != nullptr ? entry->title : run.experiment.dataset.name);
    }
    case RunsModel::neuron: return QString::fromStdString(network_title(run.experiment));
    case RunsModel::status: return QString::fromStdString(run.status);
    case RunsModel::started: return QString::fromStdString(run.started);
    case RunsModel::epochs:
      return QString("%1/%2").arg(run.epochs_done).arg(run.experiment.training.epochs);
    case RunsModel::best: return bestText(run);
    case RunsModel::last: return run.epochs_done > 0 ? percent(run.last_test_accuracy) : "-";
    case RunsModel::seconds: return duration(run.train_seconds);
    default: return {};
  }
}

QVariant keyOf(const RunSummary& run, int column) {
  switch (column) {
    case RunsModel::epochs: return qint64(run.epochs_done);
    case RunsModel::best:
      return run.best_validation_accuracy.value_or(run.best_test_accuracy.value_or(-1.0));
    case RunsModel::last: return run.last_test_accuracy;
    case RunsModel::seconds: return run.train_seconds;
    default: return textOf(run, column);
  }
}

}  // namespace

void RunsModel::setRuns(std::vector<RunSummary> runs) {
  beginResetModel();
  runs_ = std::move(runs);
  endResetModel();
}

int RunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(runs_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columns;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  const RunSummary& at = run(index.row());
  switch (role) {
    case Qt::DisplayRole: return textOf(at, index.column());
    case sortRole: return keyOf(at, index.column());
    case Qt::ToolTipRole: return QString::fromStdString(at.folder.string());
    case Qt::TextAlignmentRole:
      return index.column() >= epochs ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    default: return {};
  }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case title: return tr("Title");
    case dataset: return tr("Dataset");
    case neuron: return tr("Neuron");
    case status: return tr("Status");
    case started: return tr("Started");
    case epochs: return tr("Epochs");
    case best: return tr("Best validation");
    case last: return tr("Last test");
    case seconds: return tr("Trained");
    default: return {};
  }
}

}  // namespace paralif
