#include "app/studio/recording_dialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "core/experiments/fields.h"
#include "datasets/error.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

enum Column { whatColumn, bytesColumn, timeColumn, meaningColumn, columns };

QString bytesText(double bytes) {
  return QLocale::c().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeSIFormat);
}

QString costText(const std::vector<RecordingCost>& costs, const Experiment& experiment) {
  const double bytes = recorded_epoch_bytes(costs);
  const auto epochs = double(recorded_epoch_count(experiment));
  if (bytes <= 0 || epochs <= 0) return RecordingDialog::tr("nothing but the metrics is kept");
  return RecordingDialog::tr("about %1 an epoch, %2 in all")
      .arg(bytesText(bytes), bytesText(bytes * epochs));
}

}  // namespace

QString RecordingDialog::summaryOf(const Experiment& experiment, const WatchRequest& request) {
  try {
    const std::vector<RecordingCost> costs = recording_costs(experiment, request);
    return costs.empty() ? QString() : costText(costs, experiment);
  } catch (const Error&) {
    return {};  // what is wrong is told at its own field
  }
}

RecordingDialog::RecordingDialog(const Experiment& experiment, const WatchRequest& request,
                                 QWidget* parent)
    : QDialog(parent),
      experiment_(experiment),
      request_(request),
      every_(new QSpinBox(this)),
      table_(new QTableWidget(0, columns, this)),
      summary_(new QLabel(this)),
      buttons_(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
  setWindowTitle(tr("What is kept of an epoch"));
  setObjectName("recordingDialog");
  const Field& every = *find_field("recording.every");
  every_->setObjectName("recordingEvery");
  every_->setRange(int(every.minimum), int(every.maximum));
  every_->setSpecialValueText(tr("never"));
  every_->setValue(int(experiment.recording.every));
  every_->setToolTip(textOf(every.explanation));
  table_->setObjectName("recordingTable");
  table_->setAccessibleName(tr("Recorders"));
  table_->setHorizontalHeaderLabels(
      {tr("Keep"), tr("An epoch"), tr("Of its time"), tr("What it is")});
  table_->horizontalHeaderItem(timeColumn)->setToolTip(
      tr("Share of an epoch's time, by the samples that are run through the network"));
  table_->verticalHeader()->hide();
  table_->setSelectionMode(QAbstractItemView::NoSelection);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table_->setWordWrap(true);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(meaningColumn, QHeaderView::Stretch);
  table_->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  summary_->setObjectName("recordingSummary");
  summary_->setWordWrap(true);
  buttons_->button(QDialogButtonBox::Ok)->setText(tr("&Use"));
  auto* form = new QFormLayout;
  form->addRow(tr("&Every … epochs"), every_);
  auto* column = new QVBoxLayout(this);
  column->addLayout(form);
  column->addWidget(table_, 1);
  column->addWidget(summary_);
  column->addWidget(buttons_);
  connect(buttons_, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons_, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(every_, &QSpinBox::valueChanged, this, &RecordingDialog::showCosts);
  connect(table_, &QTableWidget::itemChanged, this, [this](QTableWidgetItem* item) {
    if (item->column() == whatColumn) showCosts();
  });
  fill();
  resize(720, 420);
}

void RecordingDialog::setSamples(const SampleCounts& samples) {
  samples_ = samples;
  showCosts();
}

void RecordingDialog::setProblem(const QString& sentence) {
  problem_ = sentence;
  showCosts();
}

void RecordingDialog::fill() {
  try {
    costs_ = recording_costs(experiment_, request_);
  } catch (const Error& error) {
    summary_->setText(QString::fromUtf8(error.what()));
    buttons_->button(QDialogButtonBox::Ok)->setEnabled(false);
    return;
  }
  const QSignalBlocker quiet(table_);
  table_->setRowCount(int(costs_.size()));
  for (int row = 0; row < table_->rowCount(); ++row) {
    const RecordingCost& cost = costs_[std::size_t(row)];
    auto* what = new QTableWidgetItem(textOf(cost.title));
    what->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
    what->setCheckState(cost.kept ? Qt::Checked : Qt::Unchecked);
    table_->setItem(row, whatColumn, what);
    for (const Column column : {bytesColumn, timeColumn}) {
      auto* item = new QTableWidgetItem;
      item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
      table_->setItem(row, column, item);
    }
    table_->item(row, bytesColumn)->setText(bytesText(cost.bytes));
    table_->setItem(row, meaningColumn, new QTableWidgetItem(textOf(cost.explanation)));
  }
  showCosts();
}

RecordingSettings RecordingDialog::settings() const {
  RecordingSettings settings{every_->value(), {}};
  bool all = true;
  for (std::size_t row = 0; row < costs_.size(); ++row) {
    if (table_->item(int(row), whatColumn)->checkState() != Qt::Checked) {
      all = false;
      continue;
    }
    settings.keep += (settings.keep.empty() ? "" : ",") + costs_[row].id;
  }
  if (all) settings.keep = "all";
  if (settings.keep.empty()) settings.keep = "none";
  return settings;
}

void RecordingDialog::showCosts() {
  if (costs_.empty()) return;  // the summary says why
  Experiment chosen = experiment_;
  chosen.recording = settings();
  double passes = 0.0;
  const QSignalBlocker quiet(table_);
  for (std::size_t row = 0; row < costs_.size(); ++row) {
    RecordingCost& cost = costs_[row];
    cost.kept = keeps(chosen.recording, cost.id);
    if (cost.kept) passes += cost.passes;
    table_->item(int(row), timeColumn)
        ->setText(samples_ ? tr("%1 %").arg(100.0 * share_of_epoch(cost.passes, *samples_), 0, 'f', 2)
                           : QString());
  }
  QString text = costText(costs_, chosen);
  text[0] = text[0].toUpper();
  if (samples_) {
    text += tr("; %1 % of an epoch's time.").arg(100.0 * share_of_epoch(passes, *samples_), 0, 'f', 2);
  } else {
    text += ".";
  }
  text += " " + tr("Recording takes %1 % of the time at most: epochs that would take more are left "
                   "out. Sizes are estimates, those of spikes for %2 % of the neurons firing at a "
                   "step.")
                    .arg(100.0 * recording_time_limit)
                    .arg(100.0 * expected_rate);
  if (!problem_.isEmpty()) text += " " + tr("Shares of time need the data: %1").arg(problem_);
  summary_->setText(text);
}

}  // namespace paralif
