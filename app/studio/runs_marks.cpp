#include "app/studio/runs_marks.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>

#include <algorithm>
#include <iterator>

#include "app/studio/guard.h"

namespace paralif {
namespace {

std::vector<std::string> difference(const std::vector<std::string>& a,
                                    const std::vector<std::string>& b) {
  std::vector<std::string> result;
  std::ranges::set_difference(a, b, std::back_inserter(result));
  return result;
}

QString joined(const std::vector<std::string>& tags) {
  QStringList words;
  for (const std::string& tag : tags) words << QString::fromStdString(tag);
  return words.join(' ');
}

}  // namespace

RunsMarks::RunsMarks(QWidget* parent)
    : QWidget(parent),
      favourite_(new QToolButton(this)),
      tags_(new QLineEdit(this)),
      note_(new QLineEdit(this)) {
  favourite_->setObjectName("runFavourite");
  favourite_->setText(QString::fromUtf8("\u2605"));
  favourite_->setCheckable(true);
  favourite_->setToolTip(tr("Favourite: marked by a star, and found by favourite=yes"));
  favourite_->setAccessibleName(tr("Favourite"));
  tags_->setObjectName("runTags");
  tags_->setAccessibleName(tr("Tags"));
  tags_->setPlaceholderText(tr("none"));
  tags_->setToolTip(tr("Words with blanks between them, found by tag=WORD"));
  tags_->setMaximumWidth(260);
  note_->setObjectName("runNote");
  note_->setAccessibleName(tr("Note"));
  note_->setPlaceholderText(tr("What there is to say about this run"));

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 8, 4);
  auto* tagLabel = new QLabel(tr("Ta&gs"), this);
  tagLabel->setBuddy(tags_);
  auto* noteLabel = new QLabel(tr("&Note"), this);
  noteLabel->setBuddy(note_);
  row->addWidget(favourite_);
  row->addWidget(tagLabel);
  row->addWidget(tags_, 1);
  row->addWidget(noteLabel);
  row->addWidget(note_, 2);

  connect(favourite_, &QToolButton::clicked, this, &RunsMarks::favouriteEdited);
  connect(tags_, &QLineEdit::editingFinished, this, &RunsMarks::commitTags);
  connect(note_, &QLineEdit::editingFinished, this, &RunsMarks::commitNote);
}

void RunsMarks::setRuns(const std::vector<const RunEntry*>& runs) {
  setEnabled(!runs.empty());
  std::vector<std::string> common = runs.empty() ? std::vector<std::string>() : runs[0]->marks.tags;
  bool favourite = !runs.empty();
  for (const RunEntry* run : runs) {
    std::vector<std::string> both;
    std::ranges::set_intersection(common, run->marks.tags, std::back_inserter(both));
    common = std::move(both);
    favourite = favourite && run->marks.favourite;
  }
  favourite_->setChecked(favourite);
  const QString note = runs.size() == 1 ? QString::fromStdString(runs[0]->marks.note) : QString();
  note_->setEnabled(runs.size() == 1);
  // What is being typed stays when the same runs are read again.
  if (!(tags_->hasFocus() && tags_->isModified() && common == shownTags_)) {
    tags_->setText(joined(common));
  }
  if (!(note_->hasFocus() && note_->isModified() && note == shownNote_)) note_->setText(note);
  shownTags_ = common;
  shownNote_ = note;
}

void RunsMarks::commit() {
  commitTags();
  commitNote();
}

void RunsMarks::commitTags() {
  if (!tags_->isModified()) return;
  tags_->setModified(false);
  guarded(
      [this] {
        const std::vector<std::string> tags = tags_of(tags_->text().toStdString());
        const auto added = difference(tags, shownTags_);
        const auto removed = difference(shownTags_, tags);
        if (added.empty() && removed.empty()) return;
        shownTags_ = tags;
        Q_EMIT tagsEdited(added, removed);
      },
      [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
}

void RunsMarks::commitNote() {
  if (!note_->isModified() || !note_->isEnabled()) return;
  note_->setModified(false);
  if (note_->text() == shownNote_) return;
  shownNote_ = note_->text();
  Q_EMIT noteEdited(shownNote_);
}

}  // namespace paralif
