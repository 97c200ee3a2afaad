// Assembly: catalogue at the left, samples in the middle, the chosen one at the right.
#include "app/studio/datasets_workspace.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "app/studio/download_strip.h"
#include "app/studio/icons.h"
#include "app/studio/samples_model.h"
#include "datasets/data_folder.h"
#include "widgets/views/class_balance_view.h"
#include "widgets/views/frames_view.h"
#include "widgets/views/picture_view.h"
#include "widgets/views/points_view.h"
#include "widgets/views/recording_view.h"

namespace paralif {

DatasetsWorkspace::DatasetsWorkspace(QWidget* parent)
    : Workspace({tr("Datasets"), "datasets", tr("Recordings to learn from")}, parent),
      folder_(data_folder()),
      worker_(new DatasetWorker(this)),
      model_(new SamplesModel(this)),
      sorted_(new QSortFilterProxyModel(this)) {
  folderAction_ = addCommand(tr("Data &folder..."), QKeySequence(), tr("Look for datasets elsewhere"));
  fileAction_ = addCommand(tr("&Open a file..."), Qt::CTRL | Qt::SHIFT | Qt::Key_D,
                    tr("Open a dataset's file; dropping one on the window does the same"));
  refresh_ = addCommand(tr("&Refresh"), QKeySequence(), tr("Look through the data folder again"));
  sample_ = addCommand(tr("&Write sample data"), QKeySequence(),
                tr("Compute small files in this dataset's format, to look at and to train on "
                   "before anything is downloaded"));
  get_ = addCommand(tr("&Download..."), QKeySequence(),
                    tr("Get it from its publishers, once their licence has been shown"));
  train_ =
      addCommand(tr("&Train on it"), Qt::CTRL | Qt::Key_Return, tr("Begin an experiment on this dataset"));
  paint_ = addCommand(tr("&Paint points..."), QKeySequence(),
               tr("Paint points of up to six classes to train on"));
  import_ = addCommand(tr("&Import recordings..."), QKeySequence(),
                tr("Make a dataset of your own sounds or spike lists"));
  auto* bar = new QToolBar(this);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setIconSize({16, 16});
  bar->addActions({train_, get_, sample_, paint_, import_, fileAction_, folderAction_, refresh_});

  note_ = new QLabel(this);
  note_->setTextFormat(Qt::PlainText);
  note_->setContentsMargins(12, 8, 12, 8);
  note_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  note_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // a long path is cut
  auto* columns = new QSplitter(Qt::Horizontal, this);
  columns->addWidget(makeCatalogue());
  columns->addWidget(makeSamples());
  columns->addWidget(makeViews());
  columns->setSizes({300, 410, 500});
  columns->setStretchFactor(2, 1);
  columns->setChildrenCollapsible(false);
  auto* content = new QWidget;
  setCentralWidget(content);
  auto* rows = new QVBoxLayout(content);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(0);
  rows->addWidget(bar);
  rows->addWidget(columns, 1);
  strip_ = new DownloadStrip(this);
  rows->addWidget(strip_);
  rows->addWidget(note_);
  connectWorker();
  const std::pair<QAction*, const char*> icons[] = {
      {train_, "train"},   {get_, "import"}, {sample_, "new"},         {paint_, "brush"},    {import_, "import"},
      {fileAction_, "open"}, {folderAction_, "folder"}, {refresh_, "refresh"}};
  for (const auto& [action, name] : icons) action->setIcon(themedIcon(name));
  showEntry();
  updateNote();
}

DatasetsWorkspace::~DatasetsWorkspace() {
  // The worker ends before the views that it talks to.
  delete worker_;
}

QWidget* DatasetsWorkspace::makeCatalogue() {
  list_ = new QTreeWidget;
  list_->setObjectName("datasetsList");
  list_->setAccessibleName(tr("Datasets"));
  list_->setHeaderLabels({tr("Dataset"), tr("State")});
  list_->setRootIsDecorated(false);
  list_->setFrameShape(QFrame::NoFrame);
  list_->header()->setStretchLastSection(false);
  list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);  // long titles are cut
  list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  about_ = new QLabel;
  about_->setWordWrap(true);
  about_->setTextFormat(Qt::RichText);
  about_->setOpenExternalLinks(true);
  about_->setTextInteractionFlags(Qt::TextBrowserInteraction);
  about_->setContentsMargins(12, 8, 12, 8);
  about_->setAlignment(Qt::AlignTop);
  about_->setAccessibleName(tr("About the dataset"));
  auto* scroll = new QScrollArea;
  scroll->setWidget(about_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* halves = new QSplitter(Qt::Vertical);
  halves->addWidget(list_);
  halves->addWidget(scroll);
  halves->setSizes({260, 340});
  connect(list_, &QTreeWidget::currentItemChanged, this, &DatasetsWorkspace::showEntry);
  return halves;
}

QWidget* DatasetsWorkspace::makeSamples() {
  part_ = new QComboBox;
  part_->setObjectName("datasetPart");
  part_->setAccessibleName(tr("Part of the dataset"));
  part_->setToolTip(tr("Which part of the dataset to look at"));
  mark_ = new QLabel(tr("Sample data"));
  mark_->setObjectName("sampleDataMark");
  mark_->setProperty("tone", "warning");
  mark_->setContentsMargins(8, 2, 8, 2);
  mark_->setToolTip(tr("These files were computed, not recorded"));
  mark_->hide();
  auto* head = new QHBoxLayout;
  head->setContentsMargins(8, 4, 8, 4);
  auto* label = new QLabel(tr("&Part:"));
  label->setBuddy(part_);
  head->addWidget(label);
  head->addWidget(part_);
  head->addWidget(mark_);
  head->addStretch(1);

  sorted_->setSourceModel(model_);
  sorted_->setSortRole(SamplesModel::sortRole);
  sorted_->setDynamicSortFilter(false);
  table_ = new QTableView;
  table_->setObjectName("samplesTable");
  table_->setAccessibleName(tr("Samples"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(SamplesModel::number, Qt::AscendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setAlternatingRowColors(true);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->setTabKeyNavigation(false);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table_->verticalHeader()->setDefaultSectionSize(24);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setStretchLastSection(true);
  const QList<int> widths{60, 110, 84, 56};
  for (int i = 0; i < widths.size(); ++i) table_->setColumnWidth(i, widths[i]);
  auto* side = new QWidget;
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(table_, 1);
  return side;
}

QWidget* DatasetsWorkspace::makeViews() {
  nothing_ = new QLabel;
  nothing_->setTextFormat(Qt::PlainText);
  nothing_->setAlignment(Qt::AlignCenter);
  nothing_->setWordWrap(true);
  nothing_->setContentsMargins(24, 24, 24, 24);
  audio_ = new RecordingView;
  frames_ = new FramesView;
  picture_ = new PictureView;
  points_ = new PointsView;
  balance_ = new ClassBalanceView;
  views_ = new QStackedWidget;
  for (QWidget* view :
       std::initializer_list<QWidget*>{nothing_, audio_, frames_, picture_, points_}) {
    views_->addWidget(view);
  }
  auto* halves = new QSplitter(Qt::Vertical);
  halves->addWidget(views_);
  halves->addWidget(balance_);
  halves->setSizes({520, 180});
  halves->setStretchFactor(0, 1);
  return halves;
}

void DatasetsWorkspace::showEvent(QShowEvent* event) {
  Workspace::showEvent(event);
  if (!scanned_) {
    scanned_ = true;
    worker_->scan(folder_);
  }
  table_->setFocus();
}

}  // namespace paralif
