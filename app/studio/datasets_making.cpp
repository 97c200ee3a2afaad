// What the Datasets workspace makes: points by mouse, recordings of one's own, sample data.
#include <QAction>
#include <QLabel>

#include "app/studio/datasets_workspace.h"
#include "app/studio/import_dialog.h"
#include "app/studio/points_dialog.h"
#include "datasets/data_folder.h"
#include "datasets/readers/readable.h"

namespace paralif {

void DatasetsWorkspace::paintPoints() {
  const std::filesystem::path folder =
      is_folder(folder_) || folder_.extension() != ".csv" ? folder_ : folder_.parent_path();
  auto* dialog = new PointsDialog(folder / "points.csv", this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, folder] {
    wanted_ = "points";
    setFolder(folder);
    if (dialog->trains()) {
      Q_EMIT startRequested("points", QString::fromStdString(folder.string()));
    }
  });
  dialog->open();
}

void DatasetsWorkspace::importRecordings(const QString& path) {
  const std::filesystem::path folder = is_folder(folder_) ? folder_ : data_folder();
  auto* dialog = new ImportDialog(folder, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog, folder] {
    wanted_ = QString::fromStdString(dialog->written().string());
    setFolder(folder);
  });
  dialog->open();
  if (!path.isEmpty()) dialog->choose(path.toStdString());
}

void DatasetsWorkspace::writeSamples() {
  if (chosen() == nullptr) return;
  sample_->setEnabled(false);
  const std::string& name = chosen()->entry.name;
  nothing_->setText(tr("Writing sample data..."));
  // One folder below: real downloads beside it stay apart.
  worker_->writeSamples(name, folder_ / ("sample-" + name));
}

}  // namespace paralif
