// Sections, visibility and validation of the form.
#include "widgets/form/experiment_form.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "widgets/form/change_field.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/form/field_row.h"
#include "widgets/theme/words.h"

namespace paralif {

ExperimentForm::ExperimentForm(QWidget* parent) : QScrollArea(parent) {
  setObjectName("experimentForm");
  setAccessibleName(tr("Experiment"));
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  undo_.setUndoLimit(1000);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(10, 4, 8, 8);
  column->setSpacing(1);
  setWidget(content);
  for (const auto group : {FieldGroup::dataset, FieldGroup::network, FieldGroup::neuron,
                           FieldGroup::training, FieldGroup::recording, FieldGroup::execution}) {
    addSection(group, content);
  }
  column->addStretch(1);
  content->installEventFilter(this);
  setExperiment(Experiment{});
}

void ExperimentForm::addSection(FieldGroup group, QWidget* parent) {
  auto* header = new QWidget(parent);
  auto* title = new QLabel("<b>" + textOf(field_group_title(group)) + "</b>", header);
  auto* more = new QToolButton(header);
  more->setText(tr("More"));
  more->setCheckable(true);
  more->setAutoRaise(true);
  more->setArrowType(Qt::RightArrow);
  more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  more->setIconSize({8, 8});
  more->setToolTip(tr("Settings that are rarely changed"));
  more->setAccessibleName(tr("More settings: %1").arg(textOf(field_group_title(group))));
  auto* line = new QHBoxLayout(header);
  line->setContentsMargins(0, 5, 0, 0);
  line->addWidget(title);
  line->addStretch(1);
  line->addWidget(more);
  parent->layout()->addWidget(header);

  Section section{group, header, more, {}};
  for (const Field& field : experiment_fields()) {
    if (field.group != group) continue;
    auto* entry = new FieldRow(field, parent);
    parent->layout()->addWidget(entry);
    section.rows.append(entry);
    rows_.insert(textOf(field.key), entry);
    connect(&entry->editor(), &ParameterEditor::edited, this,
            [this, entry](const ParameterValue& value) { edit(*entry, value); });
    connect(entry, &FieldRow::severalRequested, this,
            [this, entry] { Q_EMIT sweepRequested(textOf(entry->field().key)); });
    connect(&entry->editor(), &ParameterEditor::unreadable, this,
            [this, entry](const QString& sentence) {
              unreadable_.insert(textOf(entry->field().key), sentence);
              showProblems();
              Q_EMIT experimentChanged();
            });
  }
  sections_.append(section);
  connect(more, &QToolButton::toggled, this, [this, more](bool open) {
    more->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    showApplying();
  });
}

bool ExperimentForm::eventFilter(QObject* watched, QEvent* event) {
  if (watched == widget() && event->type() == QEvent::LayoutRequest) {
    setMinimumWidth(widget()->minimumSizeHint().width() +
                    verticalScrollBar()->sizeHint().width());
  }
  return QScrollArea::eventFilter(watched, event);
}

void ExperimentForm::edit(FieldRow& entry, const ParameterValue& value) {
  const ParameterValue before = entry.field().get(experiment_);
  if (before == value) {
    unreadable_.remove(textOf(entry.field().key));
    showProblems();
    Q_EMIT experimentChanged();
    return;
  }
  undo_.push(new ChangeField(*this, entry.field(), before, value));
}

void ExperimentForm::setExperiment(const Experiment& experiment) {
  experiment_ = experiment;
  unreadable_.clear();
  undo_.clear();
  for (FieldRow* entry : std::as_const(rows_)) {
    entry->editor().setValue(entry->field().get(experiment_));
  }
  showApplying();
  showProblems();
  Q_EMIT experimentChanged();
}

void ExperimentForm::applyField(const Field& field, const ParameterValue& value) {
  field.set(experiment_, value);
  const QString key = textOf(field.key);
  unreadable_.remove(key);
  rows_.value(key)->editor().setValue(value);
  showApplying();
  showProblems();
  Q_EMIT experimentChanged();
}

void ExperimentForm::showApplying() {
  for (const Section& section : std::as_const(sections_)) {
    bool any = false;
    bool folded = false;
    for (FieldRow* entry : section.rows) {
      const Field& field = entry->field();
      const bool applies = field.applies(experiment_);
      const bool shown = applies && (!field.advanced || section.more->isChecked());
      if (entry->isVisibleTo(widget()) != shown) entry->setVisible(shown);
      any = any || applies;
      folded = folded || (applies && field.advanced);
    }
    section.header->setVisible(any);
    section.more->setVisible(folded);
  }
}

std::vector<Problem> ExperimentForm::problems() const {
  std::vector<Problem> found;
  for (auto at = unreadable_.begin(); at != unreadable_.end(); ++at) {
    found.push_back({at.key().toStdString(), at.value().toStdString()});
  }
  for (Problem& problem : problems_of(experiment_)) {
    if (!unreadable_.contains(QString::fromStdString(problem.key))) {
      found.push_back(std::move(problem));
    }
  }
  return found;
}

void ExperimentForm::showProblems() {
  QHash<QString, QString> sentences;
  for (const Problem& problem : problems()) {
    sentences.insert(QString::fromStdString(problem.key), QString::fromStdString(problem.sentence));
  }
  for (auto at = rows_.begin(); at != rows_.end(); ++at) {
    at.value()->setProblem(sentences.value(at.key()));
  }
}

bool ExperimentForm::focusField(const QString& key) {
  const Field* field = find_field(key.toStdString());
  FieldRow* entry = field != nullptr ? row(textOf(field->key)) : nullptr;
  if (entry == nullptr) return false;
  if (field->advanced) {
    for (const Section& section : std::as_const(sections_)) {
      if (section.group == field->group) section.more->setChecked(true);
    }
  }
  ensureWidgetVisible(entry);
  entry->editor().input()->setFocus(Qt::OtherFocusReason);
  return true;
}

}  // namespace paralif
