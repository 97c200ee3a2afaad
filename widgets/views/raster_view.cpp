// The raster's axes, read-out and header line.
#include "widgets/views/raster_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <limits>

#include "widgets/views/probe_names.h"
#include "widgets/views/view_caption.h"

namespace paralif {

RasterPlot::RasterPlot(QWidget* parent)
    : PlotView(tr("Spike raster"), parent), names_(new QCPAxisTickerText) {
  setUpAxisRect(axisRect(), tr("Time (ms)"), QString());
  raster_ = new SpikeRaster(xAxis, yAxis);
  yAxis->setTicker(names_);
  yAxis->grid()->setVisible(false);
  yAxis->setTickLabelRotation(-90);
  fitAxes();
  applyTheme();
}

void RasterPlot::setProbe(std::shared_ptr<const SampleProbe> probe) {
  probe_ = std::move(probe);
  dataChanged();
}

void RasterPlot::refreshData() {
  raster_->setProbe(probe_);
  setHint(probe_ ? QString() : tr("Spikes appear when training starts (F5)"));
  QMap<double, QString> ticks;
  for (std::size_t layer = 0; probe_ && layer < probe_->layers.size(); ++layer) {
    ticks.insert(raster_->laneBegin(layer) + raster_->laneHeight(layer) / 2,
                 layerTitle(*probe_, layer));
  }
  names_->setTicks(ticks);
  turnNames();
}

void RasterPlot::resizeEvent(QResizeEvent* event) {
  PlotView::resizeEvent(event);
  turnNames();
}

void RasterPlot::turnNames() {
  const auto shown = raster_->probe();  // its lanes are laid out
  if (!shown || shown->layers.empty()) return;
  const QFontMetrics metrics(yAxis->tickLabelFont());
  const double share = axisRect()->height() / raster_->totalHeight();
  bool fit = true;
  for (std::size_t layer = 0; layer < shown->layers.size(); ++layer) {
    const QString name = layerTitle(*shown, layer);
    fit = fit && metrics.horizontalAdvance(name) + 4 <= share * raster_->laneHeight(layer);
  }
  yAxis->setTickLabelRotation(fit ? -90 : 0);
}

void RasterPlot::fitAxes() {
  bool found = false;
  const QCPRange time = raster_->getKeyRange(found);
  xAxis->setRange(0.0, found ? time.upper : 100.0);
  yAxis->setRange(0.0, raster_->totalHeight());
}

void RasterPlot::recolor(const Theme& colours) { raster_->setTheme(colours); }

QString RasterPlot::readout(const QCPAxisRect&, QPointF position) const {
  if (!raster_->probe()) return {};
  const double time = xAxis->pixelToCoord(position.x());
  const auto place = raster_->placeAt(yAxis->pixelToCoord(position.y()));
  QString text = tr("%1 ms").arg(time, 0, 'f', 1);
  if (place.valid) {
    const LayerActivity& layer = raster_->probe()->layers[place.layer];
    text += tr("\n%1 · neuron %2\nlayer fires at %3 Hz")
                .arg(layerTitle(*raster_->probe(), place.layer))
                .arg(place.neuron)
                .arg(layer.rate / raster_->probe()->time_step_s, 0, 'f', 1);
  }
  return text;
}

void RasterPlot::writeCsv(QTextStream& out) const {
  out << "layer,neuron,step,time_ms\n";
  if (!raster_->probe()) return;
  const double stepMs = raster_->probe()->time_step_s * 1e3;
  for (std::size_t i = 0; i < raster_->probe()->layers.size(); ++i) {
    const QString title = layerTitle(*raster_->probe(), i);
    for (const SpikeEvent& spike : raster_->probe()->layers[i].spikes) {
      out << title << ',' << spike.neuron << ',' << spike.step << ','
          << spike.step * stepMs << '\n';
    }
  }
}

RasterView::RasterView(QWidget* parent)
    : QWidget(parent), sample_(new QSpinBox(this)), verdict_(new QLabel(this)),
      caption_(new ViewCaption(this)), plot_(new RasterPlot(this)) {
  sample_->setObjectName("sampleBox");
  sample_->setAccessibleName(tr("Test sample"));
  sample_->setToolTip(tr("Which sample of the test set the raster, the membranes and the map's "
                         "circle show"));
  sample_->setKeyboardTracking(false);
  sample_->setMaximum(0);
  auto* label = new QLabel(tr("Test &sample"), this);
  label->setBuddy(sample_);
  connect(sample_, &QSpinBox::valueChanged, this, [this](int value) {
    showVerdict();
    Q_EMIT sampleChosen(value);
  });
  verdict_->setObjectName("verdict");
  verdict_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

  auto* header = new QHBoxLayout;
  header->setContentsMargins(8, 4, 8, 3);
  header->setSpacing(6);
  header->addWidget(label);
  header->addWidget(sample_);
  header->addSpacing(8);
  caption_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  header->addWidget(verdict_, 3);
  header->addWidget(caption_, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(header);
  column->addWidget(plot_, 1);
}

void RasterView::setClassNames(const ClassNames& names) {
  names_ = names;
  showVerdict();
}

void RasterView::setSamples(qint64 samples) {
  const qint64 last = samples > 0 ? samples - 1 : 0;
  const int maximum = static_cast<int>(std::min<qint64>(last, std::numeric_limits<int>::max()));
  if (samples <= 0 || sample_->maximum() == maximum) return;
  const QSignalBlocker quiet(sample_);
  sample_->setMaximum(maximum);
}

void RasterView::setSample(qint64 sample) {
  if (sample > sample_->maximum()) {
    const QSignalBlocker quiet(sample_);
    sample_->setMaximum(static_cast<int>(sample));
  }
  sample_->setValue(static_cast<int>(sample));
}

void RasterView::setProbe(std::shared_ptr<const SampleProbe> probe) {
  probe_ = probe;
  showVerdict();
  plot_->setProbe(std::move(probe));
}

void RasterView::setProblem(const QString& sentence) {
  problem_ = sentence;
  showVerdict();
}

QString RasterView::verdict() const { return verdict_->text(); }

void RasterView::showVerdict() {
  QString text;
  if (probe_ && probe_->sample == sample_->value()) {
    const bool right = probe_->label == probe_->predicted;
    text = tr("%1, predicted <b>%2</b> %3")
               .arg(names_.of(probe_->label).toHtmlEscaped(),
                    names_.of(probe_->predicted).toHtmlEscaped(), right ? "✓" : "✗");
  } else if (!problem_.isEmpty()) {
    text = probe_ ? tr("cannot be run; shown: sample %1, as recorded").arg(probe_->sample)
                  : tr("cannot be run");
  } else if (probe_) {
    text = tr("is being run; shown: sample %1").arg(probe_->sample);
  }
  verdict_->setText(text);
  verdict_->setToolTip(problem_);
}

}  // namespace paralif
