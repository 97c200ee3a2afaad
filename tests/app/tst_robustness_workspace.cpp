// The Robustness workspace: networks trained and tested in it, a run taken from the list, stopping,
// and what leaves it.
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QTableWidget>
#include <QTest>
#include <nlohmann/json.hpp>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/message_bar.h"
#include "app/studio/robustness_workspace.h"
#include "app/studio/session_controller.h"
#include "app/studio/workspace_bar.h"
#include "datasets/atomic_file.h"
#include "tests/app/isolated.h"
#include "widgets/views/robustness_plot.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 60000;

}  // namespace

class TestRobustnessWorkspace : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  RobustnessWorkspace& page() { return *window_->findChild<RobustnessWorkspace*>(); }
  template <typename T>
  T* part(const char* name) {
    return page().findChild<T*>(name);
  }
  void open() {
    QTest::keyClick(window_.get(), Qt::Key_6, Qt::ControlModifier);
    QTRY_VERIFY(page().isVisible());
  }
  void test(const char* levels, int repeats) {
    part<QLineEdit>("levels")->setText(levels);
    part<QSpinBox>("repeats")->setValue(repeats);
    part<QLineEdit>("levels")->setFocus();
    QTest::keyClick(part<QLineEdit>("levels"), Qt::Key_Return, Qt::ControlModifier);
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.size = {1024, 700};
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    window_->files().take(testing::tinyExperiment(1));
  }
  void cleanup() { window_.reset(); }

  void twoNeuronsAreTestedSideBySide() {
    open();
    auto* neurons = part<QListWidget>("neurons");
    for (const char* name : {"LIF", "ParaLIF-T"}) {
      neurons->findItems(name, Qt::MatchExactly).first()->setCheckState(Qt::Checked);
    }
    test("none, 0", 2);
    QVERIFY(page().isRunning());
    QTRY_VERIFY_WITH_TIMEOUT(!page().isRunning(), patienceMs);
    const auto& curves = page().plot().curves();
    QCOMPARE(curves.size(), std::size_t{2});
    QCOMPARE(curves[0].name, QString("ParaLIF-T"));
    QCOMPARE(curves[1].name, QString("LIF"));
    for (const RobustnessCurve& curve : curves) {
      QCOMPARE(curve.points.size(), std::size_t{2});
      QCOMPARE(curve.points[0].tests, 2);
      QVERIFY(curve.points[0].mean > 1.0 / 3 && curve.points[0].mean <= 1.0);
      QVERIFY(curve.points[1].mean <= curve.points[0].mean + 0.1);  // noise does not help
    }
    auto* table = page().findChild<QTableWidget*>();
    QCOMPARE(table->rowCount(), 2);
    QCOMPARE(table->horizontalHeaderItem(1)->text(), QString("none"));
    QVERIFY(table->item(1, 2)->text().contains(QString::fromUtf8(" ± ")));

    // The published result file of the chosen curve.
    table->selectRow(0);
    table->setCurrentCell(0, 0);
    const QString path = home_->path("result.json");
    page().save(path);
    const auto json = nlohmann::json::parse(read_file(path.toStdString()));
    QCOMPARE(json.at("test_accuracies").at("0").size(), std::size_t{2});
    QCOMPARE(json.at("PARAMS").at("neuron").get<std::string>(), std::string("ParaLIF-T"));

    // A second start adds to what is there; Clear takes it away.
    for (int i = 0; i < neurons->count(); ++i) neurons->item(i)->setCheckState(Qt::Unchecked);
    test("none", 1);
    QTRY_VERIFY_WITH_TIMEOUT(!page().isRunning(), patienceMs);
    QCOMPARE(page().plot().curves().size(), std::size_t{3});
    page().clear();
    QVERIFY(page().plot().curves().empty());
  }

  void aFinishedRunIsTestedWithoutTraining() {
    QTest::keyClick(window_.get(), Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), SessionState::finished, patienceMs);
    const auto& epochs = window_->controller().series().epochs;
    const double accuracy = epochs.back().test_accuracy;
    open();
    auto* source = part<QComboBox>("source");
    QTRY_COMPARE_WITH_TIMEOUT(source->count(), 2, patienceMs);
    source->setCurrentIndex(1);
    Q_EMIT source->activated(1);
    QVERIFY(!part<QListWidget>("neurons")->isVisible());
    test("none", 1);
    QTRY_VERIFY_WITH_TIMEOUT(!page().isRunning(), patienceMs);
    QCOMPARE(page().plot().curves().size(), std::size_t{1});
    QCOMPARE(page().plot().curves()[0].points[0].mean, accuracy);  // as it was recorded
    page().copyCommandLine();
    const QString line = QApplication::clipboard()->text();
    QVERIFY2(line.startsWith("paralif robustness --run '"), qPrintable(line));
    QVERIFY2(line.endsWith("' --levels none --repeats 1"), qPrintable(line));
  }

  void stoppingKeepsWhatWasTested() {
    open();
    test("none, 0, 5, 10, 15, 20, 25, 30", 200);
    QTRY_VERIFY_WITH_TIMEOUT(!page().plot().curves().empty(), patienceMs);
    QElapsedTimer timer;
    timer.start();
    part<QLineEdit>("levels")->setFocus();
    QTest::keyClick(part<QLineEdit>("levels"), Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!page().isRunning(), 5000);
    QVERIFY(!page().plot().curves().empty());
  }

  void badLevelsAreRefused() {
    open();
    test("none, loud", 2);
    QVERIFY(!page().isRunning());
    QTRY_VERIFY(window_->messages().findChild<QLabel*>("messageText")->text().contains("'loud' is no level of noise"));
    test("5, 5", 2);
    QTRY_VERIFY(window_->messages().findChild<QLabel*>("messageText")->text().contains("given twice"));
  }
};

QTEST_MAIN(TestRobustnessWorkspace)
#include "tst_robustness_workspace.moc"
