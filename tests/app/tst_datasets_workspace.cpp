// The Datasets workspace by mouse and keys: nothing there, sample data, leafing, every view.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include <fstream>

#include "app/studio/datasets_workspace.h"
#include "app/studio/main_window.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace_bar.h"
#include "datasets/samples/sample_data.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/views/class_balance_view.h"
#include "widgets/views/event_cloud.h"
#include "widgets/views/frames_view.h"
#include "widgets/views/picture_view.h"
#include "widgets/views/pixel_canvas.h"
#include "widgets/views/player_bar.h"
#include "widgets/views/points_view.h"
#include "widgets/views/recording_view.h"

using namespace paralif;

class TestDatasetsWorkspace : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> folder_;

  std::unique_ptr<DatasetsWorkspace> shown() const {
    auto workspace = std::make_unique<DatasetsWorkspace>();
    workspace->setFolder(folder_->path().toStdString());
    workspace->resize(1100, 700);
    workspace->show();
    return QTest::qWaitForWindowExposed(workspace.get()) ? std::move(workspace) : nullptr;
  }
  static QTableView* table(const DatasetsWorkspace& w) {
    return w.findChild<QTableView*>("samplesTable");
  }
  static QAction* action(const DatasetsWorkspace& w, const QString& text) {
    for (QAction* one : w.actions()) {
      if (one->text().remove('&') == text) return one;
    }
    return nullptr;
  }
  void write(const char* dataset) const {
    write_sample_data(dataset, folder_->filePath(dataset).toStdString());
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void saysWhatIsMissingAndWritesSampleData() {
    const auto w = shown();
    auto* list = w->findChild<QTreeWidget*>("datasetsList");
    QTRY_COMPARE(list->topLevelItemCount(), 8);
    QTRY_COMPARE(table(*w)->model()->rowCount(), 5000);  // Yin-Yang is always there
    w->select("ntidigits");
    QCOMPARE(list->currentItem()->text(1), QString("missing"));
    QCOMPARE(table(*w)->model()->rowCount(), 0);
    QVERIFY(!action(*w, "Train on it")->isEnabled());
    QVERIFY(action(*w, "Write sample data")->isEnabled());
    action(*w, "Write sample data")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(table(*w)->model()->rowCount(), 330, 20000);
    QVERIFY(w->findChild<QLabel*>("sampleDataMark")->isVisible());
    QCOMPARE(list->currentItem()->text(1), QString("440, sample"));
    QVERIFY(!action(*w, "Write sample data")->isEnabled());
    QSignalSpy train(w.get(), &DatasetsWorkspace::trainRequested);
    action(*w, "Train on it")->trigger();
    QCOMPARE(train.value(0).value(0).toString(), QString("ntidigits"));
    QCOMPARE(train.value(0).value(1).toString(), folder_->path());
  }

  void leafsThroughAudio() {
    write("ntidigits");
    const auto w = shown();
    w->select("ntidigits");
    QTRY_COMPARE(table(*w)->model()->rowCount(), 330);
    auto* view = w->findChild<RecordingView*>();
    QTRY_VERIFY(!view->rates().isEmpty());
    const auto first = view->rates();
    table(*w)->setFocus();
    QTest::keyClick(table(*w), Qt::Key_Down);
    QTRY_VERIFY(view->rates() != first);
    QTRY_VERIFY(table(*w)->model()->index(329, 3).data().toInt() > 500);
    auto* part = w->findChild<QComboBox*>("datasetPart");
    part->setCurrentIndex(1);
    Q_EMIT part->activated(1);
    QTRY_COMPARE(table(*w)->model()->rowCount(), 110);
  }

  void playsFrames() {
    write("nmnist");
    const auto w = shown();
    w->select("nmnist");
    auto* view = w->findChild<FramesView*>();
    QTRY_VERIFY(view->shownEvents() > 1500);  // all events at once
    const auto all = view->shownEvents();
    QCOMPARE(view->canvas().image().size(), QSize(34, 34));
    view->player().toggle();
    QTRY_VERIFY(view->player().step() > 3);
    QVERIFY(view->shownEvents() < all / 2);
    view->player().toggle();
    const int step = view->player().step();
    QTest::qWait(120);
    QCOMPARE(view->player().step(), step);
  }

  void turnsTheCloudOfEvents() {
    write("nmnist");
    const auto w = shown();
    w->select("nmnist");
    auto* view = w->findChild<FramesView*>();
    QTRY_VERIFY(view->shownEvents() > 1500);
    EventCloud& cloud = view->cloud();
    QVERIFY(!cloud.isVisible());
    w->findChild<QCheckBox*>("eventCloud")->click();
    QVERIFY(cloud.isVisible());
    QCOMPARE(view->shownEvents(), table(*w)->model()->index(0, 3).data().toULongLong());
    const QImage before = cloud.grab().toImage();
    const double turn = cloud.turn();
    QTest::keyClick(&cloud, Qt::Key_Left);
    QCOMPARE(cloud.turn(), turn + 5);
    QVERIFY(cloud.grab().toImage() != before);
    QTest::mouseDClick(&cloud, Qt::LeftButton);
    QCOMPARE(cloud.turn(), turn);
    QCOMPARE(cloud.grab().toImage(), before);
    view->setAccumulated(false);  // the frame stands out of the rest
    QVERIFY(cloud.grab().toImage() != before);
  }

  void showsImagesAndPoints() {
    write("cifar10");
    write("points");
    const auto w = shown();
    w->select("cifar10");
    auto* picture = w->findChild<PictureView*>();
    QTRY_COMPARE(picture->canvas().image().size(), QSize(32, 32));
    QTRY_VERIFY(table(*w)->isColumnHidden(3));
    w->select("points");
    QTRY_COMPARE(table(*w)->model()->rowCount(), 1200);
    QSignalSpy chosen(w->findChild<PointsView*>(), &PointsView::pointChosen);
    auto* points = w->findChild<PointsView*>();
    QTRY_VERIFY(points->isVisible());
    Q_EMIT points->pointChosen(7);
    QCOMPARE(table(*w)->currentIndex().row(), 7);
  }

  void ownPointsAreTrainedOn() {
    const testing::IsolatedHome home;
    write("points");
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    MainWindow window(options);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto* w = window.findChild<DatasetsWorkspace*>();
    Q_EMIT w->startRequested("points", folder_->filePath("points"));
    QTRY_VERIFY(window.controller().isActive());
    QCOMPARE(window.controller().experiment()->dataset.name, std::string("points"));
    QCOMPARE(QString::fromStdString(window.controller().experiment()->dataset.data_dir),
             folder_->filePath("points"));
    QVERIFY(window.train().isVisible());
    window.controller().stop();
    QTRY_VERIFY_WITH_TIMEOUT(!window.controller().isActive(), 60000);
  }

  void tellsOfABrokenFile() {
    QVERIFY(QDir(folder_->path()).mkpath("NMNIST/Train/3"));
    std::ofstream(folder_->filePath("NMNIST/Train/3/a.bin").toStdString()) << "odd";
    const auto w = shown();
    QSignalSpy failed(w.get(), &DatasetsWorkspace::failed);
    w->select("nmnist");
    QTRY_VERIFY(!failed.isEmpty());
    QVERIFY(failed[0][0].toString().contains("a.bin"));
    QTRY_COMPARE(table(*w)->model()->index(0, 2).data().toString(), QString("broken"));
  }

  void opensWhatIsDropped() {
    const testing::IsolatedHome home;
    write("cifar10");
    StudioOptions options;
    options.ask = false;
    options.path = folder_->filePath("cifar10/test_batch.bin");
    MainWindow window(options);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    auto* w = window.findChild<DatasetsWorkspace*>();
    QVERIFY(w->isVisible());
    QTRY_COMPARE(table(*w)->model()->rowCount(), 600);
    action(*w, "Train on it")->trigger();
    QTRY_VERIFY(window.train().isVisible());
    const Experiment experiment = window.train().form().experiment();
    QCOMPARE(experiment.dataset.name, std::string("cifar10"));
    QCOMPARE(QString::fromStdString(experiment.dataset.data_dir), folder_->filePath("cifar10"));
  }
};

QTEST_MAIN(TestDatasetsWorkspace)
#include "tst_datasets_workspace.moc"
