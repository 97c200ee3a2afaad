#include "app/studio/download_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QMutexLocker>
#include <QProgressBar>
#include <QPushButton>

namespace paralif {

DownloadStrip::DownloadStrip(QWidget* parent)
    : QWidget(parent), text_(new QLabel(this)), progress_(new QProgressBar(this)) {
  setObjectName("downloadStrip");
  text_->setObjectName("downloadText");
  text_->setTextFormat(Qt::PlainText);
  progress_->setTextVisible(false);
  auto* stop = new QPushButton(tr("Stop"), this);
  stop->setObjectName("downloadStop");
  stop->setToolTip(tr("What has come is kept; the next download goes on there."));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 12, 4);
  row->addWidget(text_);
  row->addWidget(progress_, 1);
  row->addWidget(stop);
  hide();
  connect(stop, &QPushButton::clicked, this, [this] { job_.cancel(); });
  connect(&job_, &BackgroundJob::progressed, this, [this](double part, double) {
    progress_->setRange(0, part < 0 ? 0 : 1000);
    progress_->setValue(static_cast<int>(1000 * std::max(0.0, part)));
  });
  connect(&look_, &QTimer::timeout, this, [this] {
    const QMutexLocker lock(&told_->mutex);
    if (!told_->what.isEmpty()) text_->setText(told_->what);
  });
  connect(&job_, &BackgroundJob::failed, this,
          [this](const Failure& failure) { Q_EMIT failed(failure.sentence); });
  connect(&job_, &BackgroundJob::ended, this, [this] {
    look_.stop();
    hide();
    Q_EMIT changed();
  });
}

bool DownloadStrip::askAndStart(const Dataset& dataset, const std::filesystem::path& folder) {
  QMessageBox question(QMessageBox::Question, tr("Download %1").arg(QString::fromStdString(dataset.title)),
                       tr("Download %1 (%2) into %3?")
                           .arg(QString::fromStdString(dataset.title),
                                QString::fromStdString(dataset.size),
                                QString::fromStdString(folder.string())),
                       QMessageBox::Cancel, this);
  QString files;
  for (const RemoteFile& file : missing_files(dataset, folder)) {
    files += "\n" + QString::fromStdString(file.url.substr(0, file.url.find('?')));
  }
  question.setInformativeText(tr("Licence: %1\n\nPlease cite: %2\n%3")
                                  .arg(QString::fromStdString(dataset.licence),
                                       QString::fromStdString(dataset.citation), files));
  QPushButton* yes = question.addButton(tr("&Agree and download"), QMessageBox::AcceptRole);
  question.setDefaultButton(yes);
  question.exec();
  if (question.clickedButton() != yes) return false;
  start(dataset, folder, {});
  return true;
}

void DownloadStrip::start(const Dataset& dataset, const std::filesystem::path& folder,
                          const GetOptions& options) {
  told_ = std::make_shared<Told>();
  text_->setText(tr("Downloading %1").arg(QString::fromStdString(dataset.title)));
  progress_->setRange(0, 0);
  constexpr int tenTimesASecond = 100;
  look_.start(tenTimesASecond);
  show();
  job_.start(
      [dataset, folder, options, told = told_](JobControl& control) {
        GetOptions own = options;
        own.progress = [&](const std::string& what, double share) {
          {
            const QMutexLocker lock(&told->mutex);
            told->what = QString::fromStdString(what);
          }
          control.progress(share);
          return !control.cancelled();
        };
        get_dataset(dataset, folder, own);
        return QString::fromStdString(dataset.name);
      },
      [this](const QString& name) { Q_EMIT finished(name); });
  Q_EMIT changed();
}

}  // namespace paralif
