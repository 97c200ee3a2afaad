#include "app/studio/network_cost_page.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <cmath>

#include "widgets/form/number_box.h"

namespace paralif {
namespace {

NumberBox* picojoules(const QString& name) {
  auto* made = new NumberBox;
  made->setObjectName(name);
  made->setUnit("pJ");
  made->setRange(0, 1e6);
  return made;
}

int rowHeight(const QWidget* widget) { return widget->fontMetrics().height() + 8; }

QTableWidget* table(const QString& name, const QStringList& heads, QWidget* parent) {
  auto* made = new QTableWidget(0, static_cast<int>(heads.size()), parent);
  made->setObjectName(name);
  made->setHorizontalHeaderLabels(heads);
  made->horizontalHeader()->setStretchLastSection(true);
  made->verticalHeader()->hide();
  made->verticalHeader()->setDefaultSectionSize(rowHeight(made));
  made->setEditTriggers(QAbstractItemView::NoEditTriggers);
  return made;
}

void addRow(QTableWidget* to, const QStringList& cells) {
  const int row = to->rowCount();
  to->insertRow(row);
  for (int i = 0; i < cells.size(); ++i) {
    auto* item = new QTableWidgetItem(cells[i]);
    const bool number = !cells[i].isEmpty() && cells[i][0].isDigit();
    if (i > 0 && number) item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    to->setItem(row, i, item);
  }
}

QString count(double number) {
  return number > 0 ? QString("%L1").arg(std::round(number), 0, 'f', 0) : QString();
}

}  // namespace

NetworkCostPage::NetworkCostPage(std::filesystem::path run, QWidget* parent)
    : JobPage("networkCost", tr("&Count"), parent),
      run_(std::move(run)),
      named_(new QComboBox(this)),
      addition_(picojoules("networkCostAddition")),
      multiplication_(picojoules("networkCostMultiplication")),
      synapse_(picojoules("networkCostSynapse")),
      update_(picojoules("networkCostUpdate")),
      samples_(new NumberBox(this)),
      layers_(table("networkCostLayers",
                    {tr("Layer"), tr("Kind"), tr("Inputs not 0"), tr("Additions"), tr("Multiplied"),
                     tr("Of all weights"), tr("Updates"), tr("Spikes"), tr("Memory")},
                    this)),
      energy_(table("networkCostEnergy", {tr("Energy a sample"), tr("Microjoules")}, this)) {
  named_->setObjectName("networkCostFigures");
  for (const EnergyFigures& one : energy_figures()) {
    named_->addItem(QString::fromStdString(one.title), QString::fromStdString(one.name));
    named_->setItemData(named_->count() - 1, QString::fromStdString(one.source), Qt::ToolTipRole);
  }
  samples_->setObjectName("networkCostSamples");
  samples_->setInteger(true);
  samples_->setRange(1, 1e6);
  samples_->setValue(100);
  settings()->addRow(tr("&Energy by"), named_);
  auto* figures = new QHBoxLayout;
  const auto add = [&](const QString& label, NumberBox* box) {
    auto* text = new QLabel(label);
    text->setBuddy(box);
    figures->addWidget(text);
    figures->addWidget(box, 1);
    connect(box, &NumberBox::valueEdited, this, &NetworkCostPage::showResult);
  };
  add(tr("&addition"), addition_);
  add(tr("&multiplication"), multiplication_);
  add(tr("&synapse"), synapse_);
  add(tr("&update"), update_);
  settings()->addRow(tr("Each"), figures);
  settings()->addRow(tr("Test sam&ples"), samples_);
  constexpr int rowsAndHead = 7;
  energy_->setFixedHeight(rowsAndHead * rowHeight(energy_) + 8);
  results()->addWidget(layers_, 1);
  results()->addWidget(energy_);
  connect(named_, &QComboBox::currentIndexChanged, this, &NetworkCostPage::takeFigures);
  takeFigures();
}

void NetworkCostPage::takeFigures() {
  const EnergyFigures& chosen = energy_figures_named(named_->currentData().toString().toStdString());
  named_->setToolTip(QString::fromStdString(chosen.source));
  addition_->setValue(chosen.addition);
  multiplication_->setValue(chosen.multiplication);
  synapse_->setValue(chosen.synapse);
  update_->setValue(chosen.update);
  showResult();
}

EnergyFigures NetworkCostPage::figures() const {
  EnergyFigures own;
  own.addition = addition_->value();
  own.multiplication = multiplication_->value();
  own.synapse = synapse_->value();
  own.update = update_->value();
  return own;
}

void NetworkCostPage::begin() {
  const RunCostPlan plan{run_, static_cast<std::int64_t>(samples_->value())};
  run([plan](auto progress) { return cost_of_run(plan, progress); },
      [this](RunCost cost) {
        result_ = std::move(cost);
        showResult();
      });
}

void NetworkCostPage::showResult() {
  if (!result_) return;
  layers_->setRowCount(0);
  for (const RunCost::Layer& layer : result_->layers) {
    const bool weights = layer.dense > 0;
    addRow(layers_,
           {QString::fromStdString(layer.id), QString::fromStdString(layer.kind),
            std::isnan(layer.active) ? QString() : tr("%1 %").arg(100 * layer.active, 0, 'f', 1),
            count(layer.additions), count(layer.multiplications),
            weights ? tr("%1 %").arg(100 * layer.additions / layer.dense, 0, 'f', 1) : QString(),
            count(layer.updates), count(layer.spikes),
            layer.memory > 0 ? QLocale().formattedDataSize(qint64(layer.memory), 1,
                                                            QLocale::DataSizeSIFormat)
                             : QString()});
  }
  layers_->resizeColumnsToContents();
  const CostEnergy energy = energy_of(*result_, figures());
  energy_->setRowCount(0);
  const auto row = [&](const QString& what, double value) {
    addRow(energy_, {what, QString::number(value, 'g', 4)});
  };
  row(tr("Spikes through synapses"), energy.synapses);
  row(tr("Inputs that are more than spikes"), energy.weighted);
  row(tr("Updates of neurons"), energy.updates);
  row(tr("Together"), energy.spiking());
  row(tr("The same weights with ReLU, in every step"), energy.dense);
  row(tr("The same weights with ReLU, once a sample"), energy.dense_once);
  energy_->resizeColumnToContents(0);
  say(tr("A sample of %L1 steps, mean of %L2 test samples. The energy is that of the arithmetic "
         "alone, without memory and idle current.")
          .arg(result_->steps, 0, 'f', 0)
          .arg(result_->samples));
}

}  // namespace paralif
