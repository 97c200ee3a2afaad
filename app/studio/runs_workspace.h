// The Runs workspace: every recorded run, to open, go on with, or begin another from.
#pragma once

#include <QWidget>
#include <filesystem>

#include "app/studio/runs_model.h"

class QAction;
class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace paralif {

class RunsWorkspace : public QWidget {
  Q_OBJECT

 public:
  explicit RunsWorkspace(QWidget* parent = nullptr);
  void setRoot(const std::filesystem::path& root);
  /// Reads the folder again.
  void refresh();

 Q_SIGNALS:
  void openRequested(const QString& folder);
  void resumeRequested(const QString& folder);
  void settingsRequested(const paralif::Experiment& experiment);

 protected:
  void showEvent(QShowEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] const RunSummary* chosen() const;
  QAction* add(const QString& text, const QKeySequence& key, const QString& tip);
  void updateActions();
  void tint();

  std::filesystem::path root_;
  RunsModel* model_;
  QSortFilterProxyModel* sorted_;
  QTableView* table_;
  QLabel* note_;
  QAction* open_;
  QAction* resume_;
  QAction* settings_;
  QAction* folder_;
  QAction* refresh_;
};

}  // namespace paralif
