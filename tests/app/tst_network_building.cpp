// plif_net built by mouse in the window and trained; a drag undone.
#include <QDockWidget>
#include <QTest>
#include <QUndoStack>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/network_panel.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "datasets/samples/sample_data.h"
#include "tests/app/isolated.h"
#include "tests/network_by_mouse.h"
#include "widgets/form/experiment_form.h"

using namespace paralif;

class TestNetworkBuilding : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  TrainWorkspace& train() { return window_->train(); }
  NetworkEditor& editor() { return train().network().editor(); }
  const NetworkDescription& layers() { return train().form().experiment().network.layers; }
  void set(int index, const char* key, const char* text) {
    const auto fold = [&] { return editor().cards()[index]->findChild<QToolButton*>("fold"); };
    QTest::mouseClick(fold(), Qt::LeftButton);
    testing::typeNumber(editor().cards()[index], key, text);
    QTest::mouseClick(fold(), Qt::LeftButton);
  }

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    const std::filesystem::path data = home_->path("digits").toStdString();
    write_sample_data("nmnist", data);
    StudioOptions options;
    options.remember = false;
    options.ask = false;
    options.size = {1280, 800};
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    window_->activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    Experiment digits;
    digits.title = "built by hand";
    digits.dataset.name = "nmnist";
    digits.dataset.data_dir = data.string();
    digits.dataset.polarity = "both";
    digits.dataset.bins = 5;
    digits.training.loss = "mse_rate";
    digits.training.optimizer = "adam";
    digits.training.batch_size = 8;
    digits.training.epochs = 1;
    digits.training.debug = true;
    digits.network.layers.layers = {{"c1", "conv2d", {}}};
    window_->files().take(digits);
    train().findChild<QDockWidget*>("dock.network")->raise();
    testing::settle();
  }
  void cleanup() { window_.reset(); }

  void plifNetIsBuiltByMouseAndTrained() {
    QTest::mouseClick(editor().cards()[0], Qt::LeftButton, {}, QPoint(60, 8));
    const auto add = [&](const std::vector<const char*>& kinds) {
      for (const char* kind : kinds) testing::addLayer(editor(), kind);
    };
    add({"batch_norm", "neuron", "max_pool", "conv2d", "batch_norm", "neuron", "max_pool"});
    // Two equal stages are one card a layer, with a count: an edit is one of both.
    QCOMPARE(layers().layers.size(), std::size_t{8});
    QCOMPARE(editor().cards().size(), qsizetype{4});
    set(0, "channels", "4");
    add({"flatten", "dropout", "linear", "neuron"});
    QCOMPARE(editor().cards()[6]->layer().kind, std::string("linear"));
    set(6, "units", "64");
    editor().cards().last()->setFocus();
    add({"dropout", "linear", "neuron", "vote"});
    QCOMPARE(layers().layers.size(), std::size_t{16});
    QCOMPARE(editor().cards()[9]->layer().kind, std::string("linear"));
    set(9, "units", "100");
    testing::clickMenu(editor(), "neurons", "models", "ParaLIF-T");
    QCOMPARE(editor().problem(), QString());
    QCOMPARE(editor().cards().last()->shapeText(), QString("10"));
    for (const LayerDescription& layer : layers().layers) {
      if (layer.kind == "conv2d") {
        QCOMPARE(std::get<std::int64_t>(layer.values.at("channels")), std::int64_t{4});
      }
    }

    QTest::keyClick(window_.get(), Qt::Key_F5);
    constexpr int patienceMs = 60000;
    QTRY_COMPARE_WITH_TIMEOUT(window_->controller().state(), SessionState::finished, patienceMs);
    QCOMPARE(window_->controller().experiment()->network.layers, layers());
    QCOMPARE(window_->controller().latest().epoch, std::int64_t{1});
  }

  void aDragIsUndone() {
    QTest::mouseClick(editor().cards()[0], Qt::LeftButton, {}, QPoint(60, 8));
    for (const char* kind : {"batch_norm", "max_pool"}) testing::addLayer(editor(), kind);
    const NetworkDescription before = layers();
    testing::dragCard(editor().cards()[2], editor().cards()[0]);
    QCOMPARE(layers().layers[0].kind, std::string("max_pool"));
    QVERIFY(train().undoStack()->undoText().startsWith("move "));
    train().undoStack()->undo();
    QCOMPARE(layers(), before);
    QCOMPARE(editor().network(), before);
    QCOMPARE(editor().cards()[0]->layer().kind, std::string("conv2d"));
    train().undoStack()->redo();
    QCOMPARE(layers().layers[0].kind, std::string("max_pool"));
  }
};

QTEST_MAIN(TestNetworkBuilding)
#include "tst_network_building.moc"
