// Layout of a line and the red border of a field to mend.
#include "widgets/form/field_row.h"

#include <QEvent>
#include <QGridLayout>
#include <QAction>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

#include "widgets/form/parameter_editor.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {
namespace {

/// The same for every row, so that the editors stand in one column.
int labelWidth(const QFontMetrics& metrics) {
  int widest = 0;
  for (const Field& field : experiment_fields()) {
    const QString label = textOf(field.label);
    widest = std::max(widest, metrics.horizontalAdvance(label));
  }
  return widest + 4;
}

}  // namespace

FieldRow::FieldRow(const Field& field, QWidget* parent)
    : QWidget(parent),
      field_(field),
      editor_(makeParameterEditor(field, this)),
      label_(new QLabel(textOf(field.label), this)),
      sentence_(new QLabel(this)) {
  label_->setBuddy(editor_->input());
  label_->setToolTip(editor_->input()->toolTip());
  label_->setFixedWidth(labelWidth(fontMetrics()));
  auto* several = new QAction(tr("Several values: a sweep…"), this);
  label_->addAction(several);
  label_->setContextMenuPolicy(Qt::ActionsContextMenu);
  connect(several, &QAction::triggered, this, &FieldRow::severalRequested);
  sentence_->setTextFormat(Qt::PlainText);  // it quotes what was typed
  sentence_->setWordWrap(true);
  sentence_->setObjectName("problem");
  sentence_->hide();
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 1, 0, 1);
  grid->setHorizontalSpacing(4);
  grid->setVerticalSpacing(1);
  grid->addWidget(label_, 0, 0);
  grid->addWidget(editor_, 0, 1);
  grid->addWidget(sentence_, 1, 0, 1, 3);
  grid->setColumnStretch(1, 1);
  colourSentence();
}

QToolButton* FieldRow::addButton(const QString& text, const QString& tip) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setToolTip(tip);
  button->setAccessibleName(tip);
  button->setObjectName(editor_->input()->objectName() + ".button");
  static_cast<QGridLayout*>(layout())->addWidget(button, 0, 2);
  return button;
}

void FieldRow::setProblem(const QString& sentence) {
  if (sentence == problem_) return;
  problem_ = sentence;
  showSentence();
}

void FieldRow::setNote(const QString& sentence) {
  if (sentence == note_) return;
  note_ = sentence;
  showSentence();
}

void FieldRow::showSentence() {
  const QString& shown = problem_.isEmpty() ? note_ : problem_;
  sentence_->setText(shown);
  sentence_->setVisible(!shown.isEmpty());
  editor_->input()->setAccessibleDescription(shown);
  colourSentence();
  update();
}

void FieldRow::paintEvent(QPaintEvent*) {
  if (problem().isEmpty()) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(Theme::of(palette()).bad, 1.6));
  painter.drawRoundedRect(QRectF(editor_->geometry()).adjusted(-1, -0.5, 1, 0.5), 4, 4);
}

void FieldRow::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colourSentence();
  if (event->type() == QEvent::FontChange) label_->setFixedWidth(labelWidth(fontMetrics()));
}

void FieldRow::colourSentence() {
  const Theme& theme = Theme::of(palette());
  const QColor colour = problem_.isEmpty() ? theme.muted : theme.bad;
  sentence_->setStyleSheet(QString("color: %1").arg(colour.name()));
}

}  // namespace paralif
