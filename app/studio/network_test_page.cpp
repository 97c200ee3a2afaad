#include "app/studio/network_test_page.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "datasets/atomic_file.h"
#include "widgets/form/number_box.h"
#include "widgets/views/outcome_view.h"

namespace paralif {
namespace {

NumberBox* box(const QString& name, const QString& unit, double from, double to, double value) {
  auto* made = new NumberBox;
  made->setObjectName(name);
  made->setUnit(unit);
  made->setRange(from, to);
  made->setValue(value);
  return made;
}

QWidget* pair(QWidget* first, const QString& between, QWidget* second) {
  auto* holder = new QWidget;
  auto* row = new QHBoxLayout(holder);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(first, 1);
  auto* label = new QLabel(between);
  label->setBuddy(second);
  label->setMinimumWidth(QFontMetrics(label->font()).horizontalAdvance(QObject::tr("Noise on weights")));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row->addWidget(label);
  row->addWidget(second, 1);
  return holder;
}

}  // namespace

NetworkTestPage::NetworkTestPage(std::filesystem::path run, QWidget* parent)
    : JobPage("networkTest", tr("&Test"), parent),
      run_(std::move(run)),
      part_(new QComboBox(this)),
      noise_(box("networkTestNoise", "dB", -40, 100, std::nan(""))),
      lost_(box("networkTestLost", "%", 0, 100, 0)),
      jitter_(box("networkTestJitter", tr("steps"), 0, 1000, 0)),
      weightNoise_(box("networkTestWeights", "%", 0, 1000, 0)),
      bits_(new QLineEdit(this)),
      bitsOf_(new QComboBox(this)),
      classes_(new QTableWidget(0, 4, this)),
      curve_(new OutcomeView(this)),
      predictions_(new QPushButton(tr("Save &predictions..."), this)),
      confusion_(new QPushButton(tr("Save &confusion matrix..."), this)) {
  part_->setObjectName("networkTestPart");
  part_->addItem(tr("Test part"), "test");
  part_->addItem(tr("Validation part"), "validation");
  part_->addItem(tr("Training part"), "training");
  noise_->setAbsentText(tr("none"));
  noise_->setToolTip(tr("Signal to noise ratio of bins that are flipped by chance."));
  lost_->setToolTip(tr("Share of the input's spikes that are left out by chance."));
  jitter_->setInteger(true);
  jitter_->setToolTip(tr("Steps by which a spike of the input may come early or late."));
  weightNoise_->setToolTip(tr("Normal noise on the weights, in parts of each layer's own deviation."));
  bits_->setObjectName("networkTestBits");
  bits_->setPlaceholderText(tr("such as 8, 6, 4, 3"));
  bits_->setToolTip(tr("Test again with the weights rounded to so many bits each, as a chip keeps "
                       "them."));
  bitsOf_->addItems({tr("all layers at once"), tr("each layer alone too")});
  bitsOf_->setObjectName("networkTestBitsOf");
  settings()->addRow(tr("&Data"), part_);
  settings()->addRow(tr("Flipped &bins"), pair(noise_, tr("&Lost spikes"), lost_));
  settings()->addRow(tr("&Jitter"), pair(jitter_, tr("&Noise on weights"), weightNoise_));
  settings()->addRow(tr("Weights in bi&ts"), pair(bits_, tr("&of"), bitsOf_));
  classes_->setObjectName("networkTestClasses");
  classes_->setAccessibleName(tr("Classes"));
  classes_->setHorizontalHeaderLabels(
      {tr("Class"), tr("Samples"), tr("Right"), tr("Mostly taken for")});
  classes_->horizontalHeader()->setStretchLastSection(true);
  classes_->verticalHeader()->hide();
  classes_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  classes_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  auto* row = new QHBoxLayout;
  row->addWidget(classes_, 3);
  row->addWidget(curve_, 2);
  results()->addLayout(row, 1);
  auto* files = new QHBoxLayout;
  files->addWidget(predictions_);
  files->addWidget(confusion_);
  files->addStretch(1);
  results()->addLayout(files);
  curve_->hide();
  predictions_->setEnabled(false);
  confusion_->setEnabled(false);
  connect(predictions_, &QPushButton::clicked, this,
          [this] { save(tr("Save predictions"), "predictions.csv", predictions_csv); });
  connect(confusion_, &QPushButton::clicked, this,
          [this] { save(tr("Save confusion matrix"), "confusion.csv", confusion_csv); });
}

std::optional<std::vector<int>> NetworkTestPage::bits() {
  std::vector<int> all;
  for (const QString& word : bits_->text().split(QRegularExpression("[,\\s]+"), Qt::SkipEmptyParts)) {
    bool whole = false;
    all.push_back(word.toInt(&whole));
    if (whole) continue;
    say(tr("Weights in bits: '%1' is no whole number; write them as 8, 6, 4.").arg(word), true);
    bits_->setFocus();
    return std::nullopt;
  }
  return all;
}

void NetworkTestPage::begin() {
  const auto rounded = bits();
  if (!rounded) return;
  RunTestPlan plan;
  plan.run = run_;
  plan.part = part_->currentData().toString().toStdString();
  if (!std::isnan(noise_->value())) plan.noise_db = noise_->value();
  plan.lost = lost_->value() / 100.0;
  plan.jitter = static_cast<std::int64_t>(jitter_->value());
  plan.weight_noise = weightNoise_->value() / 100.0;
  plan.bits = *rounded;
  plan.bits_by_layer = bitsOf_->currentIndex() == 1;
  run([plan](auto progress) { return test_run(plan, progress); },
      [this](RunTest test) { showResult(std::move(test)); });
}

void NetworkTestPage::showResult(RunTest test) {
  const std::vector<ClassResult> rows = by_class(test);
  classes_->setRowCount(0);
  const auto name = [&](std::int64_t label) {
    return QString::fromStdString(test.class_names[static_cast<std::size_t>(label)]);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const ClassResult& one = rows[i];
    const int row = classes_->rowCount();
    classes_->insertRow(row);
    const QString right = one.samples == 0 ? QString()
                                           : tr("%1 %").arg(100.0 * static_cast<double>(one.right) /
                                                                static_cast<double>(one.samples),
                                                            0, 'f', 1);
    const QString other = one.other < 0 ? QString() : tr("%1 (%2)").arg(name(one.other)).arg(one.taken);
    const QStringList cells{name(static_cast<std::int64_t>(i)), QString::number(one.samples), right, other};
    for (int column = 0; column < cells.size(); ++column) {
      classes_->setItem(row, column, new QTableWidgetItem(cells[column]));
    }
  }
  std::vector<QString> groups;
  std::vector<OutcomePoint> points;
  for (const auto& one : test.rounded) {
    const QString group = one.layer.empty() ? tr("all layers") : QString::fromStdString(one.layer);
    const auto at = std::ranges::find(groups, group);
    const auto index = static_cast<std::size_t>(at - groups.begin());
    if (at == groups.end()) groups.push_back(group);
    points.push_back({tr("%1, %2 bits").arg(group).arg(one.bits), index, one.accuracy,
                      static_cast<double>(one.bits)});
  }
  curve_->setVisible(!points.empty());
  curve_->setScatter(groups, points, tr("Bits a weight"));
  QString text = tr("%L1 samples: accuracy %2 %, loss %3.")
                     .arg(test.samples)
                     .arg(100 * test.accuracy, 0, 'f', 2)
                     .arg(test.loss, 0, 'f', 4);
  if (test.recorded) {
    text += " " + tr("Recorded after the last epoch: %1 %.").arg(100 * *test.recorded, 0, 'f', 2);
  }
  for (const auto& layer : test.layers) {
    text += "\n" + tr("Layer %1: %2 spikes a sample, %3 a neuron and step.")
                       .arg(QString::fromStdString(layer.id))
                       .arg(layer.spikes, 0, 'f', 1)
                       .arg(layer.rate, 0, 'f', 4);
  }
  result_ = std::move(test);
  predictions_->setEnabled(true);
  confusion_->setEnabled(true);
  say(text);
}

void NetworkTestPage::save(const QString& title, const QString& name,
                           std::string (*text)(const RunTest&)) {
  if (!result_) return;
  const QString file = QFileDialog::getSaveFileName(this, title, name, tr("Tables (*.csv)"));
  if (file.isEmpty()) return;
  guarded([&] { write_file(file.toStdString(), text(*result_)); },
          [this](const Failure& failure) { say(failure.sentence, true); });
}

}  // namespace paralif
