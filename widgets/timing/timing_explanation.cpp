#include "widgets/timing/timing_explanation.h"

#include <QEvent>

#include "widgets/theme/theme.h"

namespace paralif {

TimingExplanation::TimingExplanation(QWidget* parent) : QTextBrowser(parent) {
  setObjectName("timingExplanation");
  setAccessibleName(tr("What the curves show"));
  setFrameShape(QFrame::NoFrame);
  setOpenExternalLinks(true);
  document()->setDocumentMargin(10);
  show();
}

void TimingExplanation::show() {
  const QString style =
      QString(
          "<style>h4 { color: %1; margin: 10px 0 2px 0; } p { margin: 0 0 4px 0; }"
          "code { color: %2; }</style>")
          .arg(Theme::of(palette()).text.name(), Theme::of(palette()).accent.name());
  setHtml(style + tr(R"(
<h4>Why LIF is sequential</h4>
<p>A LIF neuron resets its membrane when it spikes. Whether it spikes at step <i>t</i> is known
only once step <i>t</i>&nbsp;−&nbsp;1 is done, so the steps stand in line: <code>sequential</code>
issues a handful of small tensor operations a step, and the time grows in proportion to the
length. At batch 1 each of them does almost no work and costs microseconds all the same.</p>

<h4>What ParaLIF changes</h4>
<p>ParaLIF drops the reset. What remains is a linear filter of the input, two exponential decays
one after the other, and a rule that turns the membrane into spikes. A linear filter needs no line:
all steps can be computed at once. The <code>sequential</code> form of ParaLIF is the same
neuron computed step by step, to show that the gain is the form and not the neuron.</p>

<h4>Where the FFT's n log n shows</h4>
<p><code>fft</code> multiplies spectra of twice the length: a few large operations instead of many
small ones. For short inputs their fixed cost makes the curve flat; for long inputs it rises a
little faster than the length, as n log n, and it moves every value through memory many times.
Lengths with large prime factors cost more than their neighbours.</p>

<h4>Why fused beats it</h4>
<p><code>fused</code> sweeps once over the input with the state of many neurons in vector
registers: each value is read once and each spike written once. That is the least any
implementation can move, so its time stands close to that of a plain memory copy; the cursor
tells how close. LIF has a fused form too: still step after step, but without a tensor operation
for each.</p>

<h4>With the backward pass (dotted)</h4>
<p>In the published step-by-step form the gradient of each step is an array as long as the whole
input. The backward pass therefore grows with the square of the length: doubling the length
makes it four times as slow.</p>

<h4>What happens on a GPU</h4>
<p>A GPU has thousands of lanes and pays for every launch. Step-by-step code launches some ten
kernels a step and leaves nearly all lanes idle; its curve lies above the CPU's. The parallel
forms fill the lanes and stay flat until the GPU is full. Launching returns before the work is
done, so a GPU is timed only after it has been waited for.</p>

<h4>How it is measured</h4>
<p>All points take turns, so that a disturbance meets all alike. Warm-up passes are dropped; a
trial repeats short passes for ten milliseconds; lines are medians, bands the middle half of the
trials.</p>
)"));
}

void TimingExplanation::changeEvent(QEvent* event) {
  QTextBrowser::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) show();
}

}  // namespace paralif
