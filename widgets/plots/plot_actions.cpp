// Follow, lock, freeze, copy and export as actions with keys.
#include "widgets/plots/plot_actions.h"

#include <QAction>
#include <QFileDialog>

#include "datasets/error.h"
#include "widgets/plots/export_folder.h"
#include "widgets/plots/plot_export.h"
#include "widgets/plots/plot_view.h"

namespace paralif {
namespace {

QAction* add(PlotView& plot, const QString& text, const QKeySequence& key) {
  auto* action = new QAction(text, &plot);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetShortcut);
  action->setShortcutVisibleInContextMenu(true);
  plot.addAction(action);
  return action;
}

void separate(PlotView& plot) {
  auto* line = new QAction(&plot);
  line->setSeparator(true);
  plot.addAction(line);
}

void askAndExport(PlotView& plot, const QString& suffix) {
  const QString kind = suffix.toUpper();
  const QString path = QFileDialog::getSaveFileName(
      &plot, PlotView::tr("Export as %1").arg(kind),
      suggestedExport(plot.name().toLower() + "." + suffix),
      QString("%1 (*.%2)").arg(kind, suffix));
  if (!path.isEmpty()) exportAndTell(plot, path);
}

}  // namespace

void exportAndTell(PlotView& plot, const QString& path) {
  try {
    exportPlot(plot, path);
  } catch (const Error& error) {
    Q_EMIT plot.exportFailed(QString::fromUtf8(error.what()));
    return;
  }
  rememberExport(path);
  Q_EMIT plot.exported(path);
}

void addPlotActions(PlotView& plot) {
  QAction* follow = add(plot, PlotView::tr("&Follow new data"), Qt::Key_F);
  QObject::connect(follow, &QAction::triggered, &plot, &PlotView::follow);

  QAction* lock = add(plot, PlotView::tr("&Lock axes"), Qt::Key_L);
  lock->setCheckable(true);
  QObject::connect(lock, &QAction::triggered, &plot, &PlotView::setLocked);
  QObject::connect(&plot, &PlotView::followingChanged, lock,
                   [lock](bool following) { lock->setChecked(!following); });

  QAction* freeze = add(plot, PlotView::tr("Free&ze"), Qt::Key_Z);
  freeze->setCheckable(true);
  QObject::connect(freeze, &QAction::triggered, &plot, &PlotView::setFrozen);
  QObject::connect(&plot, &PlotView::frozenChanged, freeze, &QAction::setChecked);

  separate(plot);
  QAction* copy = add(plot, PlotView::tr("&Copy as image"), QKeySequence::Copy);
  QObject::connect(copy, &QAction::triggered, &plot, &PlotView::copyImage);
  const auto exportAs = [&plot](const QString& text, const QKeySequence& key,
                                const QString& suffix) {
    QAction* action = add(plot, text, key);
    QObject::connect(action, &QAction::triggered, &plot,
                     [&plot, suffix] { askAndExport(plot, suffix); });
  };
  exportAs(PlotView::tr("Export &PNG…"), Qt::CTRL | Qt::Key_E, "png");
  exportAs(PlotView::tr("Export S&VG…"), Qt::CTRL | Qt::ALT | Qt::Key_E, "svg");
  exportAs(PlotView::tr("Export P&DF…"), Qt::CTRL | Qt::ALT | Qt::Key_P, "pdf");
  exportAs(PlotView::tr("Export &data as CSV…"), Qt::CTRL | Qt::SHIFT | Qt::Key_E, "csv");
}

}  // namespace paralif
