#include "app/studio/sweep_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "app/studio/training_status.h"
#include "core/sweeps/sweep_pool.h"
#include "widgets/theme/shown_text.h"

namespace paralif {

SweepStrip::SweepStrip(QWidget* parent)
    : QWidget(parent),
      text_(new QLabel(this)),
      progress_(new QProgressBar(this)),
      stop_(new QPushButton(tr("S&top the sweep"), this)) {
  setObjectName("sweepStrip");
  text_->setObjectName("sweepText");
  text_->setTextFormat(Qt::PlainText);
  stop_->setObjectName("sweepStop");
  stop_->setToolTip(tr("Ends its trainings with a checkpoint; Continue goes on with the sweep"));
  progress_->setRange(0, 1000);
  progress_->setMaximumWidth(220);
  progress_->setTextVisible(false);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 8, 4);
  row->addWidget(text_, 1);
  row->addWidget(progress_);
  row->addWidget(stop_);
  hide();
  connect(stop_, &QPushButton::clicked, this, &SweepStrip::stop);
  connect(&job_, &BackgroundJob::failed, this, [this](const Failure& failure) {
    hide();
    Q_EMIT failed(failure.sentence);
  });
  connect(&job_, &BackgroundJob::progressed, this, [this](double part, double remaining) {
    if (part < 0) return;
    progress_->setValue(static_cast<int>(1000 * part));
    progress_->setToolTip(remaining >= 0 ? tr("%1 left").arg(duration(remaining)) : QString());
  });
  connect(&job_, &BackgroundJob::ended, this, [this](JobStatus) {
    stop_->setEnabled(true);
    hide();
    Q_EMIT changed();
  });
}

SweepStrip::~SweepStrip() = default;

void SweepStrip::start(const std::filesystem::path& root, const SweepPlan& plan, int jobs) {
  begin([root, plan] { return make_sweep(root, plan); }, jobs, false);
}

void SweepStrip::resume(const std::filesystem::path& sweep) {
  begin([sweep] { return sweep; }, 0, true);
}

void SweepStrip::begin(std::function<std::filesystem::path()> folder, int jobs, bool retry) {
  if (job_.isRunning()) {
    Q_EMIT failed(tr("A sweep is being trained already; stop it first."));
    return;
  }
  text_->setText(tr("Making the runs of the sweep..."));
  progress_->setValue(0);
  QWidget::show();
  job_.start(
      // The strip ends its job and waits for it before it goes.
      [this, folder = std::move(folder), jobs, retry](JobControl& control) {
        const std::filesystem::path place = folder();
        SweepPoolOptions options;
        options.jobs = jobs;
        options.retry_failed = retry;
        return run_sweep(place, options, control, [this](const std::vector<TrialState>& states) {
          QMetaObject::invokeMethod(
              this, [this, states] { show(states); }, Qt::QueuedConnection);
        });
      },
      [this](const std::vector<TrialState>& states) {
        Q_EMIT finished(tr("The sweep has ended: %1.").arg(QString::fromStdString(counted(states))));
      });
}

void SweepStrip::show(const std::vector<TrialState>& states) {
  if (!job_.isRunning() || !stop_->isEnabled()) return;
  text_->setText(tr("Sweep: %1").arg(QString::fromStdString(counted(states))));
  Q_EMIT changed();
}

void SweepStrip::stop() {
  if (!job_.isRunning()) return;
  text_->setText(tr("Ending the trainings of the sweep..."));
  stop_->setEnabled(false);
  job_.cancel();
}

}  // namespace paralif
