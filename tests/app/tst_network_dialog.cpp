// A trained network after its training, by mouse and keys: tested, counted, exported, and a graph
// that comes in.
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>

#include "app/studio/code_dialog.h"
#include "app/studio/code_page.h"
#include "app/studio/import_graph_dialog.h"
#include "app/studio/network_cost_page.h"
#include "app/studio/network_dialog.h"
#include "app/studio/network_export_page.h"
#include "app/studio/network_test_page.h"
#include "core/runs/run_store.h"
#include "core/sessions/session.h"
#include "tests/app/isolated.h"
#include "widgets/form/number_box.h"
#include "widgets/views/outcome_view.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestNetworkDialog : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  fs::path root_;
  fs::path run_;
  Experiment experiment_;

  template <typename T>
  static T* part(QWidget& in, const char* name) {
    return in.findChild<T*>(name);
  }
  static void press(QWidget& in, const char* name) {
    QTest::mouseClick(part<QPushButton>(in, name), Qt::LeftButton);
  }
  static QString said(QWidget& in, const char* name) { return part<QLabel>(in, name)->text(); }

 private Q_SLOTS:
  void initTestCase() {
    home_ = std::make_unique<testing::IsolatedHome>();
    root_ = fs::path(home_->path("runs").toStdString());
    experiment_.title = "Trained";
    experiment_.dataset.steps = 20;
    experiment_.neuron.name = "LIF";
    experiment_.network.hidden = {12};
    experiment_.training.epochs = 2;
    SessionOptions options;
    options.runs_root = root_;
    Session session(experiment_, options);
    session.start();
    QVERIFY(session.wait(120));
    run_ = session.take()->run_folder;
    QVERIFY(fs::exists(run_));
  }

  void testsWithWorseSensorsAndFewerBits() {
    NetworkTestPage page(run_);
    page.show();
    press(page, "networkTestBegin");
    QTRY_VERIFY_WITH_TIMEOUT(page.result().has_value() && !page.isBusy(), 30000);
    const double clean = page.result()->accuracy;
    QCOMPARE(clean, *page.result()->recorded);
    QVERIFY2(page.message().contains("1,000 samples: accuracy"), qPrintable(page.message()));
    auto* classes = part<QTableWidget>(page, "networkTestClasses");
    QCOMPARE(classes->rowCount(), 3);
    QVERIFY(classes->item(0, 2)->text().endsWith(" %"));
    QVERIFY(part<OutcomeView>(page, "") == nullptr || !page.findChild<OutcomeView*>()->isVisible());

    auto* bits = part<QLineEdit>(page, "networkTestBits");
    bits->setText("8, x");
    press(page, "networkTestBegin");
    QVERIFY2(page.message().contains("'x' is no whole number"), qPrintable(page.message()));
    bits->setText("8 2");
    part<QComboBox>(page, "networkTestBitsOf")->setCurrentIndex(1);
    auto* lost = part<NumberBox>(page, "networkTestLost");
    lost->setFocus();
    lost->selectAll();
    QTest::keyClicks(lost, "100");
    QTest::keyClick(lost, Qt::Key_Return);
    press(page, "networkTestBegin");
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && page.result()->rounded.size() == 6, 30000);
    QVERIFY(!page.result()->recorded);
    QVERIFY(page.result()->accuracy < 0.5);
    auto* curve = page.findChild<OutcomeView*>();
    QVERIFY(curve->isVisible());
    QCOMPARE(curve->points().size(), std::size_t(6));
    QCOMPARE(curve->groups().size(), std::size_t(3));
    // A part that this run has not.
    part<QComboBox>(page, "networkTestPart")->setCurrentIndex(1);
    press(page, "networkTestBegin");
    QTRY_VERIFY2(page.message().contains("kept no validation part"), qPrintable(page.message()));
  }

  void countsAndEstimates() {
    NetworkCostPage page(run_);
    page.show();
    press(page, "networkCostBegin");
    QTRY_VERIFY_WITH_TIMEOUT(page.result().has_value() && !page.isBusy(), 30000);
    QCOMPARE(part<QTableWidget>(page, "networkCostLayers")->rowCount(), 4);
    // A read-out of few neurons keeps less than a kilobyte, which is said in bytes.
    const QString least = part<QTableWidget>(page, "networkCostLayers")->item(3, 8)->text();
    QVERIFY2(least.endsWith("bytes") && !least.startsWith("0"), qPrintable(least));
    auto* energy = part<QTableWidget>(page, "networkCostEnergy");
    const auto together = [&] { return energy->item(3, 1)->text().toDouble(); };
    const double float32 = together();
    QVERIFY(float32 > 0);
    part<QComboBox>(page, "networkCostFigures")->setCurrentIndex(3);  // 8-bit integers
    QVERIFY(together() < float32 / 10);
    // A figure of one's own counts at once.
    auto* update = part<NumberBox>(page, "networkCostUpdate");
    update->setFocus();
    update->selectAll();
    QTest::keyClicks(update, "1000");
    QTest::keyClick(update, Qt::Key_Return);
    QVERIFY(std::abs(energy->item(2, 1)->text().toDouble() - 1e-6 * 1000 * 15 * 20) < 1e-4);
  }

  void leavesAndComesBack() {
    const QString file = home_->path("out.nir");
    NetworkExportPage page(run_);
    page.show();
    part<QComboBox>(page, "networkExportTarget")->setCurrentIndex(4);  // Sinabs
    page.exportTo(file);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && QFile::exists(file), 30000);
    QVERIFY2(page.message().contains("Sinabs (Speck) does not read it: node '1' (CubaLIF)"),
             qPrintable(page.message()));
    part<QComboBox>(page, "networkExportTarget")->setCurrentIndex(0);
    page.exportTo(file);
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && page.message().contains("6 nodes"), 30000);
    QCOMPARE(part<QTableWidget>(page, "fidelity")->item(0, 2)->text(), QString("100.0000 %"));
    auto* format = part<QComboBox>(page, "networkExportFormat");
    format->setCurrentIndex(format->findData(".npz"));
    QCOMPARE(page.suffix(), QString(".npz"));
    QVERIFY(!part<QCheckBox>(page, "networkExportApproximate")->isEnabled());
    page.exportTo(home_->path("out.npz"));
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && page.message().contains("tensors"), 30000);
    QVERIFY(QFile::exists(home_->path("out.npz")));

    ImportGraphDialog dialog(file.toStdString(), experiment_, root_);
    QSignalSpy imported(&dialog, &ImportGraphDialog::imported);
    dialog.show();
    press(dialog, "importGraphBegin");
    QVERIFY2(said(dialog, "importGraphMessage").contains("a graph has none of its own"),
             qPrintable(said(dialog, "importGraphMessage")));
    auto* step = part<NumberBox>(dialog, "importGraphTimeStep");
    QVERIFY(step->hasFocus() || !dialog.isActiveWindow());
    step->setFocus();
    step->selectAll();
    QTest::keyClicks(step, "1");
    QTest::keyClick(step, Qt::Key_Return);
    press(dialog, "importGraphBegin");
    QTRY_COMPARE_WITH_TIMEOUT(imported.size(), 1, 30000);
    const fs::path made = imported[0][0].toString().toStdString();
    QCOMPARE(read_summary(made).status, RunStatus::queued);
    QVERIFY(read_summary(made).resumable);
    QCOMPARE(part<QTableWidget>(dialog, "fidelity")->item(0, 2)->text(), QString("100.0000 %"));
  }

  void isShownAsCode() {
    CodePlan plan;
    plan.run = run_;
    CodePage page(plan);
    page.show();
    auto* text = part<QPlainTextEdit>(page, "networkCodeText");
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().contains("class Neurons(nn.Module)"), 30000);
    auto* flavour = part<QComboBox>(page, "networkCodeFlavour");
    flavour->setCurrentIndex(flavour->findData("snntorch"));
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().contains("snn.Synaptic("), 30000);
    press(page, "networkCodeCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), text->toPlainText());
    flavour->setCurrentIndex(flavour->findData("paralif"));
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().contains("from ParaLIF import"), 30000);
    page.saveTo(home_->path("net.py"));
    QTRY_VERIFY_WITH_TIMEOUT(!page.isBusy() && page.message().contains("written"), 30000);
    QFile program(home_->path("net.py"));
    QVERIFY(program.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(program.readAll()), text->toPlainText());
    QVERIFY(text->toPlainText().contains("\"net.weights.pt\""));
    QVERIFY(QFile::exists(home_->path("net.weights.pt")));
  }

  void anExperimentIsShownAsCodeBeforeItsTraining() {
    Experiment experiment = experiment_;
    experiment.neuron.name = "ALIF";  // a neuron that there is no code for
    auto* dialog = new CodeDialog(experiment);
    dialog->show();
    QTRY_VERIFY_WITH_TIMEOUT(said(*dialog, "networkCodeMessage").contains("no code"), 30000);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(QApplication::topLevelWidgets().indexOf(dialog) < 0);
    dialog = new CodeDialog(experiment_);
    dialog->show();
    auto* text = part<QPlainTextEdit>(*dialog, "networkCodeText");
    QTRY_VERIFY_WITH_TIMEOUT(text->toPlainText().contains("def train(network"), 30000);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(QApplication::topLevelWidgets().indexOf(dialog) < 0);
  }

  void theDialogHoldsAllFour() {
    NetworkDialog dialog(run_, "Trained");
    dialog.show();
    auto* tabs = part<QTabWidget>(dialog, "networkTabs");
    QCOMPARE(tabs->count(), 4);
    QCOMPARE(dialog.windowTitle(), QString("Network of Trained"));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
  }
};

QTEST_MAIN(TestNetworkDialog)
#include "tst_network_dialog.moc"
