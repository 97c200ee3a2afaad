// Commands of the Running time workspace, its bar and its docks.
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/studio/icons.h"
#include "app/studio/timing_controller.h"
#include "app/studio/timing_workspace.h"
#include "core/timing/timing_files.h"
#include "widgets/plots/export_folder.h"
#include "widgets/theme/shown_text.h"
#include "widgets/timing/timing_explanation.h"
#include "widgets/timing/timing_form.h"
#include "widgets/timing/timing_plot.h"
#include "widgets/timing/timing_table.h"

namespace paralif {
namespace {

constexpr qsizetype mostListed = 12;  ///< earlier results in a menu

}  // namespace

QAction* TimingWorkspace::add(const QString& text, const char* name, const QKeySequence& key,
                              const QString& tip, const char* icon) {
  QAction* action = addCommand(text, key, tip, icon);
  action->setObjectName(name);
  return action;
}

void TimingWorkspace::makeActions() {
  start_ = add(tr("&Measure"), "timing.start", Qt::CTRL | Qt::Key_Return,
               tr("Measure every point of the form, or go on after a pause"));
  pause_ = add(tr("&Pause"), "timing.pause", Qt::CTRL | Qt::Key_P,
               tr("Pause after the trial in progress"));
  cancel_ = add(tr("&Cancel"), "timing.cancel", Qt::CTRL | Qt::Key_Period,
                tr("End now and keep what has been measured"));
  logSteps_ = add(tr("Log steps"), "timing.logSteps", Qt::ALT | Qt::Key_X,
                  tr("Logarithmic or linear axis of the length"));
  logTime_ = add(tr("Log time"), "timing.logTime", Qt::ALT | Qt::Key_Y,
                 tr("Logarithmic or linear axis of the time"));
  for (QAction* action : {logSteps_, logTime_}) {
    action->setCheckable(true);
    action->setChecked(true);
  }
  open_ = add(tr("&Open results…"), "timing.open", {}, tr("Show earlier results"));
  overlay_ = add(tr("Over&lay results…"), "timing.overlay", {},
                 tr("Draw earlier results, or a colleague's, dashed into the figure"));
  clear_ = add(tr("&Remove overlays"), "timing.clear", {}, tr("Draw only these results"));
  figure_ = add(tr("Export &figure…"), "timing.figure", {},
                tr("SVG, PDF or PNG with caption and citation"));
  data_ = add(tr("Export &data…"), "timing.data", {}, tr("CSV, HDF5 or JSON"));
  command_ = add(tr("Copy as command &line"), "timing.command", {},
                 tr("The line that measures the same in a terminal"));

  const std::pair<QAction*, const char*> icons[] = {
      {start_, "start"}, {pause_, "pause"}, {cancel_, "stop"}, {open_, "open"},
      {overlay_, "new"}, {clear_, "reset"}, {figure_, "save"}, {data_, "save"}};
  for (const auto& [action, name] : icons) action->setIcon(themedIcon(name));

  const QString filter = tr("Results (timing.json *.json *.h5);;All files (*)");
  const auto ask = [this, filter](const QString& title) {
    return QFileDialog::getOpenFileName(
        this, title, QString::fromStdString(controller_->root().string()), filter);
  };
  const auto on = [this](QAction* action, auto work) {
    connect(action, &QAction::triggered, this, work);
  };
  on(start_, [this] { start(); });
  on(pause_, [this] { controller_->pause(); });
  on(cancel_, [this] { controller_->cancel(); });
  on(logSteps_, [this](bool checked) { plot_->setLogSteps(checked); });
  on(logTime_, [this](bool checked) { plot_->setLogTime(checked); });
  const auto choose = [this, ask](QAction* action, const QString& title,
                                  void (TimingWorkspace::*take)(const QString&)) {
    auto* menu = new QMenu(this);
    action->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu, ask, title, take] {
      menu->clear();
      std::vector<TimingEntry> entries;
      attempt([&] { entries = list_timings(controller_->root()); });
      for (const TimingEntry& entry : entries) {
        if (menu->actions().size() >= mostListed) break;
        QAction* one =
            menu->addAction(menuText(QString::fromStdString(entry.started + "  " + entry.title)));
        const QString folder = QString::fromStdString(entry.folder.string());
        connect(one, &QAction::triggered, this, [this, take, folder] { (this->*take)(folder); });
      }
      if (!menu->isEmpty()) menu->addSeparator();
      connect(menu->addAction(tr("Choose a &file…")), &QAction::triggered, this,
              [this, ask, title, take] {
                const QString path = ask(title);
                if (!path.isEmpty()) (this->*take)(path);
              });
    });
  };
  choose(open_, tr("Open results"), &TimingWorkspace::open);
  choose(overlay_, tr("Overlay results"), &TimingWorkspace::overlay);
  on(clear_, [this] { clearOverlays(); });
  on(figure_, [this] {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export figure"),
                                                      suggestedExport("running-time.pdf"),
                                                      tr("Figures (*.pdf *.svg *.png)"));
    if (!path.isEmpty()) exportFigure(path);
  });
  on(data_, [this] {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export data"),
                                                      suggestedExport("running-time.csv"),
                                                      tr("Data (*.csv *.h5 *.json)"));
    if (!path.isEmpty()) exportData(path);
  });
  on(command_, [this] { copyCommandLine(); });
}

