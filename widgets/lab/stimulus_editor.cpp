// Fields in two groups: the whole, and the chosen segment.
#include "widgets/lab/stimulus_editor.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <cmath>

#include "datasets/error.h"
#include "widgets/form/number_box.h"
#include "widgets/lab/stimulus_handles.h"

namespace paralif {
namespace {

using lab::Segment;
using lab::SegmentShape;

constexpr SegmentShape shapes[]{SegmentShape::level, SegmentShape::ramp,  SegmentShape::noise,
                                SegmentShape::sine,  SegmentShape::chirp, SegmentShape::poisson,
                                SegmentShape::points};

/// Leaves what is being typed alone: the value of the box, but for rounding, stays.
void showNumber(NumberBox* box, double value) {
  if (std::abs(box->value() - value) > 1e-9 * std::max(1.0, std::abs(value))) box->setValue(value);
}

QString titleOf(const Segment& segment) {
  return QString("%1  %2–%3 ms")
      .arg(lab::to_string(segment.shape).data())
      .arg(segment.begin_s * 1e3, 0, 'g', 4)
      .arg(segment.end_s * 1e3, 0, 'g', 4);
}

}  // namespace

StimulusEditor::StimulusEditor(QWidget* parent)
    : QWidget(parent),
      preset_(new QComboBox),
      list_(new QListWidget),
      shape_(new QComboBox),
      remove_(new QPushButton(tr("&Remove"))) {
  auto* form = new QFormLayout(this);
  form->setContentsMargins(8, 8, 8, 8);
  form->setVerticalSpacing(4);
  preset_->setObjectName("stimulusPreset");
  preset_->setAccessibleName(tr("Ready-made stimulus"));
  preset_->setToolTip(tr("Ready-made stimuli; drag their points on the plot, Ctrl+click adds one"));
  preset_->setPlaceholderText(tr("Choose…"));
  for (const lab::Stimulus& stimulus : lab::stimulus_presets()) {
    preset_->addItem(QString::fromStdString(stimulus.title));
  }
  preset_->setCurrentIndex(-1);
  auto* open = new QPushButton(tr("&Import CSV…"));
  open->setToolTip(tr("A table of time in s and value, or of values one a millisecond"));
  auto* top = new QHBoxLayout;
  top->addWidget(preset_, 1);
  top->addWidget(open);
  form->addRow(top);
  duration_ = addNumber(tr("Length"), "ms", tr("Length of the stimulus"), 1.0, 1e6);
  duration_->setObjectName("stimulusLength");
  step_ = addNumber(tr("Time step"), "ms", tr("Time step of the simulation"), 0.01, 10.0);
  baseline_ = addNumber(tr("Baseline"), {}, tr("Value where nothing else acts"), -1e3, 1e3);
  buildSegments();
  connect(open, &QPushButton::clicked, this, &StimulusEditor::importRequested);
  connect(preset_, &QComboBox::activated, this,
          [this](int index) { change(lab::stimulus_presets()[static_cast<std::size_t>(index)]); });
  const auto whole = [this] {
    lab::Stimulus edited = stimulus_;
    edited.duration_s = duration_->value() * 1e-3;
    edited.time_step_s = step_->value() * 1e-3;
    edited.baseline = baseline_->value();
    change(edited);
  };
  for (NumberBox* box : {duration_, step_, baseline_}) {
    connect(box, &NumberBox::valueEdited, this, whole);
  }
  setStimulus(lab::stimulus_presets().front());
}

NumberBox* StimulusEditor::addNumber(const QString& label, const QString& unit,
                                     const QString& tooltip, double minimum, double maximum) {
  auto* box = new NumberBox;
  box->setUnit(unit);
  box->setRange(minimum, maximum);
  box->setToolTip(tooltip);
  box->setAccessibleName(tooltip);
  static_cast<QFormLayout*>(layout())->addRow(label, box);
  return box;
}

void StimulusEditor::buildSegments() {
  auto* form = static_cast<QFormLayout*>(layout());
  list_->setAccessibleName(tr("Segments"));
  list_->setToolTip(tr("The stimulus is the sum of its segments"));
  list_->setMaximumHeight(84);
  form->addRow(list_);
  auto* add = new QPushButton(tr("&Add segment"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(add);
  buttons->addWidget(remove_);
  form->addRow(buttons);
  for (const SegmentShape shape : shapes) shape_->addItem(lab::to_string(shape).data());
  shape_->setAccessibleName(tr("Shape of the segment"));
  form->addRow(tr("Shape"), shape_);
  begin_ = addNumber(tr("Begin"), "ms", tr("Where the segment begins"), 0.0, 1e6);
  end_ = addNumber(tr("End"), "ms", tr("Where the segment ends"), 0.0, 1e6);
  from_ = addNumber(tr("Value"), {}, tr("Height, or where a ramp begins, or the mean"), -1e3, 1e3);
  to_ = addNumber(tr("To"), {}, tr("Where a ramp ends; amplitude of a wave; deviation of noise"),
                  -1e3, 1e3);
  hz_ = addNumber(tr("Frequency"), "Hz", tr("Of a wave or of Poisson spikes"), 0.0, 1e4);
  endHz_ = addNumber(tr("Frequency at end"), "Hz", tr("Of a chirp"), 0.0, 1e4);
  seed_ = addNumber(tr("Seed"), {}, tr("Decides noise and Poisson spikes"), 0.0, 1e9);
  seed_->setInteger(true);
  connect(list_, &QListWidget::currentRowChanged, this, &StimulusEditor::showSegment);
  connect(shape_, &QComboBox::activated, this, &StimulusEditor::readSegment);
  for (NumberBox* box : {begin_, end_, from_, to_, hz_, endHz_, seed_}) {
    connect(box, &NumberBox::valueEdited, this, &StimulusEditor::readSegment);
  }
  connect(add, &QPushButton::clicked, this, [this] {
    lab::Stimulus edited = stimulus_;
    edited.segments.push_back(lab::level(0.4 * edited.duration_s, 0.6 * edited.duration_s, 1.0));
    change(edited);
    list_->setCurrentRow(list_->count() - 1);
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    lab::Stimulus edited = stimulus_;
    edited.segments.erase(edited.segments.begin() + list_->currentRow());
    change(edited);
  });
}

void StimulusEditor::setStimulus(const lab::Stimulus& stimulus) {
  if (stimulus == stimulus_ && list_->count() > 0) return;
  stimulus_ = stimulus;
  showAll();
}

void StimulusEditor::showAll() {
  showNumber(duration_, stimulus_.duration_s * 1e3);
  showNumber(step_, stimulus_.time_step_s * 1e3);
  showNumber(baseline_, stimulus_.baseline);
  const auto& presets = lab::stimulus_presets();
  const auto same = std::ranges::find(presets, stimulus_);
  const QSignalBlocker quietPreset(preset_);
  preset_->setCurrentIndex(same == presets.end() ? -1 : static_cast<int>(same - presets.begin()));
  const QSignalBlocker quiet(list_);
  const int row = std::max(0, list_->currentRow());
  while (list_->count() > static_cast<int>(stimulus_.segments.size())) delete list_->takeItem(0);
  while (list_->count() < static_cast<int>(stimulus_.segments.size())) list_->addItem(QString());
  for (int i = 0; i < list_->count(); ++i) {
    list_->item(i)->setText(titleOf(stimulus_.segments[static_cast<std::size_t>(i)]));
  }
  list_->setCurrentRow(std::min(row, list_->count() - 1));
  showSegment();
}

void StimulusEditor::showSegment() {
  const int row = list_->currentRow();
  const bool any = row >= 0 && row < static_cast<int>(stimulus_.segments.size());
  const Segment segment = any ? stimulus_.segments[static_cast<std::size_t>(row)] : Segment{};
  const auto is = [&](std::initializer_list<SegmentShape> wanted) {
    return any && std::ranges::find(wanted, segment.shape) != wanted.end();
  };
  const QSignalBlocker quiet(shape_);
  shape_->setCurrentIndex(static_cast<int>(std::ranges::find(shapes, segment.shape) - shapes));
  showNumber(begin_, segment.begin_s * 1e3);
  showNumber(end_, segment.end_s * 1e3);
  showNumber(from_, segment.from);
  showNumber(to_, segment.to);
  showNumber(hz_, segment.frequency_hz);
  showNumber(endHz_, segment.frequency_end_hz);
  showNumber(seed_, static_cast<double>(segment.seed));
  using S = SegmentShape;
  auto* form = static_cast<QFormLayout*>(layout());
  form->setRowVisible(shape_, any);
  form->setRowVisible(begin_, any);
  form->setRowVisible(end_, any);
  form->setRowVisible(from_, any && segment.shape != S::points);
  form->setRowVisible(to_, is({S::ramp, S::noise, S::sine, S::chirp}));
  form->setRowVisible(hz_, is({S::sine, S::chirp, S::poisson}));
  form->setRowVisible(endHz_, is({S::chirp}));
  form->setRowVisible(seed_, is({S::noise, S::poisson}));
  remove_->setEnabled(any);
}

void StimulusEditor::readSegment() {
  const int row = list_->currentRow();
  if (row < 0) return;
  lab::Stimulus edited = stimulus_;
  Segment& segment = edited.segments[static_cast<std::size_t>(row)];
  segment.shape = shapes[shape_->currentIndex()];
  segment.begin_s = begin_->value() * 1e-3;
  segment.end_s = end_->value() * 1e-3;
  segment.from = from_->value();
  segment.to = to_->value();
  segment.frequency_hz = hz_->value();
  segment.frequency_end_hz = endHz_->value();
  segment.seed = static_cast<std::uint64_t>(std::max(0.0, seed_->value()));
  if (segment.shape == SegmentShape::points && segment.points.empty()) {
    segment.points = {{segment.begin_s, segment.from}, {segment.end_s, segment.from}};
  }
  change(edited);
}

void StimulusEditor::change(const lab::Stimulus& edited) {
  try {
    lab::validate(edited);
  } catch (const Error&) {
    return;  // a field that is being typed; the last good stimulus stays
  }
  setStimulus(edited);
  Q_EMIT stimulusEdited(stimulus_);
}

}  // namespace paralif
