#include "widgets/theme/numbers.h"

#include <QRegularExpression>

#include <cmath>

namespace paralif {
namespace {

constexpr int decimalDigits = 15;  // of a double that survive from text to text

QString plain(QStringView text) {
  QString kept = text.trimmed().toString();
  kept.replace(QChar(0x2212), '-');  // minus sign
  return kept;
}

}  // namespace

QLocale numberLocale() {
  QLocale notation = QLocale::c();
  notation.setNumberOptions(QLocale::OmitGroupSeparator | QLocale::RejectGroupSeparator);
  return notation;
}

void useNumberNotation() { QLocale::setDefault(numberLocale()); }

QString numberText(double value, int digits) {
  return QString::number(value == 0.0 ? 0.0 : value, 'g', digits);  // never "-0"
}

QString fullNumberText(double value) { return numberText(value, decimalDigits); }

QString withUnit(const QString& number, const QString& unit) {
  return unit.isEmpty() ? number : number + ' ' + unit;
}

bool hasAmbiguousComma(QStringView text) {
  static const QRegularExpression grouped(R"(^[-+]?[1-9]\d{0,2},\d{3}$)");
  return grouped.match(plain(text)).hasMatch();
}

std::optional<double> readNumber(QStringView text) {
  static const QRegularExpression decimalComma(R"(^[-+]?\d*,\d+([eE][-+]?\d+)?$)");
  QString number = plain(text);
  if (decimalComma.match(number).hasMatch()) {
    if (hasAmbiguousComma(number)) return std::nullopt;
    number.replace(',', '.');
  }
  bool good = false;
  const double value = number.toDouble(&good);
  if (!good || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace paralif
