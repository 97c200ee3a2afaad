// Each pixel is mixed from the colours of its rising and falling events.
#include "widgets/views/frames_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/views/event_cloud.h"
#include "widgets/views/pixel_canvas.h"
#include "widgets/views/player_bar.h"

namespace paralif {

FramesView::FramesView(QWidget* parent)
    : QWidget(parent),
      canvas_(new PixelCanvas),
      cloud_(new EventCloud),
      pictures_(new QStackedWidget),
      player_(new PlayerBar),
      accumulated_(new QCheckBox(tr("&All events at once"))),
      inSpace_(new QCheckBox(tr("&3-D cloud"))),
      window_(new QComboBox) {
  for (const int ms : {1, 5, 10, 20, 50}) window_->addItem(tr("%1 ms").arg(ms), ms * 1e-3);
  window_->setCurrentIndex(2);
  window_->setAccessibleName(tr("Length of a frame"));
  window_->setToolTip(tr("How much time one frame shows"));
  canvas_->setAccessibleName(tr("Frame"));
  accumulated_->setToolTip(tr("Show the whole recording in one image"));
  inSpace_->setObjectName("eventCloud");
  inSpace_->setToolTip(tr("Show events in a box of x, y and time that the mouse turns"));
  auto* options = new QHBoxLayout;
  options->setContentsMargins(8, 4, 8, 0);
  auto* label = new QLabel(tr("&Frame:"));
  label->setBuddy(window_);
  options->addWidget(label);
  options->addWidget(window_);
  options->addWidget(accumulated_);
  options->addWidget(inSpace_);
  options->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(options);
  pictures_->addWidget(canvas_);
  pictures_->addWidget(cloud_);
  column->addWidget(pictures_, 1);
  column->addWidget(player_);
  accumulated_->setChecked(true);
  connect(player_, &PlayerBar::stepChanged, this, &FramesView::draw);
  connect(player_, &PlayerBar::used, accumulated_, [this] { accumulated_->setChecked(false); });
  connect(window_, &QComboBox::currentIndexChanged, this, &FramesView::restart);
  connect(accumulated_, &QCheckBox::toggled, this, &FramesView::draw);
  connect(inSpace_, &QCheckBox::toggled, this, [this](bool on) {
    pictures_->setCurrentIndex(on ? 1 : 0);
    if (on) cloud_->setFocus();
    draw();
  });
}

void FramesView::setAccumulated(bool accumulated) {
  accumulated_->setChecked(accumulated);
}

void FramesView::setRecording(std::shared_ptr<const Recording> recording, SensorShape sensor,
                              double tickS) {
  recording_ = std::move(recording);
  sensor_ = sensor;
  tickS_ = tickS;
  cloud_->setRecording(recording_, sensor_, tickS_);
  restart();
}

double FramesView::windowS() const {
  return window_->currentData().toDouble();
}

void FramesView::restart() {
  constexpr double mostFrames = 1e6;
  constexpr int shownMs = 40;
  double frames = 0;
  if (recording_ != nullptr && recording_->size() > 0) {
    frames = std::floor((recording_->time.back() - recording_->time.front()) * tickS_ / windowS());
  }
  player_->setSteps(int(std::min(frames, mostFrames)) + 1, shownMs);
}

void FramesView::draw() {
  if (recording_ == nullptr || recording_->size() == 0) {
    shown_ = 0;
    canvas_->setImage({});
    player_->setText({});
    return;
  }
  const auto& times = recording_->time;
  std::size_t first = 0;
  std::size_t last = times.size();
  if (!accumulated_->isChecked()) {
    const double begin = times.front() + player_->step() * windowS() / tickS_;
    const double end = begin + windowS() / tickS_;
    first = std::size_t(std::ranges::lower_bound(times, begin) - times.begin());
    last = std::size_t(std::ranges::lower_bound(times, end) - times.begin());
    player_->setText(
        tr("%1 s to %2 s").arg(begin * tickS_, 0, 'f', 3).arg(end * tickS_, 0, 'f', 3));
  }
  if (accumulated_->isChecked()) player_->setText(tr("all of it"));
  shown_ = last - first;
  if (inSpace_->isChecked()) {
    cloud_->setWindow(first, last);
    return;
  }
  canvas_->setImage(render(first, last));
  canvas_->setToolTip(tr("%1 events; blue: brighter, orange: darker").arg(shown_));
}

QImage FramesView::render(std::size_t first, std::size_t last) const {
  const auto pixels = std::size_t(sensor_.width * sensor_.height);
  std::vector<float> counts(pixels * 2, 0.0F);
  for (std::size_t i = first; i < last; ++i) {
    counts[std::min<std::size_t>(recording_->unit[i], counts.size() - 1)] += 1.0F;
  }
  // The brightest hundredth may saturate, so that a hot pixel does not darken the rest.
  std::vector<float> active;
  std::ranges::copy_if(counts, std::back_inserter(active), [](float c) { return c > 0; });
  float full = 1.0F;
  if (!active.empty()) {
    const auto at = active.begin() + std::ptrdiff_t(double(active.size() - 1) * 0.99);
    std::ranges::nth_element(active, at);
    full = *at;
  }
  const Theme& theme = Theme::of(palette());
  QImage image(sensor_.width, sensor_.height, QImage::Format_RGB32);
  for (int y = 0; y < sensor_.height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < sensor_.width; ++x) {
      const auto pixel = std::size_t(y * sensor_.width + x);
      const float off = counts[pixel];
      const float on = counts[pixels + pixel];
      const double strength = std::min(1.0, double(off + on) / double(full));
      const QColor colour =
          mix(theme.series[1], theme.series[0], on + off > 0 ? double(on / (on + off)) : 0.0);
      line[x] = mix(theme.surface, colour, std::sqrt(strength)).rgb();
    }
  }
  return image;
}

void FramesView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) draw();
}

}  // namespace paralif
