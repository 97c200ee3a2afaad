// The search: what to look for, how far it is, the map, and the best settings to open.
#pragma once

#include <QWidget>
#include <optional>

#include "core/lab/search_job.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace paralif {

class SearchMap;

/// Shows what it is given and says what is asked for; runs nothing itself.
class SearchView : public QWidget {
  Q_OBJECT

 public:
  explicit SearchView(QWidget* parent = nullptr);

  [[nodiscard]] QString model() const;
  [[nodiscard]] lab::Feature feature() const;
  void setChoice(const QString& model, lab::Feature feature);
  void setProgress(const lab::SearchProgress& progress);
  /// What is known of the chosen cell.
  void setResult(const lab::CellResult& result);
  [[nodiscard]] SearchMap& map() { return *map_; }
  [[nodiscard]] QPushButton& startButton() { return *start_; }
  [[nodiscard]] QPushButton& startAllButton() { return *startAll_; }
  [[nodiscard]] QPushButton& cancelButton() { return *cancel_; }

 Q_SIGNALS:
  void startRequested();     ///< for the chosen model and feature
  void startAllRequested();  ///< for all
  void cancelRequested();
  void choiceChanged();
  void openRequested(const paralif::lab::FoundSetting& found, paralif::lab::Feature feature);

 private:
  QComboBox* addAxisBox(const QString& name, int chosen);
  void showFound(QPushButton* button, const QString& title,
                 const std::optional<lab::FoundSetting>& found);

  QComboBox* model_;
  QComboBox* feature_;
  QPushButton* start_;
  QPushButton* startAll_;
  QPushButton* cancel_;
  QProgressBar* bar_;
  QLabel* status_;
  QLabel* verdict_;
  SearchMap* map_;
  QComboBox* xBox_;
  QComboBox* yBox_;
  QPushButton* best_;
  QPushButton* robust_;
  lab::CellResult result_;
};

}  // namespace paralif
