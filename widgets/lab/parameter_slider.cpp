// The scale of the slider.
#include "widgets/lab/parameter_slider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

#include "widgets/form/number_box.h"

namespace paralif {
namespace {

constexpr int positions = 1000;
constexpr int digits = 3;  // of a slider's values

double rounded(double value) {
  if (value == 0.0) return 0.0;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - digits + 1);
  return std::round(value / unit) * unit;
}

}  // namespace

ParameterSlider::ParameterSlider(const QString& label, const QString& unit, const QString& tooltip,
                                 const Scale& scale, QWidget* parent)
    : QWidget(parent),
      scale_(scale),
      tooltip_(tooltip),
      label_(new QLabel(label)),
      mark_(new QLabel),
      slider_(new QSlider(Qt::Horizontal)),
      field_(new NumberBox) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  label_->setFixedWidth(std::max(38, fontMetrics().horizontalAdvance("τ_mem") + 2));
  mark_->setObjectName("scaleMark");
  mark_->setForegroundRole(QPalette::PlaceholderText);
  QFont small = font();
  small.setPointSizeF(0.8 * small.pointSizeF());
  mark_->setFont(small);
  mark_->setFixedWidth(QFontMetrics(small).horizontalAdvance("−log") + 2);
  label_->setBuddy(field_);
  slider_->setRange(0, positions);
  slider_->setPageStep(positions / 20);
  slider_->setMinimumWidth(50);
  field_->setUnit(unit);
  const double lowest = scale.logarithmic ? -scale.maximum : scale.minimum;
  field_->setRange(scale.zeroIsNone ? 0.0 : lowest, scale.maximum);
  if (scale.zeroIsNone) field_->setZeroText(tr("none"));
  // Five digits, the unit and the arrows; the same in every row.
  field_->setFixedWidth(std::max(92, fontMetrics().horizontalAdvance("0.095956 ms") + 26));
  row->addWidget(label_);
  row->addWidget(mark_);
  row->addWidget(slider_, 1);
  row->addWidget(field_);
  field_->setValue(0.0);  // shows it with unit and word for zero
  place(0.0);
  for (QWidget* part : {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_),
                        static_cast<QWidget*>(field_)}) {
    part->setToolTip(tooltip);
    part->setAccessibleName(tooltip);
  }
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    const double chosen = (isNegative() ? -1.0 : 1.0) * valueAt(position);
    field_->setValue(chosen);
    mark_->setText(mark());
    Q_EMIT valueEdited(chosen);
    if (!slider_->isSliderDown()) Q_EMIT editFinished();
  });
  connect(slider_, &QSlider::sliderReleased, this, &ParameterSlider::editFinished);
  connect(field_, &NumberBox::valueEdited, this, [this](double edited) {
    place(edited);
    Q_EMIT valueEdited(edited);
  });
  connect(field_, &QAbstractSpinBox::editingFinished, this, &ParameterSlider::editFinished);
}

double ParameterSlider::value() const {
  return field_->value();
}

void ParameterSlider::setValue(double value) {
  if (value == field_->value()) return;
  field_->setValue(value);
  place(value);
}

void ParameterSlider::place(double value) {
  const QSignalBlocker quiet(slider_);
  slider_->setValue(positionOf(value));
  const QString mark = this->mark();
  mark_->setText(mark);
  QString explained = tooltip_;
  if (scale_.logarithmic) explained += tr("\nThe slider is logarithmic");
  if (isNegative()) explained += tr(" and moves the size of the negative number");
  if (mark == "‹" || mark == "›") {
    explained +=
        tr("\nBeyond the slider, which goes from %1 to %2").arg(scale_.minimum).arg(scale_.maximum);
  }
  for (QWidget* part : {static_cast<QWidget*>(mark_), static_cast<QWidget*>(slider_)}) {
    part->setToolTip(explained);
  }
}

bool ParameterSlider::isNegative() const {
  return scale_.logarithmic && !scale_.zeroIsNone && field_->value() < 0.0;
}

QString ParameterSlider::mark() const {
  const double value = isNegative() ? -field_->value() : field_->value();
  const bool none = scale_.zeroIsNone && value == 0.0;
  if (!none && value < scale_.minimum) return "‹";
  if (value > scale_.maximum) return "›";
  if (!scale_.logarithmic) return {};
  return isNegative() ? "−log" : "log";
}

int ParameterSlider::positionOf(double value) const {
  if (scale_.logarithmic && !scale_.zeroIsNone) value = std::abs(value);
  if (scale_.zeroIsNone && value <= 0.0) return 0;
  double part = 0.0;
  if (scale_.logarithmic) {
    part = std::log(std::max(value, scale_.minimum) / scale_.minimum) /
           std::log(scale_.maximum / scale_.minimum);
  } else {
    part = (value - scale_.minimum) / (scale_.maximum - scale_.minimum);
  }
  const int first = scale_.zeroIsNone ? 1 : 0;
  return std::clamp(static_cast<int>(std::lround(first + part * (positions - first))), first,
                    positions);
}

double ParameterSlider::valueAt(int position) const {
  if (scale_.zeroIsNone && position == 0) return 0.0;
  const int first = scale_.zeroIsNone ? 1 : 0;
  const double part = static_cast<double>(position - first) / (positions - first);
  if (scale_.logarithmic) {
    return rounded(scale_.minimum * std::pow(scale_.maximum / scale_.minimum, part));
  }
  const double range = scale_.maximum - scale_.minimum;
  const double unit = std::pow(10.0, std::floor(std::log10(range)) - digits + 1);
  return std::round((scale_.minimum + part * range) / unit) * unit;
}

}  // namespace paralif
