#include "app/studio/runs_comparison.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "app/studio/confusion_comparison.h"
#include "app/studio/settings_comparison.h"
#include "app/studio/training_status.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/words.h"
#include "widgets/views/compare_view.h"
#include "widgets/views/outcome_view.h"

namespace paralif {
namespace {

constexpr const char* boxes = "boxes";
constexpr const char* spikes = "spikes";
constexpr const char* operations = "operations";

/// In the key of the curves: what a run of a sweep varies is in its title.
QString nameOf(const RunEntry& run) {
  const QString title = shownText(run.title);
  if (!run.sweep.empty()) return title.section(": ", -1).left(44);
  return RunsComparison::tr("%1, seed %2 (%3)")
      .arg(title.left(32), QString::fromStdString(run_column("seed").text(run)),
           QString::fromStdString(local_time_text(run.started_at)).mid(5, 11));
}

/// Mean and deviation over the runs of each epoch that any of them has.
ComparedRun meanOf(const QString& name, const std::vector<const std::vector<EpochMetrics>*>& runs) {
  std::map<std::int64_t, std::pair<std::vector<double>, std::vector<double>>> byEpoch;
  for (const auto* epochs : runs) {
    for (const EpochMetrics& at : *epochs) {
      byEpoch[at.epoch].first.push_back(at.test_loss);
      byEpoch[at.epoch].second.push_back(at.test_accuracy);
    }
  }
  ComparedRun mean;
  mean.name = name;
  for (const auto& [epoch, values] : byEpoch) {
    const MeanDeviation loss = mean_deviation(values.first);
    const MeanDeviation accuracy = mean_deviation(values.second);
    EpochMetrics at;
    at.epoch = epoch;
    at.test_loss = loss.mean;
    at.test_accuracy = accuracy.mean;
    mean.epochs.push_back(at);
    mean.loss_deviation.push_back(loss.deviation);
    mean.accuracy_deviation.push_back(accuracy.deviation);
  }
  return mean;
}

QTableWidget* plainTable(QWidget* parent, const char* name, const QString& accessible) {
  auto* table = new QTableWidget(parent);
  table->setObjectName(name);
  table->setAccessibleName(accessible);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setFrameShape(QFrame::NoFrame);
  table->setAlternatingRowColors(true);
  table->setTabKeyNavigation(false);
  table->verticalHeader()->setDefaultSectionSize(24);
  return table;
}

QTableWidgetItem* cell(const QString& text) {
  auto* item = new QTableWidgetItem(text);
  item->setToolTip(tipText(text));
  return item;
}

QString percent(double share) { return QString("%1 %").arg(100.0 * share, 0, 'f', 1); }

double spikesOf(const std::vector<EpochMetrics>& epochs) {
  double sum = 0.0;
  for (const double layer : epochs.back().layer_spikes) sum += layer;
  return sum;
}

/// Synaptic operations a sample, of all layers in the last recorded epoch; absent: not recorded.
std::optional<double> operationsOf(const RunEntry& run) {
  const auto epochs = run_files::list_epochs(run.folder);
  if (epochs.empty()) return std::nullopt;
  constexpr std::string_view id = "layers";
  const Records records = run_files::read_epoch(run.folder, epochs.back(),
                                                [&](std::string_view one) { return one == id; });
  const auto layers = record_of(records, id);
  if (!layers) return std::nullopt;
  const RecordArray* counts = layers->find("synaptic_operations");
  if (counts == nullptr) return std::nullopt;
  return std::accumulate(counts->values.begin(), counts->values.end(), 0.0);
}

}  // namespace

RunsComparison::RunsComparison(QWidget* parent) : QTabWidget(parent) {
  setObjectName("runsComparison");
  setDocumentMode(true);
  addTab(makeCurves(), tr("Curves"));
  addTab(makeDifferences(), tr("What differs"));
  addTab(makeOutcome(), tr("Outcome"));
  settings_ = new SettingsComparison(this);
  addTab(settings_, tr("Settings"));
  confusion_ = new ConfusionComparison(this);
  addTab(confusion_, tr("Confusion"));
}

QWidget* RunsComparison::makeCurves() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  means_ = new QCheckBox(tr("&Mean over seeds, with its standard deviation"), page);
  means_->setObjectName("meanOverSeeds");
  means_->setToolTip(tr("One line for the runs that differ in nothing but the seed"));
  means_->setContentsMargins(8, 0, 0, 0);
  curves_ = new CompareView(page);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 4, 8, 0);
  row->addWidget(means_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(curves_, 1);
  connect(means_, &QCheckBox::toggled, this, &RunsComparison::showCurves);
  return page;
}

