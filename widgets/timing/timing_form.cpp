// Editors and the plan they stand for.
#include "widgets/timing/timing_form.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "core/timing/timing_estimate.h"
#include "core/timing/timing_presets.h"
#include "datasets/error.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

constexpr std::pair<int, TimingPass> passColumns[] = {{1, TimingPass::forward},
                                                      {2, TimingPass::forward_backward}};

QString durationOf(double seconds) {
  if (seconds < 1.0) return TimingForm::tr("under a second");
  if (seconds < 90.0) return TimingForm::tr("about %1 s").arg(seconds, 0, 'f', 0);
  return TimingForm::tr("about %1 min").arg(seconds / 60.0, 0, 'f', seconds < 600.0 ? 1 : 0);
}

}  // namespace

TimingForm::TimingForm(const std::vector<TimingDevice>& devices, int cores, QWidget* parent)
    : QScrollArea(parent),
      content_(new QWidget),
      preset_(new QComboBox),
      curves_(new QTreeWidget),
      devices_(new QListWidget),
      lengths_(new QLineEdit),
      problem_(new QLabel),
      estimate_(new QLabel) {
  setObjectName("timingForm");
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* rows = new QFormLayout(content_);
  rows->setContentsMargins(10, 8, 10, 8);
  rows->setVerticalSpacing(6);
  preset_->setObjectName("timing.preset");
  preset_->setAccessibleName(tr("Preset"));
  for (const TimingPreset& preset : timing_presets()) {
    preset_->addItem(textOf(preset.title), QString::fromStdString(preset.id));
    preset_->setItemData(preset_->count() - 1, textOf(preset.description), Qt::ToolTipRole);
  }
  preset_->addItem(tr("Own choice"));
  preset_->setToolTip(tr("A comparison to begin with; any change below makes it your own"));
  rows->addRow(tr("&Preset"), preset_);
  addCurves(rows);
  addDevices(devices, cores, rows);
  addParameters(rows);
  problem_->setObjectName("timing.problem");
  problem_->setTextFormat(Qt::PlainText);
  problem_->setWordWrap(true);
  estimate_->setObjectName("timing.estimate");
  estimate_->setWordWrap(true);
  rows->addRow(problem_);
  rows->addRow(estimate_);
  setWidget(content_);
  content_->installEventFilter(this);
  colour();
  connect(preset_, &QComboBox::activated, this, &TimingForm::choosePreset);
  setPlan(timing_presets().front().plan);
}

void TimingForm::addCurves(QFormLayout* rows) {
  curves_->setObjectName("timing.curves");
  curves_->setAccessibleName(tr("Neurons and their backends"));
  curves_->setColumnCount(3);
  curves_->setHeaderLabels({tr("Backend"), tr("Forward"), tr("+ backward")});
  curves_->setSelectionBehavior(QAbstractItemView::SelectItems);
  curves_->setIndentation(12);  // "sequential" fits beside a scroll bar
  curves_->setAllColumnsShowFocus(false);
  curves_->setMinimumHeight(150);
  curves_->setToolTip(
      tr("Each choice is a line of the figure: a neuron, computed step by step "
         "(sequential), by FFT, or in one sweep (fused); forward only, or with the backward pass "
         "of training"));
  for (const std::string& neuron : timing_neurons()) {
    auto* parent = new QTreeWidgetItem(curves_, {QString::fromStdString(neuron)});
    parent->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    for (const std::string& backend : timing_backends(neuron)) {
      auto* item = new QTreeWidgetItem(parent, {QString::fromStdString(backend)});
      item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
      for (const auto& [column, pass] : passColumns) item->setCheckState(column, Qt::Unchecked);
    }
  }
  curves_->header()->setStretchLastSection(false);
  curves_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
  for (const auto& [column, pass] : passColumns) {
    curves_->header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
  }
  auto* label = new QLabel(tr("&Neurons, and how they are computed"));
  label->setBuddy(curves_);
  rows->addRow(label);
  rows->addRow(curves_);
  connect(curves_, &QTreeWidget::itemChanged, this, &TimingForm::changed);
}

void TimingForm::addDevice(const TimingDevice& device, const QString& title) {
  auto* item = new QListWidgetItem(title, devices_);
  item->setData(Qt::UserRole, QString::fromStdString(to_string(device)));
  item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
  item->setCheckState(Qt::Unchecked);
}

