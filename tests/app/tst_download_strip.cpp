// A download in the Datasets workspace: asked, shown, stopped, failed and finished.
#include <QAction>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

#include "app/studio/datasets_workspace.h"
#include "app/studio/download_strip.h"
#include "datasets/atomic_file.h"
#include "datasets/catalogue/catalogue.h"
#include "tests/app/isolated.h"
#include "tests/datasets/bad_server.h"

using namespace paralif;
using testing::BadServer;
namespace fs = std::filesystem;

class TestDownloadStrip : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;

  static Dataset oneFile(const std::string& body, const fs::path& folder) {
    write_file(folder / "known", body);
    Dataset set = *find_dataset("ntidigits");
    set.downloads = {{"http://nowhere.invalid/n-tidigits.hdf5", md5_of(folder / "known"), {"n-tidigits.hdf5"}}};
    return set;
  }

 private Q_SLOTS:
  void init() { home_ = std::make_unique<testing::IsolatedHome>(); }

  void finishesAndTells() {
    const fs::path folder = home_->path("data").toStdString();
    fs::create_directories(folder);
    const Dataset set = oneFile(std::string(200000, 'x'), folder);
    BadServer server([](const std::string&, int number) {
      return BadServer::Answer{.body = std::string(200000, 'x'), .send = number == 0 ? 50000 : std::string::npos};
    });
    DownloadStrip strip;
    QSignalSpy finished(&strip, &DownloadStrip::finished);
    strip.start(set, folder, {.server = server.url(), .tries = 3, .pause_s = 0.3});
    QVERIFY(strip.isVisible());
    QTRY_COMPARE(strip.findChild<QLabel*>("downloadText")->text(), QString("Downloading n-tidigits.hdf5"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    QTRY_VERIFY(!strip.isVisible());
    QVERIFY(fs::exists(folder / "n-tidigits.hdf5"));
  }

  void stopsAndKeepsWhatCame() {
    const fs::path folder = home_->path("data").toStdString();
    fs::create_directories(folder);
    const Dataset set = oneFile(std::string(300000, 'x'), folder);
    BadServer server([](const std::string&, int) {
      return BadServer::Answer{.body = std::string(300000, 'x'), .send = 100000};
    });
    DownloadStrip strip;
    QSignalSpy finished(&strip, &DownloadStrip::finished);
    strip.start(set, folder, {.server = server.url(), .tries = 5, .pause_s = 30});
    QTRY_VERIFY(fs::exists(folder / "n-tidigits.hdf5.part") &&
                fs::file_size(folder / "n-tidigits.hdf5.part") == 100000);
    QElapsedTimer clock;
    clock.start();
    QTest::mouseClick(strip.findChild<QPushButton*>("downloadStop"), Qt::LeftButton);
    QTRY_VERIFY(!strip.isRunning() && !strip.isVisible());
    QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(finished.size(), 0);
    QVERIFY(fs::exists(folder / "n-tidigits.hdf5.part"));
  }

  void aWrongFileIsOneSentence() {
    const fs::path folder = home_->path("data").toStdString();
    fs::create_directories(folder);
    const Dataset set = oneFile("right", folder);
    BadServer server([](const std::string&, int) { return BadServer::Answer{.body = "wrong"}; });
    DownloadStrip strip;
    QSignalSpy failed(&strip, &DownloadStrip::failed);
    strip.start(set, folder, {.server = server.url(), .tries = 1, .pause_s = 0.01});
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20000);
    QVERIFY2(failed[0][0].toString().contains("the checksum differs"), qPrintable(failed[0][0].toString()));
    QVERIFY(!fs::exists(folder / "n-tidigits.hdf5"));
  }

  /// Without an answer of the network: what is asked, and that Cancel downloads nothing.
  void theLicenceIsShownFirst() {
    DatasetsWorkspace page;
    page.show();
    page.select("heidelberg");
    QAction* get = nullptr;
    for (QAction* action : page.findChildren<QAction*>()) {
      if (action->text() == "&Download...") get = action;
    }
    QVERIFY(get != nullptr);
    QTRY_VERIFY(get->isEnabled());
    QString asked;
    QTimer::singleShot(100, this, [&] {
      auto* question = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
      QVERIFY(question != nullptr);
      asked = question->text() + question->informativeText();
      question->button(QMessageBox::Cancel)->click();
    });
    get->trigger();
    QVERIFY2(asked.contains("CC BY 4.0") && asked.contains("shd_train.h5.zip") && asked.contains("0.2 GB"),
             qPrintable(asked));
    QVERIFY(!page.findChild<DownloadStrip*>()->isRunning());
    page.select("nmnist");
    QTRY_VERIFY(!get->isEnabled());  // a person has to agree on its page
  }
};

QTEST_MAIN(TestDownloadStrip)
#include "tst_download_strip.moc"
