// The Datasets workspace: what is there, what is missing, and every sample to look at.
#pragma once

#include <filesystem>
#include <memory>

#include "app/studio/dataset_worker.h"
#include "app/studio/workspace.h"

class QAction;
class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QTreeWidget;

namespace paralif {

class ClassBalanceView;
class DownloadStrip;
class FramesView;
class PictureView;
class PointsView;
class RecordingView;
class SamplesModel;

class DatasetsWorkspace : public Workspace {
  Q_OBJECT

 public:
  explicit DatasetsWorkspace(QWidget* parent = nullptr);
  ~DatasetsWorkspace() override;

  /// The folder that is looked through; the usual one to begin with.
  void setFolder(const std::filesystem::path& folder);
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  /// Opens a dataset's file or folder, as dropped on the window; false: it is none.
  bool openPath(const QString& path) override;
  void select(const QString& dataset);
  /// Paints one's own points, into the data folder.
  void paintPoints();
  /// Sounds and spike lists as a dataset; empty: the dialog asks for them.
  void importRecordings(const QString& path);

 Q_SIGNALS:
  /// An experiment on the chosen dataset was asked for.
  void trainRequested(const QString& dataset, const QString& folder);
  /// The same, and its start.
  void startRequested(const QString& dataset, const QString& folder);
  void folderChanged(const QString& folder);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  QWidget* makeCatalogue();
  QWidget* makeSamples();
  QWidget* makeViews();
  void connectWorker();
  void showStates(const std::vector<DatasetState>& states);
  void showEntry();
  void openChosen();
  void showSet(const std::shared_ptr<const SampleBrowser>& set);
  void showSample(qint64 sample, const BrowsedSample& content);
  void chooseSample();
  void askForFolder();
  void askForFile();
  void writeSamples();
  [[nodiscard]] bool canDownload() const;
  static QString trainingFolder(const DatasetState& state);
  [[nodiscard]] const DatasetState* chosen() const;
  void updateNote();

  std::filesystem::path folder_;
  std::vector<DatasetState> states_;
  QString wanted_;  ///< key of the dataset to choose once the folder has been looked through
  bool scanned_ = false;
  DatasetWorker* worker_;
  SamplesModel* model_;
  QSortFilterProxyModel* sorted_;
  QTreeWidget* list_;
  QLabel* about_;
  QComboBox* part_;
  QTableView* table_;
  QLabel* mark_;
  QLabel* note_;
  QStackedWidget* views_;
  QLabel* nothing_;
  RecordingView* audio_;
  FramesView* frames_;
  PictureView* picture_;
  PointsView* points_;
  ClassBalanceView* balance_;
  QAction* folderAction_;
  QAction* fileAction_;
  QAction* refresh_;
  QAction* sample_;
  QAction* get_;
  DownloadStrip* strip_;
  QAction* train_;
  QAction* paint_;
  QAction* import_;
};

}  // namespace paralif
