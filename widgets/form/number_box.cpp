// Reading, showing and stepping numbers.
#include "widgets/form/number_box.h"

#include <QEvent>
#include <QHelpEvent>
#include <QLineEdit>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/theme/numbers.h"

namespace paralif {
namespace {

constexpr double largestWhole = 9007199254740992.0;  // 2^53: every whole number below is exact

/// Several values: a blank follows each comma ("20, 10"), or blanks alone part them. "0,5" is one
/// number, and "20,10" is refused where it is read as one.
bool isList(const QString& text) {
  const QStringList parts = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
  if (parts.size() < 2) return false;
  return std::ranges::all_of(parts, [](QString part) {
    if (part.endsWith(',')) part.chop(1);
    return !part.contains(',');
  });
}

}  // namespace

NumberBox::NumberBox(QWidget* parent) : QAbstractSpinBox(parent) {
  connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::readText);
  connect(this, &QAbstractSpinBox::editingFinished, this, [this] {
    if (readable_) showValue();
  });
  showValue();
}

void NumberBox::setRange(double minimum, double maximum) {
  minimum_ = minimum;
  maximum_ = maximum;
}

void NumberBox::setValue(double value) {
  const bool same = value == value_ || (std::isnan(value) && std::isnan(value_));
  if (same && listText_.isEmpty() && readable_ && hasFocus()) return;  // keep what is being typed
  value_ = value;
  listText_.clear();
  readable_ = true;
  showValue();
}

void NumberBox::setList(const QString& text) {
  if (text == listText_ && readable_ && hasFocus()) return;
  listText_ = text;
  readable_ = true;
  showValue();
}

QString NumberBox::specialText() const {
  const QString unit = listText_.isEmpty() || unit_.isEmpty() ? QString() : " " + unit_;
  return (listText_.isEmpty() ? absentText_ : listText_) + unit;
}

QString NumberBox::fullText() const {
  if (!listText_.isEmpty() || std::isnan(value_)) return specialText();
  if (value_ == 0.0 && !zeroText_.isEmpty()) return zeroText_;
  return withUnit(fullNumberText(value_), unit_);
}

QString NumberBox::shownText() const {
  const bool special = !listText_.isEmpty() || std::isnan(value_);
  if (special || hasFocus() || (value_ == 0.0 && !zeroText_.isEmpty())) return fullText();
  const int room = lineEdit()->width() - fontMetrics().horizontalAdvance('0');
  const bool fits = fontMetrics().horizontalAdvance(fullText()) <= room;
  return integer_ && fits ? fullText() : withUnit(numberText(value_), unit_);
}

void NumberBox::showValue() {
  const QString text = shownText();
  if (lineEdit()->text() != text) lineEdit()->setText(text);
  if (!hasFocus()) lineEdit()->setCursorPosition(0);  // what is too long is cut at its end
}

void NumberBox::readText(const QString& text) {
  QString number = text.trimmed();
  if (!unit_.isEmpty() && number.endsWith(unit_)) number.chop(unit_.size());
  number = number.trimmed();
  // A list has a blank after its commas or is no number in any reading: 0,5 is a number.
  if (listAllowed_ && isList(number)) {
    listText_ = number;
    readable_ = true;
    Q_EMIT listEdited(number);
    return;
  }
  const auto isAbsent = [&] {
    return number.isEmpty() || number.compare("none", Qt::CaseInsensitive) == 0 ||
           number.compare(absentText_, Qt::CaseInsensitive) == 0;
  };
  if (!absentText_.isEmpty() && isAbsent()) {
    listText_.clear();
    readable_ = true;
    value_ = std::numeric_limits<double>::quiet_NaN();
    Q_EMIT valueEdited(value_);
    return;
  }
  const bool zero = !zeroText_.isEmpty() && number.compare(zeroText_, Qt::CaseInsensitive) == 0;
  const std::optional<double> value = zero ? 0.0 : readNumber(number);
  readable_ = value && (!integer_ || (*value == std::floor(*value) &&
                                      std::abs(*value) <= largestWhole));
  if (!readable_) {
    Q_EMIT unreadable(text);
    return;
  }
  value_ = *value;
  listText_.clear();
  Q_EMIT valueEdited(value_);
}

double NumberBox::stepSize(bool down) const {
  if (value_ == 0.0) return integer_ ? 1.0 : (maximum_ <= 1.0 ? 0.01 : 1.0);
  // Going down from 10 the next decade counts, so that 10 -> 9.9 and not 10 -> 9.
  const double size = std::abs(value_) * (down ? 0.9999 : 1.0);
  const double tenth = std::pow(10.0, std::floor(std::log10(size)) - 1.0);
  return integer_ ? std::max(1.0, tenth) : tenth;
}

void NumberBox::stepBy(int steps) {
  if (!listText_.isEmpty()) return;
  const bool fromAbsent = std::isnan(value_);
  if (fromAbsent || (!absentText_.isEmpty() && steps < 0 && value_ <= minimum_)) {
    if (fromAbsent && steps < 0) return;
    value_ = fromAbsent ? minimum_ : std::numeric_limits<double>::quiet_NaN();
    readable_ = true;
    showValue();
    selectAll();
    Q_EMIT valueEdited(value_);
    return;
  }
  const double size = stepSize(steps < 0);
  // Whole multiples of the step keep the digits short.
  const double next = (std::round(value_ / size) + steps) * size;
  value_ = std::clamp(next, minimum_, maximum_);
  if (integer_) value_ = std::round(value_);
  readable_ = true;
  showValue();
  selectAll();
  Q_EMIT valueEdited(value_);
}

QValidator::State NumberBox::validate(QString&, int&) const { return QValidator::Acceptable; }

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  StepEnabled enabled = StepNone;
  if (!listText_.isEmpty()) return enabled;
  if (std::isnan(value_)) return StepUpEnabled;
  if (!absentText_.isEmpty()) enabled |= StepDownEnabled;
  if (value_ < maximum_) enabled |= StepUpEnabled;
  if (value_ > minimum_) enabled |= StepDownEnabled;
  return enabled;
}

void NumberBox::focusInEvent(QFocusEvent* event) {
  if (readable_) showValue();  // every digit, before Qt selects them
  QAbstractSpinBox::focusInEvent(event);
}

void NumberBox::focusOutEvent(QFocusEvent* event) {
  QAbstractSpinBox::focusOutEvent(event);
  if (readable_) showValue();
}

void NumberBox::resizeEvent(QResizeEvent* event) {
  QAbstractSpinBox::resizeEvent(event);
  if (readable_ && !hasFocus()) showValue();
}

bool NumberBox::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || lineEdit()->text() == fullText()) {
    return QAbstractSpinBox::event(event);
  }
  const QString number = "<p><b>" + fullText().toHtmlEscaped() + "</b></p>";
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), number + toolTip(), this);
  return true;
}

QSize NumberBox::sizeHint() const { return {110, QAbstractSpinBox::sizeHint().height()}; }

QSize NumberBox::minimumSizeHint() const { return {80, QAbstractSpinBox::sizeHint().height()}; }

}  // namespace paralif
