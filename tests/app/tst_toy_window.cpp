// A workspace and a view of a record that the window knows nothing of: registered, they are in the
// bar, in the docks, under keys, and are told what to open.
#include <QApplication>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QTest>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>

#include "app/studio/file_commands.h"
#include "app/studio/main_window.h"
#include "app/studio/session_controller.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace.h"
#include "app/studio/workspace_bar.h"
#include "datasets/error.h"
#include "tests/app/isolated.h"
#include "tests/finished_run.h"
#include "widgets/records/record_view.h"
#include "widgets/records/record_views.h"

using namespace paralif;

namespace {

/// Shows the sum of the record "toy".
class ToyView : public RecordView {
 public:
  ToyView() : RecordView("Toy sums", "dock.toy", "toy"), sum_(new QLabel(this)) {}
  [[nodiscard]] QString text() const { return sum_->text(); }

 protected:
  void showRecords() override {
    const RecordPointer toy = record("toy");
    sum_->setText(toy ? QString::number(double(toy->find("sum")->values.at(0))) : QString());
  }

 private:
  QLabel* sum_;
};

/// Counts clicks, which can be undone.
class ToyWorkspace : public Workspace {
 public:
  ToyWorkspace() : Workspace({"Toy counter", "train", "Counts"}), count_(new QPushButton("0")) {
    setCentralWidget(count_);
    connect(count_, &QPushButton::clicked, this, [this] { undo_.push(new Step(*count_)); });
  }
  QUndoStack* undoStack() override { return &undo_; }
  bool openPath(const QString& path) override {
    if (!path.endsWith(".toy")) return false;
    attempt([&] {
      QFile file(path);
      if (!file.open(QIODevice::ReadOnly) || file.size() == 0) {
        throw Error(Error::Kind::file, path.toStdString(), "is empty", "count first");
      }
      count_->setText(QString::fromUtf8(file.readAll()));
    });
    return true;
  }
  void resetLayout() override { count_->setText("0"); }
  QPushButton& count() { return *count_; }

 private:
  struct Step : QUndoCommand {
    explicit Step(QPushButton& of) : QUndoCommand("a click"), count(of) {}
    void redo() override { count.setText(QString::number(count.text().toInt() + 1)); }
    void undo() override { count.setText(QString::number(count.text().toInt() - 1)); }
    QPushButton& count;
  };
  QUndoStack undo_;
  QPushButton* count_;
};

}  // namespace

class TestToyWindow : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;
  std::unique_ptr<MainWindow> window_;

  ToyWorkspace& toy() { return *dynamic_cast<ToyWorkspace*>(window_->workspaces().inFront()); }
  void drop(const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(window_.get(), &event);
    QVERIFY(event.isAccepted());
  }
  void show(const StudioOptions& options) {
    window_ = std::make_unique<MainWindow>(options);
    window_->show();
    QVERIFY(QTest::qWaitForWindowActive(window_.get()));
  }

 private Q_SLOTS:
  void initTestCase() {
    registerRecordView([] { return new ToyView; });
    registerWorkspace([] { return new ToyWorkspace; });
  }
  void init() {
    home_ = std::make_unique<testing::IsolatedHome>();
    StudioOptions options;
    options.ask = false;
    options.remember = false;
    options.workspace = "toy-counter";
    show(options);
  }
  void cleanup() {
    window_.reset();
    home_.reset();
  }

  void theWorkspaceIsInTheBarAndUndoes() {
    QCOMPARE(window_->workspaces().titles().last(), QString("toy-counter"));
    QTest::mouseClick(&toy().count(), Qt::LeftButton);
    QTest::mouseClick(&toy().count(), Qt::LeftButton);
    QCOMPARE(toy().count().text(), QString("2"));
    QTest::keyClick(window_.get(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(toy().count().text(), QString("1"));
    QTest::keyClick(window_.get(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(window_->workspaces().current(), 0);
    QTest::keyClick(window_.get(), Qt::Key(Qt::Key_0 + window_->workspaces().count()),
                    Qt::ControlModifier);
    QCOMPARE(window_->workspaces().inFront()->about().title, QString("Toy counter"));
  }

  void itOpensItsFilesAndSaysWhatIsWrong() {
    const QString path = home_->path("five.toy");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("5") == 1);
    file.close();
    window_->workspaces().show(0);
    drop(path);
    QCOMPARE(toy().count().text(), QString("5"));
    QFile empty(home_->path("empty.toy"));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    drop(empty.fileName());
    QVERIFY(window_->findChild<QLabel*>("messageText")->text().contains("is empty"));
    QCOMPARE(toy().count().text(), QString("5"));
  }

  void theViewShowsItsRecordWithItsEpoch() {
    const std::filesystem::path run = home_->path("runs/toy").toStdString();
    testing::saveFinishedRun(run, testing::tinyExperiment(1));
    testing::saveMetrics(run, 1);
    Record record;
    record.epoch = 1;
    record.arrays = {{"sum", {1}, {42.0F}}};
    run_files::write_epoch(run, 1, {{"toy", std::make_shared<const Record>(record)}});
    window_->files().openPath(QString::fromStdString(run.string()));
    auto* dock = window_->train().findChild<QDockWidget*>("dock.toy");
    QVERIFY(dock != nullptr);
    auto* view = dynamic_cast<ToyView*>(dock->findChild<RecordView*>());
    QVERIFY(view != nullptr);
    QTRY_COMPARE(view->text(), QString("42"));
    QVERIFY(window_->train().captionOf("dock.toy").startsWith("epoch 1"));
    QCOMPARE(dock->windowTitle(), QString("Toy sums"));
  }
};

QTEST_MAIN(TestToyWindow)
#include "tst_toy_window.moc"
