// Check box, combo box, number box, list of sizes and text.
#include "widgets/form/parameter_editor.h"

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
#include "widgets/theme/words.h"

namespace paralif {
namespace {

class CheckEditor : public ParameterEditor {
 public:
  CheckEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), box_(new QCheckBox(this)) {
    setInput(facts, box_);
    box_->setMinimumWidth(0);
    box_->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    static_cast<QHBoxLayout*>(layout())->addStretch(1);
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on); });
  }
  void setValue(const ParameterValue& value) override {
    const auto* list = std::get_if<std::vector<LayerValue>>(&value);
    // Layers of their own: neither on nor off, until a click makes all alike.
    if (list != nullptr) {
      box_->setCheckState(Qt::PartiallyChecked);
    } else {
      box_->setTristate(false);
      const bool* on = std::get_if<bool>(&value);
      box_->setCheckState(on != nullptr && *on ? Qt::Checked : Qt::Unchecked);
    }
  }

 private:
  QCheckBox* box_;
};

class ChoiceEditor : public ParameterEditor {
 public:
  ChoiceEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), box_(new QComboBox(this)) {
    for (const std::string& choice : facts.choices) box_->addItem(QString::fromStdString(choice));
    setInput(facts, box_);
    connect(box_, &QComboBox::activated, this,
            [this] { Q_EMIT edited(box_->currentText().toStdString()); });
  }
  void setValue(const ParameterValue& value) override {
    const auto* text = std::get_if<std::string>(&value);
    box_->setCurrentIndex(text == nullptr ? -1 : box_->findText(QString::fromStdString(*text)));
  }

 private:
  QComboBox* box_;
};

class NumberEditor : public ParameterEditor {
 public:
  NumberEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), box_(new NumberBox(this)), factor_(facts.display_factor),
        integer_(facts.type == ParameterType::whole) {
    // Long units are told by the tooltip: in the box they would hide the number.
    if (facts.shown_unit().english().size() <= 8) box_->setUnit(textOf(facts.shown_unit()));
    box_->setInteger(integer_);
    box_->setRange(facts.minimum * factor_, facts.maximum * factor_);
    box_->setZeroText(textOf(facts.zero_word));
    box_->setAbsentText(textOf(facts.absent));
    box_->setListAllowed(facts.per_layer);
    setInput(facts, box_);
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
  void setValue(const ParameterValue& value) override {
    if (const auto* list = std::get_if<std::vector<LayerValue>>(&value)) {
      QStringList words;
      for (const LayerValue& one : *list) {
        const double shown = shownOf(std::visit([](auto v) -> ParameterValue { return v; }, one));
        words << (std::isnan(shown) ? QString("none") : QString::number(shown, 'g', 10));
      }
      box_->setList(words.join(", "));
    } else {
      box_->setValue(shownOf(value));
    }
  }

 private:
  /// NaN: no value.
  [[nodiscard]] double shownOf(const ParameterValue& value) const {
    if (std::holds_alternative<Absent>(value)) return std::numeric_limits<double>::quiet_NaN();
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return double(*whole) * factor_;
    return std::get<double>(value) * factor_;
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

class TextEditor : public ParameterEditor {
 public:
  TextEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), line_(new QLineEdit(this)) {
    setInput(facts, line_);
    connect(line_, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(text.toStdString()); });
  }
  void setValue(const ParameterValue& value) override {
    const auto* given = std::get_if<std::string>(&value);
    const QString text = given == nullptr ? QString() : QString::fromStdString(*given);
    if (line_->text() != text) line_->setText(text);
  }

 private:
  QLineEdit* line_;
};

/// "128, 64" with a button to add a layer like the last and one to take the last away.
class SizesEditor : public ParameterEditor {
 public:
  using Sizes = std::vector<std::int64_t>;

  SizesEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), line_(new QLineEdit(this)), fewer_(new QToolButton(this)),
        more_(new QToolButton(this)) {
    setInput(facts, line_);
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
  void setValue(const ParameterValue& value) override {
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

/// Values that only a file can give, such as one delay a unit.
class ManyValues : public ParameterEditor {
 public:
  ManyValues(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), line_(new QLineEdit(this)) {
    line_->setReadOnly(true);
    setInput(facts, line_);
  }
  void setValue(const ParameterValue& value) override {
    const auto* wholes = std::get_if<std::vector<std::int64_t>>(&value);
    const auto* reals = std::get_if<std::vector<double>>(&value);
    const auto count = wholes != nullptr ? wholes->size() : reals != nullptr ? reals->size() : 0;
    line_->setText(count == 0 ? tr("drawn") : tr("%n value(s)", nullptr, int(count)));
  }

 private:
  QLineEdit* line_;
};

}  // namespace

QString explanationOf(const ParameterFacts& facts) {
  QString text = textOf(facts.explanation);
  for (const ChoiceMeaning& one : facts.meanings) {
    text += QString(" %1: %2").arg(QString::fromStdString(one.choice), textOf(one.meaning));
  }
  if (!facts.unit.empty()) text += ParameterEditor::tr(" (in %1)").arg(textOf(facts.shown_unit()));
  return "<p>" + text.toHtmlEscaped() + "</p>";
}

void ParameterEditor::setInput(const ParameterFacts& facts, QWidget* input) {
  input_ = input;
  input->setObjectName(textOf(facts.key));
  input->setAccessibleName(textOf(facts.label));
  input->setToolTip(explanationOf(facts));
  input->setFocusPolicy(Qt::StrongFocus);
  input->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  input->setMinimumWidth(60);
  input->installEventFilter(new EditorGuard(input));
  setFocusProxy(input);
  addToRow(input);
}

void ParameterEditor::addToRow(QWidget* widget) {
  auto* row = qobject_cast<QHBoxLayout*>(layout());
  if (row == nullptr) {
    row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2);
  }
  row->addWidget(widget);
}

ParameterEditor* makeParameterEditor(const ParameterFacts& facts, QWidget* parent) {
  switch (facts.type) {
    case ParameterType::flag:
      return new CheckEditor(facts, parent);
    case ParameterType::whole:
    case ParameterType::real:
      return new NumberEditor(facts, parent);
    case ParameterType::wholes:
      // A list that may be absent is one a unit.
      if (facts.absent.empty()) return new SizesEditor(facts, parent);
      return new ManyValues(facts, parent);
    case ParameterType::reals:
      return new ManyValues(facts, parent);
    case ParameterType::layers:
      return new LayersEditor(facts, parent);
    case ParameterType::text:
      break;
  }
  if (!facts.choices.empty()) return new ChoiceEditor(facts, parent);
  return new TextEditor(facts, parent);
}

}  // namespace paralif
