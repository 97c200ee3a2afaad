// Check box, combo box, number box and text.
#include "widgets/network/parameter_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>

#include <cmath>
#include <limits>

#include "widgets/form/editor_guard.h"
#include "widgets/form/number_box.h"
#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

QString textOf(std::string_view words) {
  return QString::fromUtf8(words.data(), qsizetype(words.size()));
}

class FlagEditor : public ParameterEditor {
 public:
  FlagEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), box_(new QCheckBox(this)) {
    setInput(facts, box_);
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on); });
  }
  void setValue(const ParameterValue& value) override {
    const bool* on = std::get_if<bool>(&value);
    box_->setChecked(on != nullptr && *on);
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
      : ParameterEditor(parent), box_(new NumberBox(this)),
        whole_(facts.type == ParameterType::whole) {
    box_->setInteger(whole_);
    if (facts.unit.size() <= 8) box_->setUnit(textOf(facts.unit));
    box_->setRange(facts.minimum, facts.maximum);
    box_->setAbsentText(textOf(facts.absent));
    setInput(facts, box_);
    connect(box_, &NumberBox::valueEdited, this, [this](double shown) {
      if (std::isnan(shown)) {
        Q_EMIT edited(std::monostate{});
      } else if (whole_) {
        Q_EMIT edited(static_cast<std::int64_t>(shown));
      } else {
        Q_EMIT edited(shown);
      }
    });
    connect(box_, &NumberBox::unreadable, this, [this](const QString& text) {
      Q_EMIT unreadable(hasAmbiguousComma(text)
                            ? tr("'%1' can be read in two ways; write a point before decimals and "
                                 "nothing between thousands")
                                  .arg(text)
                        : whole_ ? tr("'%1' is not a whole number").arg(text)
                                 : tr("'%1' is not a number").arg(text));
    });
  }
  void setValue(const ParameterValue& value) override {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return box_->setValue(double(*whole));
    const auto* real = std::get_if<double>(&value);
    box_->setValue(real == nullptr ? std::numeric_limits<double>::quiet_NaN() : *real);
  }

 private:
  NumberBox* box_;
  bool whole_;
};

class WordEditor : public ParameterEditor {
 public:
  WordEditor(const ParameterFacts& facts, QWidget* parent)
      : ParameterEditor(parent), line_(new QLineEdit(this)) {
    setInput(facts, line_);
    connect(line_, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(text.toStdString()); });
  }
  void setValue(const ParameterValue& value) override {
    const auto* text = std::get_if<std::string>(&value);
    const QString shown = text == nullptr ? QString() : QString::fromStdString(*text);
    if (line_->text() != shown) line_->setText(shown);
  }

 private:
  QLineEdit* line_;
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

void ParameterEditor::setInput(const ParameterFacts& facts, QWidget* input) {
  QString tip = textOf(facts.explanation);
  if (!facts.unit.empty()) tip += tr(" (in %1)").arg(textOf(facts.unit));
  input->setObjectName(textOf(facts.key));
  input->setAccessibleName(textOf(facts.label));
  input->setToolTip("<p>" + tip.toHtmlEscaped() + "</p>");
  input->setFocusPolicy(Qt::StrongFocus);
  input->setMinimumWidth(60);
  input->installEventFilter(new EditorGuard(input));
  setFocusProxy(input);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->addWidget(input);
  if (facts.type == ParameterType::flag) row->addStretch(1);
}

ParameterEditor* makeParameterEditor(const ParameterFacts& facts, QWidget* parent) {
  switch (facts.type) {
    case ParameterType::flag:
      return new FlagEditor(facts, parent);
    case ParameterType::whole:
    case ParameterType::real:
      return new NumberEditor(facts, parent);
    case ParameterType::wholes:
    case ParameterType::reals:
      return new ManyValues(facts, parent);
    case ParameterType::text:
      break;
  }
  if (!facts.choices.empty()) return new ChoiceEditor(facts, parent);
  return new WordEditor(facts, parent);
}

}  // namespace paralif