QWidget* RunsComparison::makeDifferences() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  same_ = new QLabel(page);
  same_->setObjectName("nothingDiffers");
  same_->setTextFormat(Qt::PlainText);
  same_->setContentsMargins(12, 8, 12, 8);
  same_->setAlignment(Qt::AlignTop);
  differences_ = plainTable(page, "runDifferences", tr("Settings that differ"));
  differences_->horizontalHeader()->setTextElideMode(Qt::ElideRight);
  differences_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  differences_->horizontalHeader()->setDefaultSectionSize(150);
  column->addWidget(same_);
  column->addWidget(differences_, 1);
  return page;
}

QWidget* RunsComparison::makeOutcome() {
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  auto* row = new QHBoxLayout;
  row->setContentsMargins(8, 4, 8, 4);
  auto* label = new QLabel(tr("Accuracy &by"), page);
  against_ = new QComboBox(page);
  against_->setObjectName("outcomeAxis");
  label->setBuddy(against_);
  row->addWidget(label);
  row->addWidget(against_);
  test_ = new QLabel(page);
  test_->setObjectName("outcomeTest");
  test_->setTextFormat(Qt::PlainText);
  row->addSpacing(12);
  row->addWidget(test_, 1);
  column->addLayout(row);
  auto* halves = new QSplitter(page);
  outcome_ = new OutcomeView;
  groups_ = plainTable(page, "outcomeGroups", tr("Groups of runs that differ in the seed only"));
  groups_->verticalHeader()->hide();
  groups_->setSelectionBehavior(QAbstractItemView::SelectRows);
  halves->addWidget(outcome_);
  halves->addWidget(groups_);
  halves->setStretchFactor(0, 3);
  halves->setStretchFactor(1, 2);
  halves->setChildrenCollapsible(false);
  column->addWidget(halves, 1);
  connect(against_, &QComboBox::activated, this, &RunsComparison::showOutcome);
  return page;
}

void RunsComparison::setRuns(std::vector<RunEntry> runs) {
  if (runs.size() > mostRuns) runs.resize(mostRuns);
  reading_.start([runs = std::move(runs)](JobControl& control) { return read(runs, control); },
                 [this](Read all) { show(std::move(all)); });
}

RunsComparison::Read RunsComparison::read(std::vector<RunEntry> runs, JobControl& control) {
  Read all;
  for (RunEntry& run : runs) {
    control.check();
    if (!run.problem.empty()) continue;
    auto& epochs = all.epochs.emplace_back();
    auto& counted = all.operations.emplace_back();
    try {
      if (run.epochs_done > 0) epochs = run_files::read_metrics(run.folder).epochs;
      if (!epochs.empty()) counted = operationsOf(run);
    } catch (const std::exception&) {
      // It stays without curves; the table of runs tells what is damaged.
    }
    all.runs.push_back(std::move(run));
  }
  all.differences = differences(all.runs);
  std::vector<std::vector<double>> accuracies;
  for (RunGroup& group : groups_of(all.runs)) {
    std::vector<double>& values = accuracies.emplace_back();
    for (const std::size_t i : group.runs) {
      if (all.runs[i].last_test_accuracy) values.push_back(*all.runs[i].last_test_accuracy);
    }
    all.groups.push_back({std::move(group), mean_deviation(values), 1.0});
    if (all.groups.back().accuracy.mean > all.groups[all.best].accuracy.mean) {
      all.best = all.groups.size() - 1;
    }
  }
  for (std::size_t g = 0; g < all.groups.size(); ++g) {
    control.check();
    if (g != all.best) all.groups[g].p = permutation_test(accuracies[g], accuracies[all.best]).p;
  }
  return all;
}

void RunsComparison::show(Read read) {
  read_ = std::move(read);
  showCurves();
  showDifferences();
  offerAxes();
  showOutcome();
  std::vector<ConfusionComparison::Run> matrices;
  QStringList names;
  for (const RunEntry& run : read_.runs) {
    names << nameOf(run);
    const std::string dataset = run_column("dataset.name").text(run);
    matrices.push_back({nameOf(run), run.folder, {QString::fromStdString(dataset)}});
  }
  confusion_->setRuns(std::move(matrices));
  settings_->setRuns(read_.runs, names, read_.differences);
}

void RunsComparison::showCurves() {
  std::vector<ComparedRun> lines;
  if (means_->isChecked()) {
    for (const Group& group : read_.groups) {
      std::vector<const std::vector<EpochMetrics>*> runs;
      for (const std::size_t i : group.of.runs) runs.push_back(&read_.epochs[i]);
      lines.push_back(meanOf(tr("%1 (%2)").arg(shownText(group.of.name)).arg(runs.size()), runs));
    }
  } else {
    for (std::size_t i = 0; i < read_.runs.size(); ++i) {
      lines.push_back({nameOf(read_.runs[i]), read_.epochs[i], {}, {}});
    }
  }
  curves_->setRuns(std::move(lines));
}

