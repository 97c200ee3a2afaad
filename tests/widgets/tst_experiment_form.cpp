// The form: an editor for every field, undo, validation at the field, only what applies.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "core/experiments/network_presets.h"
#include "datasets/atomic_file.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/form/field_row.h"
#include "widgets/form/layers_editor.h"

using namespace paralif;

namespace {

QString keyOf(const Field& field) { return QString::fromStdString(std::string(field.key)); }

}  // namespace

class TestExperimentForm : public QObject {
  Q_OBJECT

 private:
  ExperimentForm* form_ = nullptr;

  QWidget* input(const QString& key) { return form_->row(key)->editor().input(); }
  void type(const QString& key, const QString& text) {
    input(key)->setFocus();
    QTest::keyClick(input(key), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(input(key), text);
  }
  void choose(const QString& key, const QString& text) {
    auto* box = qobject_cast<QComboBox*>(input(key));
    box->setCurrentIndex(box->findText(text));
    Q_EMIT box->activated(box->currentIndex());
  }

 private Q_SLOTS:
  void init() {
    form_ = new ExperimentForm;
    form_->resize(320, 900);
    form_->show();
    QVERIFY(QTest::qWaitForWindowExposed(form_));
  }
  void cleanup() { delete form_; }

  void everyFieldHasAnEditor() {
    for (const Field& field : experiment_fields()) {
      const QString key = keyOf(field);
      QVERIFY2(form_->row(key) != nullptr, qPrintable(key));
      QCOMPARE(input(key)->objectName(), key);
      QVERIFY2(!input(key)->toolTip().isEmpty(), qPrintable(key));
      QVERIFY2(!input(key)->accessibleName().isEmpty(), qPrintable(key));
    }
  }

  void showsTimeConstantsInMilliseconds() {
    type("neuron.tau_mem", "35");
    QVERIFY(form_->experiment().neuron.tau_mem_s == 0.035);
    QTest::keyClick(input("neuron.tau_mem"), Qt::Key_Return);
    QCOMPARE(input("neuron.tau_mem")->findChild<QLineEdit*>()->text(), QString("35 ms"));
    type("neuron.tau_mem", "none");
    QVERIFY(form_->experiment().neuron.tau_mem_s.all(std::nullopt));
    QTest::keyClick(input("neuron.tau_mem"), Qt::Key_Return);
    QCOMPARE(input("neuron.tau_mem")->findChild<QLineEdit*>()->text(), QString("none"));
    type("neuron.tau_mem", "0");
    QVERIFY(form_->experiment().neuron.tau_mem_s == 0.0);
    QTest::keyClick(input("neuron.tau_mem"), Qt::Key_Return);
    QCOMPARE(input("neuron.tau_mem")->findChild<QLineEdit*>()->text(), QString("0 ms"));
  }

  void noValueIsChosenByWordByStepAndByClearing() {
    input("neuron.threshold")->setFocus();
    QCOMPARE(input("neuron.threshold")->findChild<QLineEdit*>()->text(), QString("published"));
    QTest::keyClick(input("neuron.threshold"), Qt::Key_Up);
    QVERIFY(form_->experiment().neuron.threshold == 0.0);
    QTest::keyClick(input("neuron.threshold"), Qt::Key_Down);
    QVERIFY(!form_->experiment().neuron.threshold);
    type("neuron.threshold", "0.5");
    QVERIFY(form_->experiment().neuron.threshold == 0.5);
    QTest::keyClick(input("neuron.threshold"), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(input("neuron.threshold"), Qt::Key_Delete);
    QVERIFY(!form_->experiment().neuron.threshold);
    QVERIFY(form_->row("neuron.threshold")->problem().isEmpty());
  }

  void layersMayHaveValuesOfTheirOwn() {
    type("network.hidden", "64, 32");
    type("neuron.tau_mem", "20, none");
    const PerLayer<std::optional<double>> two{0.02, std::nullopt};
    QVERIFY(form_->experiment().neuron.tau_mem_s == two);
    QVERIFY(form_->row("neuron.tau_mem")->problem().isEmpty());
    QTest::keyClick(input("neuron.tau_mem"), Qt::Key_Return);
    QCOMPARE(input("neuron.tau_mem")->findChild<QLineEdit*>()->text(), QString("20, none ms"));
    type("neuron.tau_mem", "20, 10, 5, 1");
    QVERIFY(!form_->row("neuron.tau_mem")->problem().isEmpty());
    Experiment experiment = form_->experiment();
    experiment.neuron.tau_mem_s = 0.01;
    experiment.network.recurrent = {true, false};
    form_->setExperiment(experiment);
    auto* box = qobject_cast<QCheckBox*>(input("network.recurrent"));
    QCOMPARE(box->checkState(), Qt::PartiallyChecked);
    QTest::mouseClick(box, Qt::LeftButton);
    QVERIFY(form_->experiment().network.recurrent.single());
  }

  void stepsByKey() {
    input("training.epochs")->setFocus();
    QTest::keyClick(input("training.epochs"), Qt::Key_Up);
    QCOMPARE(form_->experiment().training.epochs, 21);
    QTest::keyClick(input("training.learning_rate"), Qt::Key_Down);
    QVERIFY(qFuzzyCompare(form_->experiment().training.learning_rate, 9.9e-4));
  }

  void undoesAndRedoes() {
    const Experiment before = form_->experiment();
    type("training.epochs", "57");  // two keys, one step to undo
    QTest::mouseClick(input("network.recurrent"), Qt::LeftButton);
    const Experiment after = form_->experiment();
    QCOMPARE(after.training.epochs, 57);
    QVERIFY(after.network.recurrent.all(true));
    QCOMPARE(form_->undoStack()->count(), 2);
    form_->undoStack()->undo();
    QVERIFY(form_->experiment().network.recurrent.all(false));
    form_->undoStack()->undo();
    QVERIFY(form_->experiment() == before);
    QVERIFY(input("training.epochs")->findChild<QLineEdit*>()->text().startsWith("20"));
    form_->undoStack()->redo();
    form_->undoStack()->redo();
    QVERIFY(form_->experiment() == after);
  }

  void undoIsQuick() {
    for (int i = 0; i < 200; ++i) {
      type(i % 2 == 0 ? "training.epochs" : "seed", QString::number(i + 1));
    }
    QElapsedTimer clock;
    clock.start();
    while (form_->undoStack()->canUndo()) form_->undoStack()->undo();
    qInfo("200 steps undone in %lld ms", clock.elapsed());
    QVERIFY(clock.elapsed() < 2000);
  }

  void tellsWhatIsWrongAtTheField() {
    type("training.epochs", "0");
    FieldRow* row = form_->row("training.epochs");
    QVERIFY(!row->problem().isEmpty());
    QVERIFY(row->findChild<QWidget*>("problem")->isVisible());
    QCOMPARE(form_->problems().front().key, std::string("training.epochs"));
    type("training.epochs", "3");
    QVERIFY(row->problem().isEmpty());
    QVERIFY(form_->problems().empty());

    type("training.epochs", "many");
    QVERIFY(row->problem().contains("many"));
    QVERIFY(!form_->problems().empty());
    QCOMPARE(form_->experiment().training.epochs, 3);
    form_->undoStack()->undo();
    QVERIFY(row->problem().isEmpty());
  }

  void tellsWhatDoesNotGoTogether() {
    choose("neuron.name", "LIF");
    choose("backend", "fft");
    QVERIFY(form_->row("backend")->problem().contains("LIF"));
    choose("backend", "fused");
    QVERIFY(form_->problems().empty());
  }

  void showsOnlyWhatApplies() {
    QVERIFY(!input("neuron.refractory")->isVisible());
    choose("neuron.name", "LIF");
    QVERIFY(input("neuron.refractory")->isVisible());
    choose("neuron.name", "ParaLIF-GS");
    QVERIFY(!input("neuron.refractory")->isVisible());
    QVERIFY(!input("neuron.threshold")->isVisible());
    QVERIFY(!input("network.recurrent_relu")->isVisible());
    QTest::mouseClick(input("network.recurrent"), Qt::LeftButton);
    QVERIFY(input("network.recurrent_relu")->isVisible());
  }

  void editsLayerSizes() {
    type("network.hidden", "64, 32");
    const std::vector<std::int64_t> two{64, 32};
    QVERIFY(form_->experiment().network.hidden == two);
    for (auto* button : form_->row("network.hidden")->findChildren<QToolButton*>()) {
      if (button->text() == "+") QTest::mouseClick(button, Qt::LeftButton);
    }
    const std::vector<std::int64_t> three{64, 32, 32};
    QVERIFY(form_->experiment().network.hidden == three);
    type("network.hidden", "64, x");
    QVERIFY(!form_->row("network.hidden")->problem().isEmpty());
  }

  void findsFoldedFields() {
    QVERIFY(!input("training.optimizer")->isVisible());
    QVERIFY(form_->focusField("training.optimizer"));
    QVERIFY(input("training.optimizer")->isVisible());
    QVERIFY(!form_->focusField("no.such.field"));
  }

  void takesPublishedNetworksAndFiles() {
    auto* box = qobject_cast<QComboBox*>(input("network.layers"));
    QVERIFY(box != nullptr);
    QVERIFY(form_->row("network.hidden")->isVisible());
    choose("network.layers", "PLIF net for N-MNIST, small");
    QVERIFY(form_->experiment().network.layers == network_named("plif-net-nmnist-small"));
    QVERIFY(!form_->row("network.hidden")->isVisible());
    QVERIFY(!form_->row("neuron.name")->isVisible());

    QTemporaryDir dir;
    const QString path = dir.filePath("mine.json");
    const std::string own = R"([{"id": "a", "kind": "linear", "units": 3}])";
    write_file(path.toStdString(), own);
    auto* editor = dynamic_cast<LayersEditor*>(&form_->row("network.layers")->editor());
    QVERIFY(editor != nullptr);
    editor->readFile(path);
    QVERIFY(form_->experiment().network.layers == network_named(own));
    QVERIFY2(box->currentText().contains("layer"), qPrintable(box->currentText()));
    // What is refused is said at the field, and the network stays.
    write_file(path.toStdString(), "[{\"id\": 3}]");
    editor->readFile(path);
    QVERIFY(!form_->problems().empty());
    QVERIFY(form_->experiment().network.layers == network_named(own));

    choose("network.layers", "Dense");
    QVERIFY(form_->experiment().network.layers.layers.empty());
    QVERIFY(form_->problems().empty());
    QVERIFY(form_->row("network.hidden")->isVisible());
    QTRY_COMPARE(box->count(), 1 + int(network_presets().size()));
  }

  /// Tab goes down the form, through every field that is shown.
  void tabFollowsTheFieldsFromTopToBottom() {
    form_->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(form_));
    QStringList shown;
    for (const Field& field : experiment_fields()) {
      if (form_->row(keyOf(field))->isVisible()) shown << keyOf(field);
    }
    QVERIFY(shown.size() > 10);
    input(shown.front())->setFocus();
    QStringList visited;
    int last = -1;
    for (int presses = 0; presses < 100 && visited.size() < shown.size(); ++presses) {
      QWidget* now = QApplication::focusWidget();
      QVERIFY(now != nullptr);
      for (const QString& key : std::as_const(shown)) {
        FieldRow* row = form_->row(key);
        if (!row->isAncestorOf(now) || visited.contains(key)) continue;
        visited << key;
        const int y = row->mapTo(form_, QPoint()).y();
        QVERIFY2(y > last, qPrintable(key));
        last = y;
      }
      QTest::keyClick(now, Qt::Key_Tab);
    }
    QCOMPARE(visited, shown);
  }
};

QTEST_MAIN(TestExperimentForm)
#include "tst_experiment_form.moc"
