// The base of every plot: zoom, pan and read while data streams in, freeze, follow, export.
#pragma once

#include <qcustomplot.h>

#include <QString>
#include <QTextStream>

#include "widgets/theme/theme.h"

class QLabel;

namespace paralif {

/// A plot follows its data until the user zooms or pans; then its axes stay locked until
/// follow(). A frozen plot takes no new data in until it is thawed, and then shows the newest.
///
/// A view derives from it, keeps its own data (or a shared pointer to it), calls dataChanged()
/// when there is newer data and fills its plottables in refreshData(), which is called only when
/// the plot is visible and not frozen.
class PlotView : public QCustomPlot {
  Q_OBJECT

 public:
  explicit PlotView(const QString& name, QWidget* parent = nullptr);

  [[nodiscard]] const QString& name() const { return name_; }
  [[nodiscard]] bool isFollowing() const { return following_; }
  [[nodiscard]] bool isFrozen() const { return frozen_; }

  /// Newer data waits: shown at once, or when the plot is next in view and not frozen.
  void dataChanged();

  /// The data in view as comma-separated values with a heading line that names units.
  virtual void writeCsv(QTextStream& out) const = 0;

  [[nodiscard]] QSize sizeHint() const override { return {320, 220}; }
  [[nodiscard]] QSize minimumSizeHint() const override { return {140, 96}; }

 public Q_SLOTS:
  void follow();
  void setLocked(bool locked);
  void setFrozen(bool frozen);
  void copyImage();

 Q_SIGNALS:
  void followingChanged(bool following);
  void frozenChanged(bool frozen);
  void exportFailed(const QString& sentence);
  void exported(const QString& path);

 protected:
  /// Brings the newest data into the plottables.
  virtual void refreshData() = 0;
  /// Sets the axes so that all data is in view.
  virtual void fitAxes();
  /// Colours of plottables; axes and legends are done by the base.
  virtual void recolor(const Theme& theme) = 0;
  /// What is under the cursor, with units; empty: nothing.
  [[nodiscard]] virtual QString readout(const QCPAxisRect& rect, QPointF position) const;

  /// One muted line in the middle of a plot that has nothing to show yet; empty: none.
  void setHint(const QString& text);

  /// Call at the end of a view's constructor, and after adding axes or plottables.
  void applyTheme();
  [[nodiscard]] const Theme& theme() const;

  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void showNewest();
  void showReadout(QPoint position);
  void updateBadge();
  void placeHint();
  void zoomAll(double factor);
  void panAll(double across, double up);
  void styleAxes(const Theme& theme);

  QString name_;
  QLabel* badge_;
  QLabel* readout_;
  QLabel* hint_;
  QPoint press_;
  bool pressed_ = false;
  bool following_ = true;
  bool frozen_ = false;
  bool newer_ = false;
};

/// Grey grid, thin axes, small ticks, no second pair of axes.
void setUpAxisRect(QCPAxisRect* rect, const QString& xLabel, const QString& yLabel);

}  // namespace paralif