void RunsComparison::showDifferences() {
  const auto& found = read_.differences;
  same_->setVisible(found.empty());
  same_->setText(read_.runs.size() < 2 ? tr("Choose several runs above to see in what they differ.")
                                       : tr("These runs have the same settings."));
  differences_->setVisible(!found.empty());
  differences_->clear();
  differences_->setRowCount(static_cast<int>(found.size()));
  differences_->setColumnCount(static_cast<int>(read_.runs.size()));
  for (std::size_t column = 0; column < read_.runs.size(); ++column) {
    differences_->setHorizontalHeaderItem(static_cast<int>(column), cell(nameOf(read_.runs[column])));
  }
  for (std::size_t row = 0; row < found.size(); ++row) {
    differences_->setVerticalHeaderItem(static_cast<int>(row),
                                        cell(textOf(found[row].column->label)));
    for (std::size_t column = 0; column < read_.runs.size(); ++column) {
      const QString value = shownText(found[row].values[column]);
      differences_->setItem(static_cast<int>(row), static_cast<int>(column),
                            cell(value.isEmpty() ? QString("-") : value));
    }
  }
}

/// Groups, what it cost, and the settings that differ and are numbers.
void RunsComparison::offerAxes() {
  const QString before = against_->currentData().toString();
  against_->clear();
  against_->addItem(tr("group"), boxes);
  against_->addItem(tr("seconds of training"), "seconds");
  against_->addItem(tr("spikes per sample"), spikes);
  against_->addItem(tr("parameters of the network"), "parameters");
  if (std::ranges::any_of(read_.operations, [](const auto& one) { return one.has_value(); })) {
    against_->addItem(tr("synaptic operations per sample"), operations);
  }
  for (const Difference& difference : read_.differences) {
    const bool number = std::ranges::any_of(read_.runs, [&](const RunEntry& run) {
      return difference.column->number(run).has_value();
    });
    if (number) {
      against_->addItem(textOf(difference.column->label),
                        QString::fromStdString(difference.column->key));
    }
  }
  against_->setCurrentIndex(std::max(0, against_->findData(before)));
}

void RunsComparison::showOutcome() {
  const QString key = against_->currentData().toString();
  std::vector<QString> names;
  std::vector<OutcomePoint> points;
  for (std::size_t g = 0; g < read_.groups.size(); ++g) {
    names.push_back(shownText(read_.groups[g].of.name));
    for (const std::size_t i : read_.groups[g].of.runs) {
      const RunEntry& run = read_.runs[i];
      if (!run.last_test_accuracy) continue;
      std::optional<double> x = 0.0;
      if (key == spikes) {
        x = read_.epochs[i].empty() ? std::nullopt : std::optional(spikesOf(read_.epochs[i]));
      } else if (key == operations) {
        x = read_.operations[i];
      } else if (key != boxes) {
        x = run_column(key.toStdString()).number(run);
      }
      if (x) points.push_back({nameOf(run), g, *run.last_test_accuracy, *x});
    }
  }
  if (key == boxes) {
    outcome_->setBoxes(names, std::move(points));
  } else {
    outcome_->setScatter(names, std::move(points), against_->currentText());
  }
  groups_->clear();
  groups_->setRowCount(static_cast<int>(read_.groups.size()));
  const QStringList titles{tr("Group"), tr("Runs"), tr("Mean"), tr("Deviation"), tr("p")};
  groups_->setColumnCount(static_cast<int>(titles.size()));
  groups_->setHorizontalHeaderLabels(titles);
  groups_->horizontalHeaderItem(4)->setToolTip(
      tr("Two-sided permutation test of the means, against the group with the best mean: how often "
         "a difference as large comes about when the runs of both are parted by chance. It assumes "
         "only that, were there no difference, any run could have been of either group. Three runs "
         "against three cannot go below 0.1, four against four not below 0.029; of many pairs some "
         "are small by chance."));
  for (std::size_t g = 0; g < read_.groups.size(); ++g) {
    const Group& group = read_.groups[g];
    const MeanDeviation& all = group.accuracy;
    QString p = tr("best");
    if (g != read_.best) p = all.count == 0 ? QString("-") : QString::number(group.p, 'g', 2);
    const QStringList texts{names[g], QString("%1/%2").arg(all.count).arg(group.of.runs.size()),
                            all.count > 0 ? percent(all.mean) : "-",
                            all.count > 1 ? percent(all.deviation) : "-", p};
    for (int column = 0; column < texts.size(); ++column) {
      auto* item = cell(texts[column]);
      if (column > 0) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      groups_->setItem(static_cast<int>(g), column, item);
    }
  }
  groups_->resizeColumnsToContents();
  test_->setText(read_.groups.size() > 1
                     ? tr("p: permutation test of the means, against the best group")
                     : QString());
}

}  // namespace paralif
