#include "app/studio/robustness_form.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/experiments/fields.h"
#include "datasets/error.h"
#include "widgets/form/number_box.h"
#include "widgets/theme/shown_text.h"

namespace paralif {
namespace {

constexpr const char* neuronKey = "neuron.name";

}  // namespace

bool RobustnessTest::any() const {
  return std::ranges::any_of(results.levels,
                             [](const NoiseResult& level) { return !level.accuracies.empty(); });
}

RobustnessForm::RobustnessForm(QWidget* parent)
    : QWidget(parent), rows_(new QFormLayout(this)), source_(new QComboBox),
      neurons_(new QListWidget), trainNoise_(new NumberBox), levels_(new QLineEdit),
      repeats_(new QSpinBox) {
  setMinimumWidth(280);
  setMaximumWidth(380);
  rows_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  source_->setObjectName("source");
  source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  source_->setMinimumContentsLength(12);
  source_->setToolTip(tr("What is tested: the experiment in Train, which is trained first, or a "
                         "run that has its weights"));
  connect(source_, &QComboBox::activated, this, &RobustnessForm::sourceChosen);
  neurons_->setObjectName("neurons");
  neurons_->setToolTip(tr("A curve for each neuron that is checked; none: the experiment's own"));
  for (const std::string& name : find_field(neuronKey)->choices) {
    auto* item = new QListWidgetItem(QString::fromStdString(name), neurons_);
    item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
  }
  neurons_->setMaximumHeight(170);
  trainNoise_->setObjectName("trainNoise");
  trainNoise_->setAbsentText(tr("none"));
  trainNoise_->setUnit("dB");
  trainNoise_->setRange(-100, 200);
  trainNoise_->setValue(std::numeric_limits<double>::quiet_NaN());
  trainNoise_->setToolTip(tr("Signal-to-noise ratio of the training samples (in dB)"));
  levels_->setObjectName("levels");
  levels_->setText("none, 0, 5, 10, 15, 20");
  levels_->setToolTip(tr("Signal-to-noise ratios to test at (in dB), and none"));
  repeats_->setObjectName("repeats");
  repeats_->setRange(1, 1000);
  repeats_->setValue(5);
  repeats_->setToolTip(tr("Tests at each level, with other noise each time"));
  rows_->addRow(tr("Network"), source_);
  rows_->addRow(tr("Neurons"), neurons_);
  rows_->addRow(tr("Noise in training"), trainNoise_);
  rows_->addRow(tr("Levels (dB)"), levels_);
  rows_->addRow(tr("Tests a level"), repeats_);
  auto* explanation = new QLabel(tr(
      "Noise flips bins of the input: a spike that was there goes, one that was not comes. At 0 dB "
      "as much is flipped as there was signal; at 20 dB a hundredth of it."));
  explanation->setWordWrap(true);
  explanation->setAlignment(Qt::AlignTop);
  explanation->setProperty("tone", "muted");
  rows_->addRow(explanation);
  for (QWidget* one : std::initializer_list<QWidget*>{source_, neurons_, trainNoise_, levels_,
                                                      repeats_}) {
    one->setAccessibleName(qobject_cast<QLabel*>(rows_->labelForField(one))->text());
  }
  setRuns({});
}

void RobustnessForm::setRuns(const std::vector<RunSummary>& runs) {
  runs_ = runs;
  const QString before = source_->currentData().toString();
  source_->clear();
  source_->addItem(tr("The experiment in Train"), QString());
  for (const RunSummary& run : runs) {
    if (!run.resumable && run.status != RunStatus::finished) continue;
    const QString folder = QString::fromStdString(run.folder.string());
    source_->addItem(tr("%1, %2").arg(shownText(run.title), shownText(run.started)), folder);
    source_->setItemData(source_->count() - 1, folder, Qt::ToolTipRole);
  }
  const int at = source_->findData(before);
  source_->setCurrentIndex(at < 0 ? 0 : at);
  sourceChosen();
}

bool RobustnessForm::fromTrain() const { return source_->currentData().toString().isEmpty(); }

void RobustnessForm::sourceChosen() {
  const bool trains = fromTrain();
  for (QWidget* one : std::initializer_list<QWidget*>{neurons_, trainNoise_}) {
    one->setVisible(trains);
    rows_->labelForField(one)->setVisible(trains);
  }
}

std::vector<RobustnessTest> RobustnessForm::tests(const Experiment& train) const {
  RobustnessTest one;
  one.plan.levels = levels_of(levels_->text().toStdString(), tr("Levels").toStdString());
  one.plan.repeats = repeats_->value();
  if (!fromTrain()) {
    one.plan.run = source_->currentData().toString().toStdString();
    one.experiment = std::ranges::find(runs_, one.plan.run, &RunSummary::folder)->experiment;
    one.name = source_->currentText();
    return {one};
  }
  one.experiment = train;
  if (!std::isnan(trainNoise_->value())) one.plan.train_noise_db = trainNoise_->value();
  std::vector<RobustnessTest> all;
  for (int i = 0; i < neurons_->count(); ++i) {
    if (neurons_->item(i)->checkState() != Qt::Checked) continue;
    if (!one.experiment.network.layers.layers.empty()) {
      throw Error(Error::Kind::setting, "neurons",
                  "belong to the dense network; this experiment has a list of layers",
                  "uncheck them, or choose Dense as its network");
    }
    RobustnessTest other = one;
    other.experiment.neuron.name = neurons_->item(i)->text().toStdString();
    all.push_back(other);
  }
  if (all.empty()) all.push_back(one);
  for (RobustnessTest& each : all) {
    const bool dense = each.experiment.network.layers.layers.empty();
    each.name = shownText(dense ? each.experiment.neuron.name : each.experiment.title);
    if (each.plan.train_noise_db) {
      each.name += tr(", trained at %1").arg(QString::fromStdString(level_text(each.plan.train_noise_db)));
    }
    validate(each.experiment);
  }
  return all;
}

QString RobustnessForm::levels() const { return levels_->text(); }
void RobustnessForm::setLevels(const QString& text) { levels_->setText(text); }
int RobustnessForm::repeats() const { return repeats_->value(); }
void RobustnessForm::setRepeats(int repeats) { repeats_->setValue(repeats); }

}  // namespace paralif
