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
      label_(new QLabel(label)),
      slider_(new QSlider(Qt::Horizontal)),
      field_(new NumberBox) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  label_->setFixedWidth(46);
  label_->setBuddy(field_);
  slider_->setRange(0, positions);
  slider_->setPageStep(positions / 20);
  slider_->setMinimumWidth(70);
  field_->setUnit(unit);
  field_->setRange(scale.zeroIsNone ? 0.0 : scale.minimum, scale.maximum);
  if (scale.zeroIsNone) field_->setZeroText(tr("none"));
  field_->setFixedWidth(92);
  row->addWidget(label_);
  row->addWidget(slider_, 1);
  row->addWidget(field_);
  field_->setValue(0.0);  // shows it with unit and word for zero
  slider_->setValue(positionOf(0.0));
  for (QWidget* part : {static_cast<QWidget*>(label_), static_cast<QWidget*>(slider_),
                        static_cast<QWidget*>(field_)}) {
    part->setToolTip(tooltip);
    part->setAccessibleName(tooltip);
  }
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    const double chosen = valueAt(position);
    field_->setValue(chosen);
    Q_EMIT valueEdited(chosen);
    if (!slider_->isSliderDown()) Q_EMIT editFinished();
  });
  connect(slider_, &QSlider::sliderReleased, this, &ParameterSlider::editFinished);
  connect(field_, &NumberBox::valueEdited, this, [this](double edited) {
    const QSignalBlocker quiet(slider_);
    slider_->setValue(positionOf(edited));
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
  const QSignalBlocker quiet(slider_);
  slider_->setValue(positionOf(value));
}

int ParameterSlider::positionOf(double value) const {
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
