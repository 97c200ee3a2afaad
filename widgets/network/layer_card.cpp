#include "widgets/network/layer_card.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

#include "core/layers/layer_kind.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/theme/counts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

namespace paralif {

LayerCard::LayerCard(const LayerDescription& layer, std::size_t index, std::size_t repeats,
                     QWidget* parent)
    : QFrame(parent), layer_(layer), index_(index), kind_(find_layer_kind(layer.kind)),
      handle_(new QLabel("⋮⋮")), title_(new QLabel), shape_(new QLabel), cost_(new QLabel),
      sentence_(new QLabel), fold_(new QToolButton) {
  setFocusPolicy(Qt::StrongFocus);
  setObjectName("layerCard");
  const QString kindTitle = kind_ != nullptr ? textOf(kind_->title()) : shownText(layer.kind);
  setAccessibleName(tr("Layer %1, %2").arg(index + 1).arg(kindTitle));
  if (kind_ != nullptr) setToolTip("<p>" + textOf(kind_->explanation()).toHtmlEscaped() + "</p>");
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(6, 5, 8, 5);
  grid->setHorizontalSpacing(6);
  grid->setVerticalSpacing(1);
  handle_->setObjectName("handle");
  handle_->setCursor(Qt::OpenHandCursor);
  handle_->setToolTip(tr("Drag to another place (Alt+Up, Alt+Down)"));
  handle_->installEventFilter(this);
  fold_->setArrowType(Qt::RightArrow);
  fold_->setAutoRaise(true);
  fold_->setObjectName("fold");
  fold_->setToolTip(tr("Show or hide the parameters (Return)"));
  fold_->setAccessibleName(tr("Parameters"));
  fold_->setFocusPolicy(Qt::NoFocus);
  title_->setTextFormat(Qt::PlainText);
  title_->setObjectName("title");
  showTitle();
  title_->setToolTip(tr("%1, id %2").arg(kindTitle, shownText(layer.id)));
  // As narrow as the column: what does not fit is wrapped.
  for (QLabel* label : {title_, cost_, sentence_}) {
    label->setWordWrap(true);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  }
  shape_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  shape_->setObjectName("shape");
  cost_->setObjectName("cost");
  cost_->setProperty("tone", "muted");
  sentence_->setObjectName("problem");
  sentence_->setTextFormat(Qt::PlainText);
  sentence_->hide();
  grid->addWidget(handle_, 0, 0);
  grid->addWidget(fold_, 0, 1);
  grid->addWidget(title_, 0, 2);
  grid->addWidget(shape_, 0, 3);
  grid->addWidget(cost_, 1, 2, 1, 2);
  grid->addWidget(sentence_, 2, 2, 1, 2);
  grid->setColumnStretch(2, 1);
  if (repeats > 1) setAccessibleDescription(tr("one of %1 alike").arg(repeats));
  connect(fold_, &QToolButton::clicked, this, [this] {
    Q_EMIT selected();
    setUnfolded(!unfolded_);
    Q_EMIT unfoldedChanged(unfolded_);
  });
  colour();
}

QString LayerCard::shapeText() const { return shape_->text(); }

void LayerCard::showTitle() {
  QString title = kind_ != nullptr ? textOf(kind_->title()) : shownText(layer_.kind);
  if (kind_ != nullptr && kind_->defaults().contains("model")) {
    const auto given = layer_.values.find("model");
    const ParameterValue model =
        given != layer_.values.end() ? given->second : kind_->defaults().at("model");
    if (const auto* name = std::get_if<std::string>(&model)) title += ": " + shownText(*name);
  }
  title_->setText(QString("%1 · %2").arg(index_ + 1).arg(title));
}

void LayerCard::setLayer(const LayerDescription& layer) {
  layer_ = layer;
  showTitle();
  showValues();
}

void LayerCard::setReport(const LayerReport& report) {
  shape_->setText(report.output
                      ? QString::fromStdString(features_text(*report.output)).replace(" x ", " × ")
                      : QString());
  QStringList parts;
  if (report.cost.parameters > 0) {
    parts << (report.cost.parameters == 1
                  ? tr("1 parameter")
                  : tr("%1 parameters").arg(countText(double(report.cost.parameters))));
  }
  if (report.cost.operations > 0) {
    parts << tr("%1 operations a step").arg(countText(double(report.cost.operations)));
  }
  cost_->setText(parts.join(" · "));
  cost_->setVisible(!parts.isEmpty());
  showProblem(QString::fromStdString(report.problem));
}

void LayerCard::showProblem(const QString& sentence) {
  problem_ = sentence;
  sentence_->setText(sentence);
  sentence_->setVisible(!sentence.isEmpty());
  colour();
}

void LayerCard::makeEditors() {
  body_ = new QWidget(this);
  auto* grid = new QGridLayout(body_);
  grid->setContentsMargins(4, 4, 0, 2);
  grid->setColumnStretch(1, 1);
  if (kind_ != nullptr) {
    int row = 0;
    for (const ParameterFacts& facts : kind_->parameters()) {
      auto* label = new QLabel(textOf(facts.label));
      label->setToolTip(explanationOf(facts));
      ParameterEditor* editor = makeParameterEditor(facts, body_);
      const QString key = textOf(facts.key);
      connect(editor, &ParameterEditor::edited, this,
              [this, key](const ParameterValue& value) { Q_EMIT valueEdited(key, value); });
      connect(editor, &ParameterEditor::unreadable, this, &LayerCard::showProblem);
      grid->addWidget(label, row, 0);
      grid->addWidget(editor, row, 1);
      editors_.insert(key, editor);
      labels_.insert(key, label);
      ++row;
    }
  }
  static_cast<QGridLayout*>(layout())->addWidget(body_, 3, 0, 1, 4);
  showValues();
}

void LayerCard::showValues() {
  if (body_ == nullptr || kind_ == nullptr) return;
  const auto defaults = kind_->defaults();
  for (auto at = editors_.begin(); at != editors_.end(); ++at) {
    const std::string key = at.key().toStdString();
    const auto own = layer_.values.find(key);
    at.value()->setValue(own != layer_.values.end() ? own->second : defaults.at(key));
    bool applies = true;
    try {
      applies = kind_->applies(layer_, key);
    } catch (const std::exception&) {
      // A value is wrong: everything stays in view.
    }
    at.value()->setVisible(applies);
    labels_[at.key()]->setVisible(applies);
  }
}

void LayerCard::setUnfolded(bool unfolded) {
  if (unfolded && body_ == nullptr) makeEditors();
  unfolded_ = unfolded;
  if (body_ != nullptr) body_->setVisible(unfolded);
  fold_->setArrowType(unfolded ? Qt::DownArrow : Qt::RightArrow);
}

void LayerCard::setSelected(bool selected) {
  if (selected == selected_) return;
  selected_ = selected;
  update();
}

bool LayerCard::focusParameter(const QString& key) {
  setUnfolded(true);
  Q_EMIT unfoldedChanged(true);
  ParameterEditor* editor = editors_.value(key);
  if (editor == nullptr) return false;
  editor->setFocus(Qt::OtherFocusReason);
  return true;
}

void LayerCard::colour() {
  const Theme& colours = Theme::of(palette());
  QPalette bad = palette();
  bad.setColor(QPalette::WindowText, colours.bad);
  sentence_->setPalette(bad);
  QPalette quiet = palette();
  quiet.setColor(QPalette::WindowText, colours.muted);
  handle_->setPalette(quiet);
  cost_->setPalette(quiet);
  update();
}

void LayerCard::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) colour();
}

