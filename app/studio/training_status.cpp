// Labels of fixed width, so that numbers that change do not move their neighbours.
#include "app/studio/training_status.h"

#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QUrl>

#include <algorithm>
#include <cmath>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace paralif {
namespace {

QLabel* cell(QWidget* parent, QHBoxLayout* row, const char* name, const QString& widest) {
  auto* label = new QLabel(parent);
  label->setObjectName(name);
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest));
  row->addWidget(label);
  return label;
}

}  // namespace

QString duration(double seconds) {
  const auto whole = static_cast<qint64>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return QObject::tr("%1 s").arg(whole);
  if (whole < 3600) {
    return QObject::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60, 2, 10, QChar('0'));
  }
  return QObject::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60, 2, 10, QChar('0'));
}

TrainingStatus::TrainingStatus(QWidget* parent) : QWidget(parent) {
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 1, 8, 1);
  row->setSpacing(12);
  state_ = cell(this, row, "stateLabel", tr("Preparing    "));  // it is set in bold
  epoch_ = cell(this, row, "epochLabel", tr("Epoch 000/000 · batch 000/000"));
  progress_ = new QProgressBar(this);
  progress_->setObjectName("progress");
  progress_->setAccessibleName(tr("Progress of the training"));
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  progress_->setFixedSize(160, 10);
  QSizePolicy place = progress_->sizePolicy();
  place.setRetainSizeWhenHidden(true);
  progress_->setSizePolicy(place);
  row->addWidget(progress_);
  time_ = cell(this, row, "timeLabel", tr("00 min 00 s left"));
  speed_ = cell(this, row, "speedLabel", tr("00000 samples/s"));
  row->addStretch(1);
  folder_ = new QLabel(this);
  folder_->setObjectName("folderLabel");
  folder_->setOpenExternalLinks(true);
  row->addWidget(folder_);
  clear();
}

void TrainingStatus::clear() {
  setState(SessionState::idle);
  epoch_->clear();
  time_->clear();
  speed_->clear();
  progress_->setValue(0);
  path_.clear();
  showFolder();
}

void TrainingStatus::setState(SessionState state) {
  QString word = QString::fromUtf8(to_string(state).data(), qsizetype(to_string(state).size()));
  if (!word.isEmpty()) word[0] = word[0].toUpper();
  if (state == SessionState::idle) word = tr("Ready");
  progress_->setVisible(state != SessionState::idle);
  state_->setText("<b>" + word + "</b>");
}

void TrainingStatus::show(const Snapshot& snapshot) {
  setState(snapshot.state);
  const bool started = snapshot.epoch > 0;
  epoch_->setText(started ? tr("Epoch %1/%2 · batch %3/%4")
                                .arg(snapshot.epoch)
                                .arg(snapshot.epochs)
                                .arg(snapshot.batch)
                                .arg(snapshot.batches)
                          : QString::fromStdString(snapshot.message));
  double part = 0.0;
  if (started && snapshot.epochs > 0) {
    const double within =
        snapshot.batches > 0 ? double(snapshot.batch) / double(snapshot.batches) : 0.0;
    part = (double(snapshot.epoch - 1) + within) / double(snapshot.epochs);
  }
  progress_->setValue(static_cast<int>(std::lround(1000.0 * part)));
  const bool ended = snapshot.state == SessionState::finished ||
                     snapshot.state == SessionState::stopped ||
                     snapshot.state == SessionState::failed;
  if (ended) {
    time_->setText(tr("took %1").arg(duration(snapshot.elapsed_s)));
  } else {
    time_->setText(snapshot.remaining_s < 0 ? QString()
                                            : tr("%1 left").arg(duration(snapshot.remaining_s)));
  }
  speed_->setText(snapshot.samples_per_second > 0
                      ? tr("%1 samples/s").arg(std::llround(snapshot.samples_per_second))
                      : QString());
  const QString path = QString::fromStdString(snapshot.run_folder);
  if (path == path_) return;
  path_ = path;
  showFolder();
}

void TrainingStatus::showFolder() {
  if (path_.isEmpty()) {
    folder_->clear();
    folder_->setToolTip({});
    return;
  }
  folder_->setText(QString("<a style='color:%1' href='%2'>%3</a>")
                       .arg(Theme::of(palette()).accent.name(),
                            QUrl::fromLocalFile(path_).toString(),
                            shownText(QFileInfo(path_).fileName()).toHtmlEscaped()));
  folder_->setToolTip(tipText(tr("Open the run's folder %1").arg(path_)));
}

void TrainingStatus::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) showFolder();
}

}  // namespace paralif