void TimingForm::addDevices(const std::vector<TimingDevice>& devices, int cores,
                            QFormLayout* rows) {
  devices_->setObjectName("timing.devices");
  devices_->setAccessibleName(tr("Devices"));
  devices_->setMinimumHeight(60);
  devices_->setMaximumHeight(84);
  devices_->setToolTip(tr("Where it is computed; each chosen device draws every line again"));
  const auto counted = [](int count) {
    return count == 1 ? tr("1 thread") : tr("%1 threads").arg(count);
  };
  for (const TimingDevice& device : devices) {
    if (device.name != "cpu") {
      addDevice(device, tr("GPU %1").arg(QString::fromStdString(to_string(device))));
      continue;
    }
    addDevice(device, tr("CPU, with the threads below"));
    for (int count = 1; count < cores; count *= 2) {
      addDevice({"cpu", count}, tr("CPU, %1").arg(counted(count)));
    }
    addDevice({"cpu", cores}, tr("CPU, %1").arg(counted(cores)));
  }
  auto* label = new QLabel(tr("&Devices"));
  label->setBuddy(devices_);
  rows->addRow(label);
  rows->addRow(devices_);
  connect(devices_, &QListWidget::itemChanged, this, &TimingForm::changed);
}

void TimingForm::addNumber(const Parameter<TimingPlan>& parameter, QFormLayout* rows) {
  ParameterEditor* editor = makeParameterEditor(parameter, content_);
  editor->input()->setObjectName("timing." + textOf(parameter.option()));
  editors_.emplace(parameter.key, editor);
  rows->addRow(textOf(parameter.label), editor);
  connect(editor, &ParameterEditor::edited, this, [this, &parameter](const ParameterValue& value) {
    parameter.set(numbers_, value);
    unreadable_.erase(parameter.key);
    changed();
  });
  connect(editor, &ParameterEditor::unreadable, this, [this, &parameter](const QString& sentence) {
    unreadable_.insert_or_assign(parameter.key, sentence);
    changed();
  });
}

void TimingForm::addParameters(QFormLayout* rows) {
  for (const Parameter<TimingPlan>& parameter : timing_parameters()) {
    if (parameter.key != "lengths") {
      addNumber(parameter, rows);
      continue;
    }
    lengths_->setObjectName("timing.lengths");
    lengths_->setAccessibleName(textOf(parameter.label));
    lengths_->setToolTip(textOf(parameter.explanation));
    rows->addRow(textOf(parameter.label), lengths_);
    connect(lengths_, &QLineEdit::textEdited, this, &TimingForm::changed);
  }
}

TimingPlan TimingForm::plan() const {
  TimingPlan plan = numbers_;
  plan.curves.clear();
  plan.devices.clear();
  plan.title = preset_->currentText().toStdString();
  for (const auto& [column, pass] : passColumns) {
    for (int i = 0; i < curves_->topLevelItemCount(); ++i) {
      const QTreeWidgetItem* neuron = curves_->topLevelItem(i);
      for (int k = 0; k < neuron->childCount(); ++k) {
        const QTreeWidgetItem* backend = neuron->child(k);
        if (backend->checkState(column) != Qt::Checked) continue;
        plan.curves.push_back(
            {neuron->text(0).toStdString(), backend->text(0).toStdString(), pass});
      }
    }
  }
  for (int i = 0; i < devices_->count(); ++i) {
    if (devices_->item(i)->checkState() != Qt::Checked) continue;
    plan.devices.push_back(
        timing_device(devices_->item(i)->data(Qt::UserRole).toString().toStdString()));
  }
  try {
    plan.lengths = lengths_from(lengths_->text().toStdString());
  } catch (const Error&) {
    plan.lengths.clear();
  }
  return plan;
}

