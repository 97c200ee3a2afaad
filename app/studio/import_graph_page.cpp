#include "app/studio/import_graph_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QVBoxLayout>
#include <cmath>

#include "app/studio/fidelity_table.h"
#include "core/experiments/presets.h"
#include "datasets/catalogue/catalogue.h"
#include "widgets/form/number_box.h"

namespace paralif {

ImportGraphPage::ImportGraphPage(std::filesystem::path file, const Experiment& current,
                                 std::filesystem::path runsRoot, QWidget* parent)
    : JobPage("importGraph", tr("&Import"), parent),
      file_(std::move(file)),
      current_(current),
      runsRoot_(std::move(runsRoot)),
      dataset_(new QComboBox(this)),
      timeStep_(new NumberBox(this)),
      samples_(new NumberBox(this)),
      approximate_(new QCheckBox(tr("&Approximate what layers cannot do"), this)),
      table_(new FidelityTable(this)) {
  dataset_->setObjectName("importGraphDataset");
  for (const Dataset& one : catalogue()) {
    dataset_->addItem(QString::fromStdString(one.title), QString::fromStdString(one.name));
  }
  dataset_->setCurrentIndex(dataset_->findData(QString::fromStdString(current.dataset.name)));
  dataset_->setToolTip(tr("A graph does not say what it is for. The dataset in Train is taken with "
                          "its settings there."));
  timeStep_->setObjectName("importGraphTimeStep");
  timeStep_->setUnit("ms");
  timeStep_->setRange(1e-6, 1e6);
  timeStep_->setAbsentText(tr("not known"));
  timeStep_->setValue(std::nan(""));
  timeStep_->setToolTip(tr("A graph has time constants in seconds and no time step of its own."));
  samples_->setObjectName("importGraphSamples");
  samples_->setInteger(true);
  samples_->setRange(0, 1e6);
  samples_->setZeroText(tr("not compared"));
  samples_->setValue(20);
  settings()->addRow(tr("&Data it is for"), dataset_);
  settings()->addRow(tr("&Time step it is for"), timeStep_);
  settings()->addRow(tr("Compared on test &samples"), samples_);
  approximate_->setObjectName("importGraphApproximate");
  approximate_->setToolTip(
      tr("Rounds delays to whole steps and takes time constants below the time "
         "step as it; such a graph is refused otherwise."));
  settings()->addRow(QString(), approximate_);
  results()->addWidget(table_, 1);
}

void ImportGraphPage::begin() {
  if (std::isnan(timeStep_->value())) {
    say(tr("Time step: a graph has none of its own; give the milliseconds of one step that it was "
           "made for, such as 1."),
        true);
    timeStep_->setFocus();
    return;
  }
  const std::string dataset = dataset_->currentData().toString().toStdString();
  NirImportPlan plan;
  plan.from = file_;
  plan.time_step_s = timeStep_->value() / 1e3;
  plan.samples = static_cast<std::int64_t>(samples_->value());
  plan.approximate = approximate_->isChecked();
  plan.runs_root = runsRoot_;
  plan.experiment = current_;
  if (dataset != current_.dataset.name) {
    plan.experiment = starting_point(dataset);
    plan.experiment.dataset.data_dir = current_.dataset.data_dir;
  }
  plan.experiment.title = file_.stem().string();
  run([plan](auto progress) { return import_nir(plan, progress); },
      [this](const NirImport& made) { showResult(made); });
}

void ImportGraphPage::showResult(const NirImport& made) {
  table_->setFidelity(made.fidelity);
  QString text = tr("A run that waits for its training: %1 layers. ").arg(made.layers.size()) +
                 FidelityTable::summary(made.fidelity);
  if (made.reference) {
    double least = 1.0;
    for (const auto& layer : made.reference->layers) least = std::min(least, layer.equal);
    text +=
        "\n" +
        tr("On the input recorded beside the graph %1 % of all spikes are equal at least, layer "
           "by layer; the read-out differs by %2 of its largest value.")
            .arg(100 * least, 0, 'f', 4)
            .arg(made.reference->readout_error, 0, 'g', 2);
  }
  for (const std::string& one : made.fidelity.approximations) {
    text += "\n" + tr("Approximated: %1.").arg(QString::fromStdString(one));
  }
  for (const std::string& note : made.notes) text += "\n" + QString::fromStdString(note);
  say(text);
  Q_EMIT imported(QString::fromStdString(made.run.string()));
}

}  // namespace paralif
