// Reading, showing and stepping numbers.
#include "widgets/form/number_box.h"

#include <QLineEdit>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paralif {

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

void NumberBox::showValue() {
  if (!listText_.isEmpty() || std::isnan(value_)) {
    const QString unit = listText_.isEmpty() || unit_.isEmpty() ? QString() : " " + unit_;
    const QString special = (listText_.isEmpty() ? absentText_ : listText_) + unit;
    if (lineEdit()->text() != special) lineEdit()->setText(special);
    return;
  }
  QString text = value_ == 0.0 && !zeroText_.isEmpty() ? zeroText_
                                                       : QString::number(value_, 'g', 10);
  if (!unit_.isEmpty() && (value_ != 0.0 || zeroText_.isEmpty())) text += " " + unit_;
  if (lineEdit()->text() != text) lineEdit()->setText(text);
}

void NumberBox::readText(const QString& text) {
  QString number = text.trimmed();
  if (!unit_.isEmpty() && number.endsWith(unit_)) number.chop(unit_.size());
  number = number.trimmed();
  if (listAllowed_ && number.contains(',')) {
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
  bool good = false;
  double value = number.toDouble(&good);
  if (!zeroText_.isEmpty() && number.compare(zeroText_, Qt::CaseInsensitive) == 0) {
    value = 0.0;
    good = true;
  }
  good = good && std::isfinite(value) && (!integer_ || value == std::floor(value));
  readable_ = good;
  if (!good) {
    Q_EMIT unreadable(text);
    return;
  }
  value_ = value;
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

void NumberBox::focusOutEvent(QFocusEvent* event) {
  QAbstractSpinBox::focusOutEvent(event);
  if (readable_) showValue();
}

QSize NumberBox::sizeHint() const { return {110, QAbstractSpinBox::sizeHint().height()}; }

QSize NumberBox::minimumSizeHint() const { return {80, QAbstractSpinBox::sizeHint().height()}; }

}  // namespace paralif
