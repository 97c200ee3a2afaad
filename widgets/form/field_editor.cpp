// Check box, combo box, number box, list of sizes and text.
#include "widgets/form/field_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QToolButton>

#include <cmath>
#include <limits>

#include "widgets/form/editor_guard.h"
#include "widgets/form/layers_editor.h"
#include "widgets/form/number_box.h"
#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

class CheckEditor : public FieldEditor {
 public:
  CheckEditor(const Field& field, QWidget* parent)
      : FieldEditor(parent), box_(new QCheckBox(this)) {
    setInput(field, box_);
    box_->setMinimumWidth(0);
    box_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    static_cast<QHBoxLayout*>(layout())->addStretch(1);
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on); });
  }
  void setValue(const FieldValue& value) override {
    const auto* list = std::get_if<std::vector<LayerValue>>(&value);
    // Layers of their own: neither on nor off, until a click makes all alike.
    if (list != nullptr) {
      box_->setCheckState(Qt::PartiallyChecked);
    } else {
      box_->setTristate(false);
      box_->setCheckState(std::get<bool>(value) ? Qt::Checked : Qt::Unchecked);
    }
  }

 private:
  QCheckBox* box_;
};

class ChoiceEditor : public FieldEditor {
 public:
  ChoiceEditor(const Field& field, QWidget* parent)
      : FieldEditor(parent), box_(new QComboBox(this)) {
    for (const std::string& choice : field.choices) box_->addItem(QString::fromStdString(choice));
    setInput(field, box_);
    connect(box_, &QComboBox::activated, this,
            [this] { Q_EMIT edited(box_->currentText().toStdString()); });
  }
  void setValue(const FieldValue& value) override {
    const QString text = QString::fromStdString(std::get<std::string>(value));
    box_->setCurrentIndex(box_->findText(text));
  }

 private:
  QComboBox* box_;
};

class NumberEditor : public FieldEditor {
 public:
  NumberEditor(const Field& field, bool integer, QWidget* parent)
      : FieldEditor(parent), box_(new NumberBox(this)), factor_(field.display_factor),
        integer_(integer) {
    const std::string_view unit = field.display_unit.empty() ? field.unit : field.display_unit;
    // Long units are told by the tooltip: in the box they would hide the number.
    if (unit.size() <= 8) box_->setUnit(QString::fromUtf8(unit.data(), qsizetype(unit.size())));
    box_->setInteger(integer);
    box_->setRange(field.minimum * factor_, field.maximum * factor_);
    box_->setZeroText(QString::fromStdString(std::string(field.zero_word)));
    box_->setAbsentText(QString::fromStdString(std::string(field.absent)));
    box_->setListAllowed(field.per_layer);
    setInput(field, box_);
    connect(box_, &NumberBox::listEdited, this, &NumberEditor::readList);
    connect(box_, &NumberBox::valueEdited, this, [this](double shown) {
      if (std::isnan(shown)) {
        Q_EMIT edited(Absent{});
      } else if (integer_) {
        Q_EMIT edited(static_cast<std::int64_t>(shown));
      } else {
        Q_EMIT edited(shown / factor_);
      }
    });
    connect(box_, &NumberBox::unreadable, this, [this](const QString& text) {
      if (hasAmbiguousComma(text)) {
        Q_EMIT unreadable(tr("'%1' can be read in two ways; write a point before decimals and "
                             "nothing between thousands")
                              .arg(text));
        return;
      }
      Q_EMIT unreadable(integer_ ? tr("'%1' is not a whole number").arg(text)
                                 : tr("'%1' is not a number").arg(text));
    });
  }
  void setValue(const FieldValue& value) override {
    if (const auto* list = std::get_if<std::vector<LayerValue>>(&value)) {
      QStringList words;
      for (const LayerValue& one : *list) {
        const double shown = shownOf(std::visit([](auto v) -> FieldValue { return v; }, one));
        words << (std::isnan(shown) ? QString("none") : QString::number(shown, 'g', 10));
      }
      box_->setList(words.join(", "));
    } else {
      box_->setValue(shownOf(value));
    }
  }

 private:
  /// NaN: no value.
  [[nodiscard]] double shownOf(const FieldValue& value) const {
    if (std::holds_alternative<Absent>(value)) return std::numeric_limits<double>::quiet_NaN();
    return integer_ ? double(std::get<std::int64_t>(value)) : std::get<double>(value) * factor_;
  }
  void readList(const QString& text) {
    std::vector<LayerValue> list;
    for (const QString& part : text.split(',')) {
      const QString word = part.trimmed();
      if (word.compare("none", Qt::CaseInsensitive) == 0) {
        list.emplace_back(Absent{});
        continue;
      }
      bool good = false;
      const double shown = integer_ ? double(word.toLongLong(&good)) : word.toDouble(&good);
      if (!good || !std::isfinite(shown)) {
        Q_EMIT unreadable(tr("'%1' is not one number a layer, such as 20, 10").arg(text));
        return;
      }
      if (integer_) {
        list.emplace_back(static_cast<std::int64_t>(shown));
      } else {
        list.emplace_back(shown / factor_);
      }
    }
    Q_EMIT edited(list);
  }

