// The network of the Train workspace, layer by layer: made from the form, edited, undone, trained,
// refused at its layer; and what its layers do, in the views beside it.
#include <QDockWidget>
#include <QPushButton>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/network_panel.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"
#include "widgets/network/layer_card.h"
#include "widgets/network/network_editor.h"
#include "widgets/records/layers_view.h"

using namespace paralif;

namespace {

constexpr int patienceMs = 60000;

QStringList kindsOf(const NetworkDescription& network) {
  QStringList kinds;
  for (const LayerDescription& layer : network.layers) kinds << QString::fromStdString(layer.kind);
  return kinds;
}

}  // namespace

class TestNetworkPanel : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  TrainWorkspace& train() { return window_->train(); }
  NetworkEditor& editor() { return train().network().editor(); }
  QDockWidget* dock(const char* name) { return train().findChild<QDockWidget*>(name); }
  SessionState state() { return window_->controller().state(); }
  const NetworkDescription& layers() { return train().form().experiment().network.layers; }
  void press(Qt::Key key) { QTest::keyClick(window_.get(), key); }
  void open() {
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.size = {1280, 800};
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    window_->activateWindow();
  }
  static void settle() { QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); }
  void unroll() {
    dock("dock.network")->raise();
    QTest::mouseClick(editor().findChild<QPushButton*>("asLayers"), Qt::LeftButton);
    settle();
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    open();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    window_->files().take(testing::tinyExperiment(2));
  }
  void cleanup() { window_.reset(); }

  void theDenseNetworkUnrollsAndComesBack() {
    QVERIFY(layers().layers.empty());
    unroll();
    QVERIFY(layers().layers.size() >= 4);
    QCOMPARE(editor().network(), layers());
    QCOMPARE(editor().problem(), QString());
    QCOMPARE(kindsOf(layers()).first(), QString("linear"));
    QCOMPARE(train().undoStack()->undoText(), QString("network layer by layer"));
    train().undoStack()->undo();
    QVERIFY(layers().layers.empty());
    QVERIFY(editor().network().layers.empty());
    train().undoStack()->redo();
    QVERIFY(!layers().layers.empty());
  }

  void editsAreUndoneOneByOne() {
    unroll();
    const NetworkDescription before = layers();
    editor().focusLayer(QString::fromStdString(before.layers[1].id));
    QTest::keyClick(&editor(), Qt::Key_D, Qt::ControlModifier);
    settle();
    const NetworkDescription copied = layers();
    QCOMPARE(copied.layers.size(), before.layers.size() + 1);
    QTest::keyClick(&editor(), Qt::Key_Up, Qt::AltModifier);
    settle();
    QVERIFY(layers() != copied);
    QVERIFY(train().undoStack()->undoText().startsWith("move "));
    train().undoStack()->undo();
    QCOMPARE(layers(), copied);
    QCOMPARE(editor().network(), copied);
    train().undoStack()->undo();
    QCOMPARE(layers(), before);
  }

  void trainsAsItStands() {
    unroll();
    editor().focusLayer(QString::fromStdString(layers().layers[1].id));
    editor().addLayer("dropout");
    settle();
    press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::finished, patienceMs);
    QVERIFY(kindsOf(window_->controller().experiment()->network.layers).contains("dropout"));
    // The table of layers belongs to this run and its last epoch.
    const auto* table = dock("dock.layers")->findChild<QTableWidget*>();
    QCOMPARE(table->item(0, 0)->text().left(8), QString("Hidden 1"));
    QCOMPARE(table->item(table->rowCount() - 1, 0)->text().left(8), QString("Read-out"));
    QVERIFY(table->item(0, 5)->text().toDouble() > 0.0);  // spikes
    QVERIFY(table->item(0, 7)->text().toDouble() > 0.0);  // gradient
    const QString caption = train().captionOf("dock.layers");
    QVERIFY2(caption.contains("epoch 2"), qPrintable(caption));

    // After a restart, from the recorded run.
    const QString folder = QString::fromStdString(window_->controller().latest().run_folder);
    open();
    window_->files().showRun(folder);
    QTRY_VERIFY_WITH_TIMEOUT(train().findChild<LayersView*>()->table().rowCount() > 0, patienceMs);
  }

  void aNetworkThatDoesNotFitIsToldAtItsLayer() {
    unroll();
    editor().focusLayer(QString::fromStdString(layers().layers.back().id));
    QTest::keyClick(&editor(), Qt::Key_Delete);
    settle();
    editor().focusLayer(QString::fromStdString(layers().layers.back().id));
    QTest::keyClick(&editor(), Qt::Key_Delete);  // now 3 classes meet a hidden layer
    settle();
    press(Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(state(), SessionState::failed, patienceMs);
    LayerCard* last = editor().cards().last();
    QVERIFY2(last->problem().contains("but the data has 3 classes"), qPrintable(last->problem()));
    QVERIFY(last->isSelected());
    QVERIFY(dock("dock.network")->isVisible());
  }

  void docksOfLayersSurviveALayoutThatIsNone() {
    train().takeUpLayout({});
    window_->files().newFromPreset("plif-net-nmnist-small");
    QVERIFY(!dock("dock.kernels")->isHidden() && !dock("dock.featureMaps")->isHidden());
    dock("dock.kernels")->hide();  // by the user, who has it so at the next start
    const QByteArray layout = train().saveState();
    open();
    train().takeUpLayout(layout);
    window_->files().newFromPreset("plif-net-nmnist-small");
    QVERIFY(dock("dock.kernels")->isHidden());
    QVERIFY(!dock("dock.featureMaps")->isHidden());
  }

  void docksOfLayersAppearWhereTheyApply() {
    for (const char* name : {"dock.kernels", "dock.featureMaps", "dock.delays"}) {
      QVERIFY2(dock(name)->isHidden(), name);
      QVERIFY(!dock(name)->toggleViewAction()->isVisible());
    }
    QVERIFY(!dock("dock.layers")->isHidden());
    window_->files().newFromPreset("plif-net-nmnist-small");
    QVERIFY(!dock("dock.kernels")->isHidden() && !dock("dock.featureMaps")->isHidden());
    QVERIFY(dock("dock.delays")->isHidden() && dock("dock.map")->isHidden());
    window_->files().newFromPreset("delays-heidelberg-small");
    QVERIFY(dock("dock.kernels")->isHidden());
    QVERIFY(!dock("dock.delays")->isHidden());
    QVERIFY(editor().cards().size() > 3);
    QCOMPARE(editor().problem(), QString());
  }
};

QTEST_MAIN(TestNetworkPanel)
#include "tst_network_panel.moc"
