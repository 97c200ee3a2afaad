#include "app/studio/runs_filter.h"

#include <QAction>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>

#include "app/studio/guard.h"
#include "app/studio/settings.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr const char* firstColumns =
    "dataset,network,status,started,epochs,validation,accuracy,seconds,tag";

/// Completes the word at the end of the line, which may be one of several terms.
class TermCompleter : public QCompleter {
 public:
  explicit TermCompleter(QObject* parent) : QCompleter(parent) {
    QStringList keys;
    for (const RunColumn& column : run_columns()) keys << QString::fromStdString(column.key);
    keys.sort();
    setModel(new QStringListModel(keys, this));
    setFilterMode(Qt::MatchContains);
    setCaseSensitivity(Qt::CaseInsensitive);
  }
  [[nodiscard]] QString pathFromIndex(const QModelIndex& index) const override {
    const QString text = static_cast<QLineEdit*>(widget())->text();
    return text.left(text.lastIndexOf(' ') + 1) + index.data().toString();
  }
  [[nodiscard]] QStringList splitPath(const QString& path) const override {
    return {path.mid(path.lastIndexOf(' ') + 1)};
  }
};

std::vector<const RunColumn*> columnsOf(const QString& keys) {
  std::vector<const RunColumn*> columns;
  for (const QString& key : keys.split(',', Qt::SkipEmptyParts)) {
    for (const RunColumn& column : run_columns()) {  // a name of another version is left out
      if (QString::fromStdString(column.key) == key) columns.push_back(&column);
    }
  }
  return columns;
}

}  // namespace

RunsFilter::RunsFilter(QWidget* parent)
    : QWidget(parent),
      text_(new QLineEdit(this)),
      favourites_(new QToolButton(this)),
      group_(new QToolButton(this)),
      columnMenu_(new QMenu(this)),
      problem_(new QLabel(this)),
      columns_(columnsOf(firstColumns)) {
  text_->setObjectName("runsFilter");
  text_->setAccessibleName(tr("Filter of the runs"));
  text_->setPlaceholderText(tr("Filter: neuron=ParaLIF-D accuracy>0.8 tag=paper, or any words"));
  text_->setToolTip(tr("Terms that must all hold. Names are those of the columns; = != < <= > >= "
                       "compare, ~ means 'contains', a|b means one of them, \"...\" keeps blanks. "
                       "A word alone is looked for in title, note, tags, dataset, network and "
                       "status."));
  text_->setClearButtonEnabled(true);
  text_->setCompleter(new TermCompleter(text_));
  favourites_->setObjectName("runsFavourites");
  favourites_->setText(QString::fromUtf8("\u2605"));
  favourites_->setCheckable(true);
  favourites_->setToolTip(tr("Favourites only"));
  favourites_->setAccessibleName(tr("Favourites only"));
  group_->setObjectName("runsGroup");
  group_->setText(tr("By sweep"));
  group_->setCheckable(true);
  group_->setChecked(true);
  group_->setToolTip(tr("The runs of a sweep below one line"));
  auto* columns = new QToolButton(this);
  columns->setObjectName("runsColumns");
  columns->setText(tr("Columns"));
  columns->setToolTip(tr("Which results and settings the table shows"));
  columns->setPopupMode(QToolButton::InstantPopup);
  columns->setMenu(columnMenu_);
  problem_->setObjectName("runsFilterProblem");
  problem_->setTextFormat(Qt::PlainText);
  problem_->setWordWrap(true);
  problem_->setForegroundRole(QPalette::Link);
  problem_->hide();

  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 4, 8, 4);
  auto* row = new QHBoxLayout;
  row->addWidget(text_, 1);
  row->addWidget(favourites_);
  row->addWidget(group_);
  row->addWidget(columns);
  column->addLayout(row);
  column->addWidget(problem_);

  connect(text_, &QLineEdit::textChanged, this, &RunsFilter::readFilter);
  connect(favourites_, &QToolButton::toggled, this, &RunsFilter::readFilter);
  connect(group_, &QToolButton::toggled, this, &RunsFilter::groupedChanged);
  connect(columnMenu_, &QMenu::aboutToShow, this, &RunsFilter::fillColumns);
}

bool RunsFilter::grouped() const { return group_->isChecked(); }

void RunsFilter::focusFilter() {
  text_->setFocus(Qt::ShortcutFocusReason);
  text_->selectAll();
}

/// A filter that cannot be read yet leaves the table as it is and says why.
void RunsFilter::readFilter() {
  const QString text =
      (favourites_->isChecked() ? QString("favourite=yes ") : QString()) + text_->text();
  const bool read = guarded([&] { Q_EMIT filterChanged(RunQuery(text.toStdString())); },
                            [&](const Failure& failure) { problem_->setText(failure.sentence); });
  problem_->setVisible(!read);
}

void RunsFilter::fillColumns() {
  columnMenu_->clear();
  QMenu* below = columnMenu_;
  QString group;
  for (const RunColumn& column : run_columns()) {
    if (column.key == "title") continue;
    const QString key = QString::fromStdString(column.key);
    const QString begin = key.contains('.') ? key.section('.', 0, 0) : QString();
    if (begin != group) {
      group = begin;
      below = begin.isEmpty() ? columnMenu_ : columnMenu_->addMenu(begin.left(1).toUpper() + begin.mid(1));
    }
    QAction* action = below->addAction(textOf(column.label).replace("&", "&&"));
    action->setObjectName(key);
    action->setCheckable(true);
    action->setChecked(std::ranges::find(columns_, &column) != columns_.end());
    action->setToolTip(textOf(column.explanation));
    connect(action, &QAction::toggled, this, [this, &column](bool on) { setColumn(column, on); });
  }
  columnMenu_->addSeparator();
  connect(columnMenu_->addAction(tr("As at first")), &QAction::triggered, this, [this] {
    columns_ = columnsOf(firstColumns);
    Q_EMIT columnsChanged();
  });
}

void RunsFilter::setColumn(const RunColumn& column, bool shown) {
  std::erase(columns_, &column);
  if (shown) columns_.push_back(&column);
  Q_EMIT columnsChanged();
}

void RunsFilter::remember() const {
  QStringList keys;
  for (const RunColumn* column : columns_) keys << QString::fromStdString(column->key);
  Settings::set(Settings::runColumns, keys.join(','));
  Settings::set(Settings::runsGrouped, QString(grouped() ? "yes" : "no"));
}

void RunsFilter::takeUp() {
  const auto kept = columnsOf(Settings::text(Settings::runColumns));
  if (!kept.empty()) columns_ = kept;
  group_->setChecked(Settings::text(Settings::runsGrouped) != "no");
  Q_EMIT columnsChanged();
}

}  // namespace paralif
