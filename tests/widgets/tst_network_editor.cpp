// The network editor by mouse and keys: cards, shapes, errors, stages.
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <algorithm>

#include "core/encoding/expected_input.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"
#include "datasets/catalogue/catalogue.h"
#include "tests/network_by_mouse.h"
#include "widgets/form/number_box.h"
#include "widgets/network/layer_card.h"
#include "widgets/network/network_editor.h"

using namespace paralif;

namespace {

const SignalShape camera{0, {2, 34, 34}};

QStringList kindsOf(const NetworkDescription& network) {
  QStringList kinds;
  for (const LayerDescription& layer : network.layers) kinds << QString::fromStdString(layer.kind);
  return kinds;
}

}  // namespace

class TestNetworkEditor : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<NetworkEditor> editor_;

  void add(const char* kind) { testing::addLayer(*editor_, kind); }
  LayerCard* card(int index) { return editor_->cards()[index]; }
  static void type(LayerCard* of, const char* key, const QString& text) {
    testing::typeNumber(of, key, text);
  }
  void click(const char* name) {
    QTest::mouseClick(editor_->findChild<QToolButton*>(name), Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }

 private Q_SLOTS:
  void init() {
    editor_ = std::make_unique<NetworkEditor>();
    editor_->resize(380, 700);
    editor_->show();
    QVERIFY(QTest::qWaitForWindowExposed(editor_.get()));
  }

  void everyPresetOpens_data() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(network_presets().size()); ++i) {
      QTest::newRow(std::string(network_presets()[std::size_t(i)].name).c_str()) << i;
    }
  }

  void everyPresetOpens() {
    QFETCH(int, index);
    const NetworkPreset& preset = network_presets()[std::size_t(index)];
    const auto whole = std::ranges::find(presets(), preset.name, &Preset::id);
    QVERIFY(whole != presets().end());
    editor_->setNetwork(preset.make(), expected_input(whole->experiment.dataset));
    QCOMPARE(editor_->problem(), QString());
    QVERIFY(editor_->cards().size() >= 5);
    for (LayerCard* one : editor_->cards()) QVERIFY(!one->shapeText().isEmpty());
    QVERIFY(editor_->findChild<QLabel*>("summary")->text().contains("parameters"));
    const Dataset* data = find_dataset(whole->experiment.dataset.name);
    const auto reports = report_layers(preset.make(), expected_input(whole->experiment.dataset));
    QCOMPARE(reports.back().output->features, std::vector<std::int64_t>{data->classes});
    // Numbers of weights that the published code has, without its learned decays.
    std::int64_t parameters = 0;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      if (preset.make().layers[i].kind != "neuron") parameters += reports[i].cost.parameters;
    }
    if (preset.name == "plif-net-nmnist") QCOMPARE(parameters, std::int64_t{17'132'288});
    if (preset.name == "plif-net-dvsgesture") QCOMPARE(parameters, std::int64_t{1'693'184});
    if (preset.name == "sequential-cifar10") QCOMPARE(parameters, std::int64_t{513'418});
  }

  void isBuiltByMouse() {
    editor_->setNetwork({{{"c1", "conv2d", {}}}}, camera);
    QSignalSpy edits(editor_.get(), &NetworkEditor::edited);
    QTest::mouseClick(card(0), Qt::LeftButton, {}, QPoint(60, 8));
    for (const char* kind : {"batch_norm", "neuron", "max_pool", "flatten", "linear", "neuron"}) {
      add(kind);
    }
    QCOMPARE(edits.count(), 6);
    QCOMPARE(kindsOf(editor_->network()),
             (QStringList{"conv2d", "batch_norm", "neuron", "max_pool", "flatten", "linear",
                          "neuron"}));
    QCOMPARE(editor_->problem(), QString());
    // 32 channels of 34 x 34 as the default makes them; then 8.
    QCOMPARE(card(0)->shapeText(), QString("32 × 34 × 34"));
    QTest::mouseClick(card(0)->findChild<QToolButton*>("fold"), Qt::LeftButton);
    type(card(0), "channels", "8");
    QCOMPARE(std::get<std::int64_t>(editor_->network().layers[0].values.at("channels")),
             std::int64_t{8});
    QCOMPARE(card(0)->shapeText(), QString("8 × 34 × 34"));
    QCOMPARE(card(4)->shapeText(), QString::number(8 * 17 * 17));
    QCOMPARE(card(0)->findChild<QLabel*>("cost")->text(),
             QString("144 parameters · %1 operations a step").arg("0.166 M"));
    QCOMPARE(edits.last().at(2).toString(), QString("c1.channels"));  // typing becomes one step
  }

  void aShapeErrorStandsAtItsCard() {
    editor_->setNetwork({{{"c1", "conv2d", {}},
                          {"n1", "neuron", {}},
                          {"l1", "linear", {}},
                          {"n2", "neuron", {}}}},
                        camera);
    QVERIFY(card(0)->problem().isEmpty() && card(1)->problem().isEmpty());
    QVERIFY2(card(2)->problem().startsWith("layer 3, linear \"l1\": "),
             qPrintable(card(2)->problem()));
    QVERIFY(card(2)->findChild<QLabel*>("problem")->isVisible());
    QVERIFY(card(3)->problem().isEmpty());
    QVERIFY(card(3)->shapeText().isEmpty());  // nobody knows
    QCOMPARE(editor_->problem(), card(2)->problem());
    QTest::mouseClick(card(1), Qt::LeftButton, {}, QPoint(60, 8));
    add("flatten");
    QCOMPARE(editor_->problem(), QString());
    QVERIFY(!card(4)->shapeText().isEmpty());
    // A value that is out of range is told too, and nothing is taken for it.
    QTest::mouseClick(card(0)->findChild<QToolButton*>("fold"), Qt::LeftButton);
    type(card(0), "kernel", "99");
    QVERIFY2(card(0)->problem().contains("kernel of 99"), qPrintable(card(0)->problem()));
  }

  void keysSelectMoveCopyAndRemove() {
    editor_->setNetwork({{{"a", "flatten", {}}, {"b", "linear", {}}, {"c", "neuron", {}}}}, camera);
    QTest::mouseClick(card(1), Qt::LeftButton, {}, QPoint(60, 8));
    QTest::keyClick(editor_.get(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(kindsOf(editor_->network()), (QStringList{"flatten", "neuron", "linear"}));
    QTest::keyClick(editor_.get(), Qt::Key_Down, Qt::AltModifier);  // it is the last one
    QCOMPARE(kindsOf(editor_->network()), (QStringList{"flatten", "neuron", "linear"}));
    QTest::keyClick(editor_.get(), Qt::Key_Up);
    QVERIFY(card(1)->isSelected());
    QTest::keyClick(editor_.get(), Qt::Key_Return);
    QVERIFY(card(1)->isUnfolded());
    QTest::keyClick(editor_.get(), Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(kindsOf(editor_->network()), (QStringList{"flatten", "neuron", "neuron", "linear"}));
    QTest::keyClick(editor_.get(), Qt::Key_Delete);
    QCOMPARE(kindsOf(editor_->network()), (QStringList{"flatten", "neuron", "linear"}));
    click("remove");
    click("remove");
    click("remove");  // the last layer stays
    QCOMPARE(editor_->network().layers.size(), std::size_t{1});
  }

  void aCardIsDraggedByItsHandle() {
    editor_->setNetwork({{{"a", "flatten", {}},
                          {"b", "linear", {}},
                          {"c", "neuron", {}},
                          {"d", "dropout", {}}}},
                        camera);
    QSignalSpy edits(editor_.get(), &NetworkEditor::edited);
    testing::dragCard(card(3), card(1));
    QCOMPARE(kindsOf(editor_->network()), (QStringList{"flatten", "dropout", "linear", "neuron"}));
    QCOMPARE(edits.count(), 1);
    QVERIFY(edits[0].at(2).toString().isEmpty());  // a step of its own to undo
  }

  void aStageIsOneCardWithACount() {
    NetworkDescription network;
    for (const char* kind : {"conv2d", "neuron", "conv2d", "neuron", "flatten"}) {
      network = with_layer(network, network.layers.size(), kind);
    }
    editor_->setNetwork(network, camera);
    QCOMPARE(editor_->cards().size(), 3);
    auto* count = editor_->findChild<QSpinBox*>("count");
    QCOMPARE(count->value(), 2);
    count->setFocus();
    QTest::keyClick(count, Qt::Key_Up);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(editor_->network().layers.size(), std::size_t{7});
    QCOMPARE(editor_->cards().size(), 3);
    // One edit changes all of them.
    QTest::mouseClick(card(0)->findChild<QToolButton*>("fold"), Qt::LeftButton);
    type(card(0), "channels", "5");
    for (const std::size_t at : {0U, 2U, 4U}) {
      QCOMPARE(std::get<std::int64_t>(editor_->network().layers[at].values.at("channels")),
               std::int64_t{5});
    }
    QCOMPARE(editor_->findChild<QSpinBox*>("count")->value(), 3);
    click("duplicate");
    QCOMPARE(editor_->findChild<QSpinBox*>("count")->value(), 4);
    QTest::keyClick(editor_.get(), Qt::Key_Delete);  // the convolution of every repeat
    QCOMPARE(kindsOf(editor_->network()),
             (QStringList{"neuron", "neuron", "neuron", "neuron", "flatten"}));
  }

  void theDenseNetworkIsOfferedAsLayers() {
    editor_->setNetwork({}, camera);
    QSignalSpy wanted(editor_.get(), &NetworkEditor::layersWanted);
    auto* button = editor_->findChild<QPushButton*>("asLayers");
    QVERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
    QVERIFY(!editor_->findChild<QToolButton*>("add")->isEnabled());
  }

  /// A published network keeps its published settings for the other neurons; an own one keeps what
  /// both know.
  void allNeuronsChangeAtOnce() {
    const auto choose = [&](const char* model) {
      testing::clickMenu(*editor_, "neurons", "models", model);
    };
    connect(editor_.get(), &NetworkEditor::edited, editor_.get(), [&](const NetworkDescription& network) {
      editor_->setNetwork(network, camera);
    });
    editor_->setNetwork(network_named("plif-net-nmnist-small"), camera);
    choose("PLIF");
    QVERIFY(editor_->network() == network_named("plif-net-nmnist-small:PLIF"));
    QCOMPARE(editor_->cards()[2]->findChild<QLabel*>("title")->text(), QString("3 · Neurons: PLIF"));
    QCOMPARE(editor_->problem(), QString());
    editor_->setNetwork({{{"a", "flatten", {}},
                          {"b", "linear", {}},
                          {"c", "neuron", {{"model", std::string("ParaLIF-D")},
                                           {"tau_mem", 0.03},
                                           {"threshold", 0.2}}}}},
                        camera);
    choose("SJ-LIF");
    const LayerDescription& neurons = editor_->network().layers[2];
    QCOMPARE(std::get<std::string>(neurons.values.at("model")), std::string("SJ-LIF"));
    QCOMPARE(std::get<double>(neurons.values.at("threshold")), 0.2);
    QVERIFY(!neurons.values.contains("tau_mem"));
    editor_->setNetwork({}, camera);
    QVERIFY(!editor_->findChild<QToolButton*>("neurons")->isEnabled());
  }

  void anotherNetworkLeavesTheKeyboardWhereItIs() {
    QWidget both;
    auto* line = new QLineEdit(&both);
    editor_->setParent(&both);
    editor_->show();
    both.show();
    both.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&both));
    editor_->setNetwork({{{"a", "flatten", {}}, {"b", "linear", {}}}}, camera);
    QTest::mouseClick(card(1), Qt::LeftButton, {}, QPoint(60, 8));
    QVERIFY(editor_->isAncestorOf(QApplication::focusWidget()));
    line->setFocus();
    editor_->setNetwork({{{"b", "flatten", {}}}}, camera);  // the selected id is there still
    QVERIFY(line->hasFocus());
    editor_->setParent(nullptr);
  }

  void focusGoesToAParameter() {
    editor_->setNetwork({{{"a", "flatten", {}}, {"b", "linear", {}}}}, camera);
    QVERIFY(editor_->focusLayer("b", "units"));
    QVERIFY(card(1)->isUnfolded() && card(1)->isSelected());
    QVERIFY(card(1)->findChild<NumberBox*>("units")->hasFocus());
    QVERIFY(!editor_->focusLayer("x"));
  }
};

QTEST_MAIN(TestNetworkEditor)
#include "tst_network_editor.moc"
