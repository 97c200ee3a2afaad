// The table of runs: keeps what is selected and open while its model changes.
#pragma once

#include <QTreeView>
#include <functional>
#include <vector>

#include "app/studio/runs_model.h"

namespace paralif {

class RunsTable : public QTreeView {
  Q_OBJECT

 public:
  explicit RunsTable(RunsModel* model, QWidget* parent = nullptr);

  [[nodiscard]] const RunEntry* chosen() const;  ///< null: none, or the line of a sweep
  /// Of every selected line; a sweep's line stands for its runs.
  [[nodiscard]] std::vector<const RunEntry*> selected() const;

  /// Runs `change`, which resets the model, and selects the same runs again.
  void keepingSelection(const std::function<void()>& change);
  /// Other columns, under the same order of lines.
  void setColumns(const std::vector<const RunColumn*>& columns);
  /// Sizes the columns by what is visible, once after they were set.
  void fitColumns();

 Q_SIGNALS:
  void chosenChanged();  ///< the selection, or what is known of it

 protected:
  void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

 private:
  RunsModel* model_;
  bool fitted_ = false;
  bool changing_ = false;  ///< in keepingSelection()
};

}  // namespace paralif