void TimingForm::setPlan(const TimingPlan& plan) {
  filling_ = true;
  for (int i = 0; i < curves_->topLevelItemCount(); ++i) {
    QTreeWidgetItem* neuron = curves_->topLevelItem(i);
    bool any = i < 2;
    for (int k = 0; k < neuron->childCount(); ++k) {
      for (const auto& [column, pass] : passColumns) {
        const TimingCurve curve{neuron->text(0).toStdString(),
                                neuron->child(k)->text(0).toStdString(), pass};
        const bool chosen = std::ranges::find(plan.curves, curve) != plan.curves.end();
        neuron->child(k)->setCheckState(column, chosen ? Qt::Checked : Qt::Unchecked);
        any = any || chosen;
      }
    }
    neuron->setExpanded(any);
  }
  for (int i = 0; i < devices_->count(); ++i) devices_->item(i)->setCheckState(Qt::Unchecked);
  for (const TimingDevice& device : plan.devices) {
    const QString name = QString::fromStdString(to_string(device));
    QListWidgetItem* item = nullptr;
    for (int i = 0; i < devices_->count(); ++i) {
      if (devices_->item(i)->data(Qt::UserRole) == name) item = devices_->item(i);
    }
    if (item == nullptr) {
      addDevice(device, name);
      item = devices_->item(devices_->count() - 1);
    }
    item->setCheckState(Qt::Checked);
  }
  numbers_ = plan;
  unreadable_.clear();
  for (const Parameter<TimingPlan>& parameter : timing_parameters()) {
    const auto editor = editors_.find(parameter.key);
    if (editor != editors_.end()) editor->second->setValue(parameter.get(plan));
  }
  const QString lengths = QString::fromStdString(lengths_text(plan.lengths));
  lengths_->setText(lengths.contains(':') ? lengths : QString(lengths).replace(",", ", "));
  filling_ = false;
  changed();
}

void TimingForm::choosePreset(int index) {
  if (index >= int(timing_presets().size())) return;
  TimingPlan plan = timing_presets()[std::size_t(index)].plan;
  const auto devices = this->plan().devices;
  if (!devices.empty()) plan.devices = devices;
  setPlan(plan);
}

void TimingForm::changed() {
  if (filling_) return;
  const TimingPlan plan = this->plan();
  int index = preset_->count() - 1;
  for (int i = 0; i < int(timing_presets().size()); ++i) {
    TimingPlan same = timing_presets()[std::size_t(i)].plan;
    same.devices = plan.devices;
    same.title = plan.title;
    if (same == plan) index = i;
  }
  preset_->setCurrentIndex(index);
  showEstimate();
  Q_EMIT planChanged();
}

QStringList TimingForm::problems() const {
  QStringList sentences;
  for (const auto& [key, sentence] : unreadable_) sentences << sentence;
  try {
    lengths_from(lengths_->text().toStdString());
  } catch (const Error& error) {
    sentences << QString::fromUtf8(error.what());
  }
  for (const TimingProblem& problem : problems_of(plan())) {
    if (problem.field == "lengths" && !sentences.isEmpty()) continue;
    const auto table = timing_parameters();
    const auto at = std::ranges::find_if(
        table, [&](const auto& parameter) { return parameter.option() == problem.field; });
    const QString sentence = QString::fromStdString(problem.sentence);
    sentences << (at == table.end() ? sentence : textOf(at->label) + ": " + sentence);
  }
  return sentences;
}

void TimingForm::showEstimate() {
  const QStringList sentences = problems();
  problem_->setVisible(!sentences.isEmpty());
  estimate_->setVisible(sentences.isEmpty());
  problem_->setText(sentences.value(0));
  if (!sentences.isEmpty()) return;
  const TimingPlan plan = this->plan();
  estimate_->setText(tr("<b>%1 points</b>, %2 on a machine at rest")
                         .arg(points_of(plan).size())
                         .arg(durationOf(estimated_seconds(plan))));
}

void TimingForm::colour() {
  const Theme& colours = Theme::of(palette());
  problem_->setStyleSheet(QString("color: %1;").arg(colours.bad.name()));
}

// No narrower than its rows: they are never cut off at the side.
bool TimingForm::eventFilter(QObject* watched, QEvent* event) {
  if (watched == content_ && event->type() == QEvent::LayoutRequest) {
    setMinimumWidth(content_->minimumSizeHint().width() +
                    verticalScrollBar()->sizeHint().width());
  }
  return QScrollArea::eventFilter(watched, event);
}

void TimingForm::changeEvent(QEvent* event) {
  QScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colour();
}

void TimingForm::setEditable(bool editable) {
  content_->setEnabled(editable);
}

}  // namespace paralif
