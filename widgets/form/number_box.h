// A spin box for whole and real numbers of any size, with a unit and a word for zero.
#pragma once

#include <QAbstractSpinBox>
#include <QString>

namespace paralif {

/// Holds any number, also one outside the field's range: the form says what is wrong with it
/// instead of changing it behind the user's back. Steps by a tenth of the value's decade.
///
/// With the keyboard in it, every digit is shown; otherwise five significant ones, or all of a
/// whole number that has room, and all of them in the tool tip.
class NumberBox : public QAbstractSpinBox {
  Q_OBJECT

 public:
  explicit NumberBox(QWidget* parent = nullptr);

  void setInteger(bool integer) { integer_ = integer; }
  void setRange(double minimum, double maximum);  ///< where stepping ends
  void setUnit(const QString& unit) { unit_ = unit; }
  void setZeroText(const QString& text) { zeroText_ = text; }
  /// Allows no value, which is NaN here, under this word; an empty box is no value too.
  void setAbsentText(const QString& text) { absentText_ = text; }
  /// Allows several values, one a layer, between blanks or commas with a blank ("20, 10").
  void setListAllowed(bool allowed) { listAllowed_ = allowed; }

  [[nodiscard]] double value() const { return value_; }
  void setValue(double value);  ///< emits nothing
  void setList(const QString& text);  ///< values between commas, without the unit; emits nothing

  void stepBy(int steps) override;
  QValidator::State validate(QString& input, int& position) const override;
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void valueEdited(double value);
  void listEdited(const QString& text);
  void unreadable(const QString& text);

 protected:
  [[nodiscard]] StepEnabled stepEnabled() const override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void readText(const QString& text);
  void showValue();
  [[nodiscard]] QString specialText() const;  ///< of a list or of no value
  [[nodiscard]] QString fullText() const;
  [[nodiscard]] QString shownText() const;
  [[nodiscard]] double stepSize(bool down) const;

  double value_ = 0.0;
  double minimum_ = 0.0;
  double maximum_ = 1.0;
  bool integer_ = false;
  bool readable_ = true;
  QString unit_;
  QString zeroText_;
  QString absentText_;
  QString listText_;  ///< empty: one value
  bool listAllowed_ = false;
};

}  // namespace paralif
