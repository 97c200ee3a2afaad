#include "app/studio/sweep_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <thread>

#include "app/studio/guard.h"
#include "core/experiments/fields.h"
#include "core/sweeps/sweep_pool.h"
#include "core/values/parameter_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/words.h"

namespace paralif {

SweepDialog::SweepDialog(const Experiment& base, const QString& key, QWidget* parent)
    : QDialog(parent),
      base_(base),
      list_(new QVBoxLayout),
      name_(new QLineEdit(QString::fromStdString(base.title), this)),
      mode_(new QComboBox(this)),
      draws_(new QSpinBox(this)),
      jobs_(new QSpinBox(this)),
      summary_(new QLabel(this)) {
  setWindowTitle(tr("Sweep: several values of settings"));
  setObjectName("sweepDialog");
  name_->setObjectName("sweepName");
  mode_->setObjectName("sweepMode");
  mode_->addItems({tr("Every combination"), tr("Random draws")});
  draws_->setObjectName("sweepDraws");
  draws_->setRange(1, 100000);
  draws_->setValue(20);
  draws_->setEnabled(false);
  draws_->setAccessibleName(tr("Number of draws"));
  jobs_->setObjectName("sweepJobs");
  jobs_->setRange(1, static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  jobs_->setValue(jobs_that_fit(1));
  jobs_->setToolTip(tr("Each training is a process of its own with one thread; so many run at a "
                       "time."));
  summary_->setObjectName("sweepSummary");
  summary_->setTextFormat(Qt::PlainText);
  summary_->setWordWrap(true);

  auto* intro = new QLabel(tr("All runs are the experiment in Train, but for the settings below. "
                              "Values are parted by |; a draw also takes a range such as "
                              "1e-4..1e-2 or 1e-4..1e-2,log."),
                           this);
  intro->setWordWrap(true);
  auto* holder = new QWidget(this);
  auto* rows = new QVBoxLayout(holder);
  rows->setContentsMargins(0, 0, 0, 0);
  list_->setContentsMargins(0, 0, 0, 0);
  rows->addLayout(list_);
  rows->addStretch(1);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(holder);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  auto* add = new QPushButton(tr("&Add a setting"), this);
  add->setObjectName("sweepAdd");
  auto* how = new QHBoxLayout;
  how->addWidget(mode_, 1);
  how->addWidget(draws_);
  auto* form = new QFormLayout;
  form->addRow(tr("&Name"), name_);
  auto* runs = new QLabel(tr("&Runs"), this);
  runs->setBuddy(mode_);
  form->addRow(runs, how);
  form->addRow(tr("At a &time"), jobs_);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  start_ = buttons->addButton(tr("&Start"), QDialogButtonBox::AcceptRole);
  start_->setObjectName("sweepStart");
  start_->setDefault(true);

  auto* column = new QVBoxLayout(this);
  column->addWidget(intro);
  column->addWidget(scroll, 1);
  column->addWidget(add, 0, Qt::AlignLeft);
  column->addLayout(form);
  column->addWidget(summary_);
  column->addWidget(buttons);
  resize(640, 460);

  connect(add, &QPushButton::clicked, this, [this] {
    addRow("training.learning_rate", currentValue("training.learning_rate"));
    rows_.back().setting->setFocus();
  });
  connect(name_, &QLineEdit::textChanged, this, &SweepDialog::readPlan);
  connect(mode_, &QComboBox::currentIndexChanged, this, [this](int mode) {
    draws_->setEnabled(mode == 1);
    readPlan();
  });
  connect(draws_, &QSpinBox::valueChanged, this, &SweepDialog::readPlan);
  connect(jobs_, &QSpinBox::valueChanged, this, &SweepDialog::readPlan);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  if (!key.isEmpty()) addRow(key, currentValue(key));
  if (key != "seed") addRow("seed", "0 | 1 | 2");
  if (!rows_.empty()) {
    rows_.front().values->setFocus();
    rows_.front().values->end(false);
  }
  readPlan();
}

int SweepDialog::jobs() const { return jobs_->value(); }

QString SweepDialog::currentValue(const QString& key) const {
  const Field* field = find_field(key.toStdString());
  return field == nullptr ? QString() : QString::fromStdString(parameter_text(*field, base_));
}

void SweepDialog::addRow(const QString& key, const QString& values) {
  auto* widget = new QWidget(this);
  auto* line = new QHBoxLayout(widget);
  line->setContentsMargins(0, 0, 0, 0);
  Row row{widget, new QComboBox(widget), new QLineEdit(values, widget)};
  row.setting->setAccessibleName(tr("Setting"));
  row.values->setAccessibleName(tr("Its values"));
  row.values->setPlaceholderText(tr("a | b | c"));
  for (const Field& field : experiment_fields()) {
    if (field.key == "title" || field.type == ParameterType::layers || !field.applies(base_)) continue;
    row.setting->addItem(textOf(field.label), textOf(field.key));
    row.setting->setItemData(row.setting->count() - 1, textOf(field.explanation), Qt::ToolTipRole);
  }
  int at = row.setting->findData(key);
  if (at < 0) {  // one that has no effect yet may have one in some of the runs
    const Field* field = find_field(key.toStdString());
    row.setting->addItem(field != nullptr ? textOf(field->label) : key, key);
    at = row.setting->count() - 1;
  }
  row.setting->setCurrentIndex(at);
  auto* remove = new QToolButton(widget);
  remove->setText(QString::fromUtf8("\u2212"));
  remove->setToolTip(tr("Leave this setting as it is in Train"));
  remove->setAccessibleName(tr("Remove"));
  line->addWidget(row.setting, 2);
  line->addWidget(row.values, 3);
  line->addWidget(remove);
  list_->addWidget(widget);
  connect(remove, &QToolButton::clicked, this, [this, widget] { removeRow(widget); });
  connect(row.values, &QLineEdit::textChanged, this, &SweepDialog::readPlan);
  connect(row.setting, &QComboBox::currentIndexChanged, this, [this, row] {
    const Field* field = find_field(row.setting->currentData().toString().toStdString());
    if (field != nullptr && !field->choices.empty()) {
      QStringList all;
      for (const std::string& choice : field->choices) all << QString::fromStdString(choice);
      row.values->setText(all.join(" | "));
    } else {
      row.values->setText(currentValue(row.setting->currentData().toString()));
    }
  });
  rows_.push_back(row);
  readPlan();
}

void SweepDialog::removeRow(QWidget* widget) {
  std::erase_if(rows_, [widget](const Row& row) { return row.widget == widget; });
  widget->deleteLater();
  readPlan();
}

void SweepDialog::readPlan() {
  if (start_ == nullptr) return;
  plan_.reset();
  SweepPlan plan;
  plan.name = name_->text().trimmed().toStdString();
  plan.base = base_;
  plan.mode = mode_->currentIndex() == 1 ? SweepMode::random : SweepMode::grid;
  plan.trials = draws_->value();
  const bool good = guarded(
      [&] {
        for (const Row& row : rows_) {
          plan.axes.push_back(axis_of(
              QString("%1=%2").arg(row.setting->currentData().toString(), row.values->text())
                  .toStdString()));
        }
        // Of thousands the first are tried while typing; all of them when the sweep is made.
        constexpr std::size_t tried = 200;
        const std::size_t count = trial_count(plan);
        (void)trials_of(plan, tried);
        summary_->setText(count == 1 ? tr("1 run.")
                                     : tr("%1 runs, %2 at a time.").arg(count).arg(jobs_->value()));
        plan_ = plan;
      },
      [&](const Failure& failure) { summary_->setText(shownText(failure.sentence)); });
  start_->setEnabled(good);
}

}  // namespace paralif
