#include "app/studio/job_page.h"

#include <QFormLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "widgets/theme/theme.h"

namespace paralif {

JobPage::JobPage(const QString& name, const QString& verb, QWidget* parent)
    : QWidget(parent),
      settings_(new QFormLayout),
      results_(new QVBoxLayout),
      begin_(new QPushButton(verb, this)),
      cancel_(new QPushButton(tr("Cancel"), this)),
      progress_(new QProgressBar(this)),
      message_(new QLabel(this)) {
  begin_->setObjectName(name + "Begin");
  cancel_->setObjectName(name + "Cancel");
  message_->setObjectName(name + "Message");
  cancel_->setAutoDefault(false);
  message_->setTextFormat(Qt::PlainText);
  message_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  message_->setWordWrap(true);
  progress_->setRange(0, 1000);
  progress_->setTextVisible(false);
  auto* row = new QHBoxLayout;
  row->addWidget(begin_);
  row->addWidget(cancel_);
  row->addWidget(progress_, 1);
  row->addStretch(1);
  auto* column = new QVBoxLayout(this);
  column->addLayout(settings_);
  column->addLayout(row);
  column->addWidget(message_);
  column->addLayout(results_, 1);
  setBusy(false);
  connect(begin_, &QPushButton::clicked, this, [this] { begin(); });
  connect(cancel_, &QPushButton::clicked, this, &JobPage::cancel);
  connect(&job_, &BackgroundJob::progressed, this, [this](double part, double) {
    progress_->setValue(static_cast<int>(1000 * std::max(0.0, part)));
  });
  connect(&job_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { say(failure.sentence, true); });
  connect(&job_, &BackgroundJob::ended, this, [this](JobStatus status) {
    setBusy(false);
    if (status == JobStatus::cancelled) say(tr("Cancelled."));
    Q_EMIT workEnded();
  });
}

void JobPage::takeReturnKey() { begin_->setDefault(true); }

QString JobPage::message() const { return message_->text(); }

void JobPage::say(const QString& sentence, bool bad) {
  message_->setText(sentence);
  message_->setVisible(!sentence.isEmpty());
  QPalette own = palette();
  const QPalette current = palette();
  if (bad) own.setColor(QPalette::WindowText, Theme::of(current).bad);
  message_->setPalette(own);
}

void JobPage::setBusy(bool busy) {
  if (busy) say({});
  begin_->setEnabled(!busy);
  cancel_->setVisible(busy);
  progress_->setVisible(busy);
  progress_->setValue(0);
}

}  // namespace paralif