void LayerCard::paintEvent(QPaintEvent*) {
  const Theme& colours = Theme::of(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor edge = !problem_.isEmpty() ? colours.bad : selected_ ? colours.accent : colours.border;
  painter.setPen(QPen(edge, selected_ ? 1.6 : 1.0));
  painter.setBrush(selected_ ? mix(colours.surface, colours.accent, 0.07) : colours.surface);
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 5, 5);
}

void LayerCard::mousePressEvent(QMouseEvent* event) {
  QFrame::mousePressEvent(event);
  setFocus(Qt::MouseFocusReason);
  Q_EMIT selected();
}

void LayerCard::mouseDoubleClickEvent(QMouseEvent* event) {
  QFrame::mouseDoubleClickEvent(event);
  setUnfolded(!unfolded_);
  Q_EMIT unfoldedChanged(unfolded_);
}

bool LayerCard::eventFilter(QObject* watched, QEvent* event) {
  if (watched != handle_) return QFrame::eventFilter(watched, event);
  auto* mouse = static_cast<QMouseEvent*>(event);
  switch (event->type()) {
    case QEvent::MouseButtonPress:
      if (mouse->button() != Qt::LeftButton) return false;
      press_ = mouse->globalPosition().toPoint();
      setFocus(Qt::MouseFocusReason);
      Q_EMIT selected();
      return true;
    case QEvent::MouseMove: {
      const QPoint at = mouse->globalPosition().toPoint();
      if ((mouse->buttons() & Qt::LeftButton) == 0) return false;
      dragging_ = dragging_ || (at - press_).manhattanLength() >= QApplication::startDragDistance();
      if (dragging_) Q_EMIT dragged(at);
      return true;
    }
    case QEvent::MouseButtonRelease:
      if (std::exchange(dragging_, false)) Q_EMIT dropped(mouse->globalPosition().toPoint());
      return true;
    default:
      return false;
  }
}

}  // namespace paralif
