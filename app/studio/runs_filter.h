// The line above the table of runs: filter, columns, favourites, groups.
#pragma once

#include <QWidget>
#include <vector>

#include "core/library/run_columns.h"
#include "core/library/run_query.h"

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace paralif {

class RunsFilter : public QWidget {
  Q_OBJECT

 public:
  explicit RunsFilter(QWidget* parent = nullptr);

  [[nodiscard]] const std::vector<const RunColumn*>& columns() const { return columns_; }
  [[nodiscard]] bool grouped() const;
  void focusFilter();

  void remember() const;  ///< writes columns and grouping to the settings
  void takeUp();          ///< and reads them

 Q_SIGNALS:
  void filterChanged(const paralif::RunQuery& filter);
  void columnsChanged();
  void groupedChanged(bool grouped);

 private:
  void readFilter();
  void fillColumns();
  void setColumn(const RunColumn& column, bool shown);

  QLineEdit* text_;
  QToolButton* favourites_;
  QToolButton* group_;
  QMenu* columnMenu_;
  QLabel* problem_;
  std::vector<const RunColumn*> columns_;
};

}  // namespace paralif
