#include "app/studio/train_form_note.h"
#include "widgets/theme/shown_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace paralif {

std::vector<std::string> differingFields(const Experiment& a, const Experiment& b) {
  std::vector<std::string> keys;
  for (const Field& field : experiment_fields()) {
    const bool matters = field.applies(a) || field.applies(b);
    if (!matters || field.key == "title" || field.get(a) == field.get(b)) continue;
    keys.emplace_back(field.key);
  }
  return keys;
}

TrainFormNote::TrainFormNote(QWidget* parent)
    : QWidget(parent), sentence_(new QLabel(this)),
      apply_(new QPushButton(tr("&Apply to the training"), this)),
      take_(new QPushButton(tr("Show the &run's settings"), this)) {
  sentence_->setObjectName("formNote");
  sentence_->setWordWrap(true);
  apply_->setObjectName("applyChange");
  apply_->setToolTip(tr("From the next batch on; the curves get a mark"));
  take_->setObjectName("takeSettings");
  take_->setToolTip(tr("Takes the settings of the run shown into the form; Undo brings yours back"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(apply_);
  buttons->addWidget(take_);
  buttons->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(10, 6, 10, 6);
  column->addWidget(sentence_);
  column->addLayout(buttons);
  connect(apply_, &QPushButton::clicked, this, &TrainFormNote::applyRequested);
  connect(take_, &QPushButton::clicked, this, &TrainFormNote::takeRequested);
  hide();
}

QString TrainFormNote::text() const { return isHidden() ? QString() : sentence_->text(); }

void TrainFormNote::compare(const Experiment* run, const Experiment& form, bool active) {
  const std::vector<std::string> keys =
      run != nullptr ? differingFields(*run, form) : std::vector<std::string>();
  const auto live = [](const std::string& key) { return find_field(key)->live; };
  const bool anyLive = active && std::ranges::any_of(keys, live);
  const bool onlyLive = anyLive && std::ranges::all_of(keys, live);
  apply_->setVisible(anyLive);
  if (keys.empty()) {
    hide();
    return;
  }
  const QString title = shownText(run->title).toHtmlEscaped();
  if (onlyLive) {
    sentence_->setText(tr("Changed, and not yet in the training of \"%1\".").arg(title));
  } else if (active) {
    sentence_->setText(tr("The form differs from \"%1\", which is being trained: <b>Reset</b> "
                          "(Ctrl+R), then Start, begins a run with these settings.")
                           .arg(title));
  } else {
    sentence_->setText(tr("These are not the settings of the run shown, \"%1\".").arg(title));
  }
  show();
}

}  // namespace paralif
