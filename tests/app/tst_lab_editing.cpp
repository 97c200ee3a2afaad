// Edits of the lab: undo against a list of states, exports of what is seen, advice on the step.
#include <QSignalSpy>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

#include <random>

#include "app/studio/lab_controller.h"
#include "app/studio/lab_workspace.h"
#include "tests/app/isolated.h"
#include "widgets/lab/lab_plot.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/parameter_slider.h"

using namespace paralif;

class TestLabEditing : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<LabWorkspace> lab_;

 private Q_SLOTS:
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    lab_ = std::make_unique<LabWorkspace>();
    lab_->resize(1100, 760);
    lab_->show();
    QVERIFY(QTest::qWaitForWindowExposed(lab_.get()));
  }
  void cleanup() {
    lab_.reset();
    home_.reset();
  }

  void undoFollowsAListOfStates() {
    // Random edits, undos and redos against the states that they should show.
    LabController& controller = lab_->controller();
    std::vector<lab::LabScene> states{controller.scene()};
    std::size_t at = 0;
    std::mt19937 random(20261125);
    const auto below = [&random](std::size_t count) { return random() % count; };
    for (int step = 0; step < 600; ++step) {
      const auto kind = below(10);
      if (kind < 3 && at > 0) {
        lab_->undoStack()->undo();
        --at;
      } else if (kind < 5 && at + 1 < states.size()) {
        lab_->undoStack()->redo();
        ++at;
      } else {
        lab::LabScene scene = controller.scene();
        const std::size_t neuron = below(scene.neurons.size());
        switch (below(5)) {
          case 0:
            scene.neurons[neuron].gain = 0.5 + 0.25 * double(below(40));
            break;
          case 1:
            scene.neurons[neuron] = *lab::neuron_named(lab::model_names()[below(14)]);
            break;
          case 2:
            if (scene.neurons.size() < 4) scene.neurons.push_back(scene.neurons[neuron]);
            break;
          case 3:
            if (scene.neurons.size() > 1) scene.neurons.pop_back();
            break;
          default:
            scene.stimulus.baseline = 0.1 * double(below(20));
        }
        // As a drag does: what is passed through on the way is no step of undo.
        lab::LabScene way = scene;
        way.stimulus.baseline = 5.0;
        if (below(2) == 0) controller.preview(way);
        const bool other = !(scene == states[at]);
        controller.take(scene, "edit");
        if (other) {
          states.resize(at + 1);
          states.push_back(scene);
          ++at;
        }
      }
      QVERIFY2(controller.scene() == states[at], qPrintable(QString::number(step)));
      QCOMPARE(lab_->undoStack()->index(), int(at));
      QCOMPARE(lab_->undoStack()->count(), int(states.size()) - 1);
    }
    while (lab_->undoStack()->canUndo()) lab_->undoStack()->undo();
    QVERIFY(controller.scene() == states.front());
  }

  void undoOfSlidersShowsWhatWasThere() {
    lab_->openPublished(0);
    QSlider& gain = lab_->editor(0)->slider("gain")->slider();
    QSlider& tau = lab_->editor(0)->slider("tau_mem_s")->slider();
    gain.setValue(700);
    const lab::LabScene first = lab_->controller().scene();
    tau.setValue(300);
    lab_->undoStack()->undo();
    QVERIFY(lab_->controller().scene() == first);
    tau.setValue(800);  // a new edit after an undo
    lab_->undoStack()->undo();
    QVERIFY(lab_->controller().scene() == first);
  }

  void exportsWhatIsSeen() {
    QSignalSpy exported(lab_.get(), &LabWorkspace::exported);
    QTemporaryDir folder;
    QSet<QByteArray> images;
    for (const auto page : {LabWorkspace::tracesPage, LabWorkspace::boardPage,
                            LabWorkspace::searchPage, LabWorkspace::figurePage}) {
      lab_->showPage(page);
      QCoreApplication::processEvents();
      for (const char* suffix : {"svg", "pdf", "png"}) {
        const QString path = folder.filePath(QString("page%1.%2").arg(page).arg(suffix));
        lab_->exportFigure(path);
        QVERIFY2(QFileInfo(path).size() > 1000, qPrintable(path));
        QCOMPARE(exported.takeLast()[0].toString(), path);
      }
      QFile image(folder.filePath(QString("page%1.png").arg(page)));
      QVERIFY(image.open(QIODevice::ReadOnly));
      images.insert(image.readAll());
      QCOMPARE(QFileInfo(lab_->suggestedFigure()).absolutePath(),
               QFileInfo(folder.path()).absoluteFilePath());
    }
    QCOMPARE(images.size(), 4);
    lab_->showPage(LabWorkspace::tracesPage);
    const QString table = folder.filePath("traces.csv");
    lab_->exportFigure(table);
    QVERIFY(QFileInfo(table).size() > 1000);
    QCOMPARE(exported.takeLast()[0].toString(), table);
    exported.clear();
    lab_->exportFigure(folder.filePath("traces.gif"));
    QVERIFY(exported.isEmpty());
  }

  void warnsInTheEditor() {
    lab::LabScene scene = lab_->controller().scene();
    scene.neurons = {*lab::neuron_named("ParaLIF-D")};
    scene.neurons[0].gain = 2.0;
    scene.stimulus.time_step_s = 1e-4;
    lab_->controller().take(scene, "test");
    QVERIFY(lab_->controller().shown()[0].trace->spikes.empty());
    QVERIFY(lab_->editor(0)->adviceText().contains("change of u in one step of 0.1 ms"));
    QVERIFY(lab_->editor(0)->adviceText().contains("Silent"));
  }
};

QTEST_MAIN(TestLabEditing)
#include "tst_lab_editing.moc"
