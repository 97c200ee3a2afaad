#include "app/studio/replay_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

#include "app/studio/session_controller.h"
#include "widgets/views/player_bar.h"

namespace paralif {
namespace {

constexpr int speeds[] = {1, 2, 5, 10, 30};  // epochs a second
constexpr int firstSpeed = 2;

}  // namespace

ReplayBar::ReplayBar(SessionController& controller, QWidget* parent)
    : QWidget(parent),
      controller_(controller),
      player_(new PlayerBar(QKeySequence())),
      speed_(new QComboBox(this)),
      title_(new QLabel(tr("Recorded epochs"), this)) {
  setObjectName("replayBar");
  player_->setObjectName("replayPlayer");
  speed_->setObjectName("replaySpeed");
  speed_->setAccessibleName(tr("Recorded epochs a second"));
  speed_->setToolTip(tr("How many recorded epochs are shown in a second"));
  for (const int speed : speeds) speed_->addItem(tr("%1 per second").arg(speed), speed);
  speed_->setCurrentIndex(firstSpeed);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 0, 8, 0);
  row->addWidget(title_);
  row->addWidget(player_, 1);
  row->addWidget(speed_);
  connect(player_, &PlayerBar::stepChanged, this, &ReplayBar::choose);
  connect(speed_, &QComboBox::currentIndexChanged, this,
          [this] { player_->setInterval(1000 / speed_->currentData().toInt()); });
  connect(&controller_, &SessionController::recordedEpochsChanged, this, &ReplayBar::offer);
  connect(&controller_, &SessionController::replayChanged, this, &ReplayBar::showPlace);
}

void ReplayBar::offer() {
  const auto count = static_cast<int>(controller_.recordedEpochs().size());
  offering_ = true;
  player_->setSteps(count, 1000 / speed_->currentData().toInt());
  player_->setStep(count - 1);
  offering_ = false;
  showPlace();
  Q_EMIT offered(count > 1);
}

void ReplayBar::choose(int step) {
  const auto& epochs = controller_.recordedEpochs();
  if (offering_ || step < 0 || step >= static_cast<int>(epochs.size())) return;
  // At its end the run is shown as it was left, where other samples can be asked for too.
  const bool last = step + 1 == static_cast<int>(epochs.size());
  controller_.replay(last ? 0 : epochs[static_cast<std::size_t>(step)]);
}

void ReplayBar::showPlace() {
  const auto& epochs = controller_.recordedEpochs();
  if (epochs.empty()) return;
  const std::int64_t epoch = controller_.replayedEpoch();
  if (epoch == 0) {
    player_->setText(tr("as it was left"));
    if (controller_.wantedEpoch() != 0) return;
    offering_ = true;
    player_->setStep(static_cast<int>(epochs.size()) - 1);
    offering_ = false;
  } else {
    player_->setText(tr("epoch %1 of %2").arg(epoch).arg(epochs.back()));
  }
}

}  // namespace paralif
