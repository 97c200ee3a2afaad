#include "app/studio/replay_bar.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

#include "app/studio/session_controller.h"
#include "widgets/plots/export_folder.h"
#include "widgets/views/player_bar.h"

namespace paralif {
namespace {

constexpr int speeds[] = {1, 2, 5, 10, 30};  // epochs a second
constexpr int firstSpeed = 2;

}  // namespace

ReplayBar::ReplayBar(SessionController& controller, QWidget* parent)
    : QWidget(parent),
      controller_(controller),
      export_(controller),
      player_(new PlayerBar(QKeySequence())),
      speed_(new QComboBox(this)),
      title_(new QLabel(tr("Recorded epochs"), this)),
      pictures_(new QToolButton(this)) {
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
  row->addWidget(pictures_);
  pictures_->setObjectName("replayPictures");
  pictures_->setAutoRaise(true);
  pictures_->setText(tr("Export"));
  pictures_->setToolTip(tr("The recorded epochs as pictures: one animated PNG, or a PNG each"));
  pictures_->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(pictures_);
  pictures_->setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] { offerViews(menu); });
  connect(&export_, &ReplayExport::progressed, this, &ReplayBar::showExport);
  connect(&export_, &ReplayExport::ended, this, &ReplayBar::showPlace);
  connect(&export_, &ReplayExport::finished, this, [this](const QString& path) {
    rememberExport(path);
    Q_EMIT exported(path);
  });
  connect(&export_, &ReplayExport::failed, this, &ReplayBar::failed);
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

void ReplayBar::offerViews(QMenu* menu) {
  menu->clear();
  if (export_.isRunning()) {
    menu->addAction(tr("Stop exporting"), &export_, &ReplayExport::cancel);
    return;
  }
  for (const bool series : {false, true}) {
    QMenu* views = menu->addMenu(series ? tr("A PNG of each epoch") : tr("One animated PNG"));
    for (const auto& [name, view] : views_ ? views_() : Views{}) {
      views->addAction(name, this, [this, name = name, view = view, series] { ask(name, view, series); });
    }
  }
}

void ReplayBar::ask(const QString& name, QWidget* view, bool series) {
  const QString path =
      series ? QFileDialog::getExistingDirectory(this, tr("Folder for the pictures"),
                                                 suggestedExport({}))
             : QFileDialog::getSaveFileName(this, tr("Export the recorded epochs"),
                                            suggestedExport(name + ".png"),
                                            tr("Animated PNG (*.png *.apng)"));
  if (!path.isEmpty()) exportPictures(view, path, series);
}

void ReplayBar::exportPictures(QWidget* view, const QString& path, bool series) {
  export_.start({view, controller_.recordedEpochs(), path, series, speed_->currentData().toInt()});
  showExport(0, static_cast<int>(controller_.recordedEpochs().size()));
}

void ReplayBar::showExport(int done, int all) {
  if (export_.isRunning()) player_->setText(tr("picture %1 of %2").arg(done).arg(all));
}

void ReplayBar::showPlace() {
  if (export_.isRunning()) return;
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