  NumberBox* box_;
  double factor_;
  bool integer_;
};

class TextEditor : public FieldEditor {
 public:
  TextEditor(const Field& field, QWidget* parent)
      : FieldEditor(parent), line_(new QLineEdit(this)) {
    setInput(field, line_);
    connect(line_, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(text.toStdString()); });
  }
  void setValue(const FieldValue& value) override {
    const QString text = QString::fromStdString(std::get<std::string>(value));
    if (line_->text() != text) line_->setText(text);
  }

 private:
  QLineEdit* line_;
};

/// "128, 64" with a button to add a layer like the last and one to take the last away.
class SizesEditor : public FieldEditor {
 public:
  using Sizes = std::vector<std::int64_t>;

  SizesEditor(const Field& field, QWidget* parent)
      : FieldEditor(parent), line_(new QLineEdit(this)), fewer_(new QToolButton(this)),
        more_(new QToolButton(this)) {
    setInput(field, line_);
    prepare(fewer_, "−", tr("Remove the last layer"));
    prepare(more_, "+", tr("Add a layer of the same size"));
    connect(line_, &QLineEdit::textEdited, this, &SizesEditor::readText);
    connect(fewer_, &QToolButton::clicked, this, [this] {
      sizes_.pop_back();
      showAndTell();
    });
    connect(more_, &QToolButton::clicked, this, [this] {
      sizes_.push_back(sizes_.empty() ? 128 : sizes_.back());
      showAndTell();
    });
  }
  void setValue(const FieldValue& value) override {
    const auto& sizes = std::get<Sizes>(value);
    const bool typing = sizes == sizes_ && line_->hasFocus();
    sizes_ = sizes;
    if (!typing) showSizes();
    fewer_->setEnabled(sizes_.size() > 1);
  }

 private:
  void prepare(QToolButton* button, const QString& text, const QString& tip) {
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    addToRow(button);
  }
  void showSizes() {
    QStringList words;
    for (const std::int64_t size : sizes_) words << QString::number(size);
    line_->setText(words.join(", "));
  }
  void showAndTell() {
    showSizes();
    fewer_->setEnabled(sizes_.size() > 1);
    Q_EMIT edited(sizes_);
  }
  void readText(const QString& text) {
    Sizes sizes;
    for (const QString& word : text.split(',')) {
      bool good = false;
      sizes.push_back(word.trimmed().toLongLong(&good));
      if (!good) {
        Q_EMIT unreadable(tr("'%1' is not a list of whole numbers such as 128, 64").arg(text));
        return;
      }
    }
    sizes_ = sizes;
    Q_EMIT edited(sizes_);
  }

  QLineEdit* line_;
  QToolButton* fewer_;
  QToolButton* more_;
  Sizes sizes_;
};

QString tooltipOf(const Field& field) {
  QString text = QString::fromStdString(std::string(field.tooltip));
  if (!field.unit.empty()) {
    const std::string_view unit = field.display_unit.empty() ? field.unit : field.display_unit;
    text += FieldEditor::tr(" (in %1)").arg(QString::fromStdString(std::string(unit)));
  }
  return "<p>" + text.toHtmlEscaped() + "</p>";
}

}  // namespace

void FieldEditor::setInput(const Field& field, QWidget* input) {
  input_ = input;
  const auto text = [](std::string_view words) {
    return QString::fromUtf8(words.data(), qsizetype(words.size()));
  };
  input->setObjectName(text(field.key));
  input->setAccessibleName(text(field.label));
  input->setToolTip(tooltipOf(field));
  input->setFocusPolicy(Qt::StrongFocus);
  input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  input->setMinimumWidth(60);
  input->installEventFilter(new EditorGuard(input));
  setFocusProxy(input);
  addToRow(input);
}

void FieldEditor::addToRow(QWidget* widget) {
  auto* row = qobject_cast<QHBoxLayout*>(layout());
  if (row == nullptr) {
    row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
  }
  row->addWidget(widget);
}

FieldEditor* makeFieldEditor(const Field& field, QWidget* parent) {
  switch (field.kind) {
    case FieldKind::flag: return new CheckEditor(field, parent);
    case FieldKind::integer: return new NumberEditor(field, true, parent);
    case FieldKind::real: return new NumberEditor(field, false, parent);
    case FieldKind::integers: return new SizesEditor(field, parent);
    case FieldKind::layers: return new LayersEditor(field, parent);
    case FieldKind::text: break;
  }
  if (!field.choices.empty()) return new ChoiceEditor(field, parent);
  return new TextEditor(field, parent);
}

}  // namespace paralif
