// Moves through the recorded epochs of the run shown, by hand or playing.
#pragma once

#include <QWidget>
#include <functional>
#include <utility>

#include "app/studio/replay_export.h"

class QComboBox;
class QLabel;
class QMenu;
class QToolButton;

namespace paralif {

class PlayerBar;
class SessionController;

/// Hidden where there is nothing to move through.
class ReplayBar : public QWidget {
  Q_OBJECT

 public:
  explicit ReplayBar(SessionController& controller, QWidget* parent = nullptr);

  /// What can be seen now, by the names that a menu shows.
  using Views = QList<std::pair<QString, QWidget*>>;
  void setViews(std::function<Views()> views) { views_ = std::move(views); }
  /// Pictures of every recorded epoch; see ReplayExport::Order for the path.
  void exportPictures(QWidget* view, const QString& path, bool series);

 Q_SIGNALS:
  void exported(const QString& path);
  void failed(const QString& sentence);
  void offered(bool there);  ///< whether the run shown has several recorded epochs

 private:
  void offer();
  void choose(int step);
  void showPlace();
  void offerViews(QMenu* menu);
  void ask(const QString& name, QWidget* view, bool series);
  void showExport(int done, int all);

  SessionController& controller_;
  ReplayExport export_;
  std::function<Views()> views_;
  PlayerBar* player_;
  QComboBox* speed_;
  QLabel* title_;
  QToolButton* pictures_;  ///< chooses what to export; while it runs, stops it
  bool offering_ = false;  ///< the bar is being set, not used
};

}  // namespace paralif