void TimingWorkspace::makeBar() {
  bar_ = addToolBar(tr("Running time"));
  bar_->setObjectName("toolbar.timing");
  bar_->setMovable(false);
  bar_->setIconSize({16, 16});
  bar_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar_->setContextMenuPolicy(Qt::PreventContextMenu);
  bar_->addActions({start_, pause_, cancel_});
  bar_->addSeparator();
  bar_->addActions({open_, overlay_, clear_});
  for (QAction* action : {open_, overlay_}) {
    qobject_cast<QToolButton*>(bar_->widgetForAction(action))
        ->setPopupMode(QToolButton::InstantPopup);
  }
  bar_->addSeparator();
  bar_->addActions({figure_, data_, command_});
}

QWidget* TimingWorkspace::makeCurves() {
  auto* page = new QWidget;
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 4, 8, 4);
  row->setSpacing(6);
  auto* label = new QLabel(tr("Speed-up o&ver"));
  label->setBuddy(baseline_);
  baseline_->setObjectName("timing.baseline");
  baseline_->setAccessibleName(tr("Baseline of the speed-up"));
  baseline_->setToolTip(tr("The line that cursor and table compare every other with"));
  baseline_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  baseline_->setMinimumContentsLength(8);
  label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);  // stays whole
  row->addWidget(label);
  row->addWidget(baseline_);
  row->addStretch(1);
  for (QAction* action : {logSteps_, logTime_}) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setAccessibleName(action->text());
    button->setFocusPolicy(Qt::TabFocus);
    row->addWidget(button);
  }
  warning_->setObjectName("timing.warning");
  for (QLabel* plain : {warning_, reading_, status_}) plain->setTextFormat(Qt::PlainText);
  warning_->setProperty("tone", "warning");
  warning_->setContentsMargins(10, 3, 10, 3);
  warning_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);  // a long one is cut
  QSizePolicy kept = warning_->sizePolicy();
  kept.setRetainSizeWhenHidden(true);  // so that a warning moves nothing
  warning_->setSizePolicy(kept);
  warning_->hide();
  reading_->setObjectName("timing.reading");
  reading_->setContentsMargins(10, 4, 10, 4);
  reading_->setWordWrap(true);
  reading_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* foot = new QHBoxLayout;
  foot->setContentsMargins(10, 4, 10, 6);
  status_->setObjectName("timing.status");
  status_->setProperty("tone", "muted");
  progress_->setObjectName("timing.progress");
  progress_->setAccessibleName(tr("Trials measured"));
  progress_->setMaximumWidth(170);
  progress_->setMaximumHeight(14);
  progress_->setTextVisible(false);
  foot->addWidget(status_, 1);
  foot->addWidget(progress_);
  column->addLayout(row);
  column->addWidget(warning_);
  column->addWidget(plot_, 1);
  column->addWidget(reading_);
  column->addLayout(foot);
  return page;
}

void TimingWorkspace::addDock(const QString& title, const char* name, QWidget* content) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(name);
  dock->setWidget(content);
}

}  // namespace paralif
