#include "app/studio/network_export_page.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/studio/fidelity_table.h"
#include "core/exchange/nir_targets.h"
#include "core/exchange/weights_file.h"
#include "core/library/tensorboard.h"
#include "widgets/form/number_box.h"

namespace paralif {

NetworkExportPage::NetworkExportPage(std::filesystem::path run, QWidget* parent)
    : JobPage("networkExport", tr("&Export..."), parent),
      run_(std::move(run)),
      format_(new QComboBox(this)),
      target_(new QComboBox(this)),
      samples_(new NumberBox(this)),
      approximate_(new QCheckBox(tr("&Approximate what NIR cannot say"), this)),
      table_(new FidelityTable(this)) {
  format_->setObjectName("networkExportFormat");
  format_->addItem(tr("NIR graph, for other programs and chips"), ".nir");
  format_->addItem(tr("PyTorch weights (state_dict)"), ".pt");
  format_->addItem(tr("Safetensors weights"), ".safetensors");
  format_->addItem(tr("NumPy weights"), ".npz");
  format_->addItem(tr("TensorBoard metrics"), ".tfevents");
  target_->setObjectName("networkExportTarget");
  target_->addItem(tr("any, in the plainest form"), QString());
  for (const NirTarget& one : nir_targets()) {
    target_->addItem(QString::fromStdString(one.title), QString::fromStdString(one.name));
  }
  target_->setToolTip(tr("Writes the forms that this program reads, and says what it does not."));
  samples_->setObjectName("networkExportSamples");
  samples_->setInteger(true);
  samples_->setRange(0, 1e6);
  samples_->setZeroText(tr("not compared"));
  samples_->setValue(20);
  settings()->addRow(tr("&Format"), format_);
  settings()->addRow(tr("F&or"), target_);
  settings()->addRow(tr("Compared on &test samples"), samples_);
  approximate_->setObjectName("networkExportApproximate");
  approximate_->setToolTip(
      tr("Writes what comes nearest, such as a threshold for neurons that fire by "
         "chance; the comparison shows what it costs."));
  settings()->addRow(QString(), approximate_);
  results()->addWidget(table_, 1);
  connect(format_, &QComboBox::currentIndexChanged, this, &NetworkExportPage::showFormat);
  showFormat();
}

QString NetworkExportPage::suffix() const { return format_->currentData().toString(); }

void NetworkExportPage::showFormat() {
  const bool graph = suffix() == ".nir";
  target_->setEnabled(graph);
  samples_->setEnabled(graph);
  approximate_->setEnabled(graph);
  table_->setVisible(graph);
}

void NetworkExportPage::begin() {
  const QString suggestion = QString::fromStdString(run_.filename().string()) + suffix();
  QString file = QFileDialog::getSaveFileName(this, tr("Export the network"), suggestion,
                                              format_->currentText() + " (*" + suffix() + ")");
  if (file.isEmpty()) return;
  if (!file.endsWith(suffix())) file += suffix();
  exportTo(file);
}

void NetworkExportPage::exportTo(const QString& file) {
  const std::string to = file.toStdString();
  if (suffix() == ".nir") {
    NirExportPlan plan;
    plan.run = run_;
    plan.to = to;
    plan.samples = static_cast<std::int64_t>(samples_->value());
    plan.approximate = approximate_->isChecked();
    plan.target = target_->currentData().toString().toStdString();
    const QString title = target_->currentText();
    run([plan](auto progress) { return export_run(plan, progress); },
        [this, file, title](const NirFidelity& fidelity) {
          table_->setFidelity(fidelity);
          QString text = file + ": " + FidelityTable::summary(fidelity);
          for (const std::string& one : fidelity.approximations) {
            text += "\n" + tr("Approximated: %1.").arg(QString::fromStdString(one));
          }
          for (const std::string& warning : fidelity.warnings) {
            text += "\n" + tr("%1 does not read it: %2.").arg(title, QString::fromStdString(warning));
          }
          say(text, !fidelity.warnings.empty());
        });
    return;
  }
  if (suffix() == ".tfevents") {
    run([run = run_, to](auto) { return write_tensorboard(run, to); },
        [this, file](std::int64_t scalars) {
          say(tr("%1: %L2 values by optimiser step.").arg(file).arg(scalars));
        });
    return;
  }
  run([run = run_, to](auto) { return write_run_weights(run, to); },
      [this, file](const WeightsWritten& written) {
        say(tr("%1: %L2 tensors, %L3 values.").arg(file).arg(written.tensors).arg(written.values));
      });
}

}  // namespace paralif
