// Points painted by mouse in the Datasets workspace.
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>


#include "app/studio/points_dialog.h"
#include "datasets/samples/point_shapes.h"
#include "tests/app/datasets_fixture.h"
#include "widgets/theme/theme.h"
#include "widgets/views/class_balance_view.h"
#include "widgets/views/point_canvas.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

void drag(PointCanvas& canvas, Qt::MouseButton mouse, QPointF from, QPointF to) {
  QTest::mousePress(&canvas, mouse, {}, from.toPoint());
  for (int i = 1; i <= 10; ++i) {
    // QTest::mouseMove has no buttons to hold.
    const QPointF at = from + (to - from) * (i / 10.0);
    QMouseEvent move(QEvent::MouseMove, at, canvas.mapToGlobal(at), Qt::NoButton, mouse, {});
    QCoreApplication::sendEvent(&canvas, &move);
  }
  QTest::mouseRelease(&canvas, mouse, {}, to.toPoint());
}

std::size_t ofClass(const PointCanvas& canvas, int label) {
  return std::size_t(std::ranges::count(canvas.points(), label, &LabelledPoint::label));
}

}  // namespace

class TestDatasetsMaking : public QObject, DatasetsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { workspace_.reset(); }

  void paintsPoints() {
    auto* dialog = openDialog<PointsDialog>("Paint points...");
    QVERIFY(dialog != nullptr);
    PointCanvas& canvas = dialog->canvas();
    QPushButton* train = button(*dialog, "Save and train");
    QVERIFY(!train->isEnabled());

    drag(canvas, Qt::LeftButton, canvas.toPixel(0.1, 0.2), canvas.toPixel(0.4, 0.2));
    const std::size_t first = ofClass(canvas, 0);
    QVERIFY(first > 10);
    for (const LabelledPoint& point : canvas.points()) {
      QVERIFY(point.x < 0.5 && std::abs(point.y - 0.2) <= canvas.radius() + 1e-9);
    }
    QVERIFY(!train->isEnabled());  // one class cannot be told apart

    QTest::keyClick(&canvas, Qt::Key_3);
    drag(canvas, Qt::LeftButton, canvas.toPixel(0.6, 0.8), canvas.toPixel(0.9, 0.8));
    const std::size_t third = ofClass(canvas, 2);
    QVERIFY(third > 10);
    QVERIFY(train->isEnabled());

    // Shift sets exactly one; the right button erases; undo and redo go stroke by stroke.
    QTest::mouseClick(&canvas, Qt::LeftButton, Qt::ShiftModifier,
                      canvas.toPixel(0.5, 0.5).toPoint());
    QCOMPARE(ofClass(canvas, 2), third + 1);
    drag(canvas, Qt::RightButton, canvas.toPixel(0.05, 0.2), canvas.toPixel(0.45, 0.2));
    QVERIFY(ofClass(canvas, 0) < first);
    dialog->activateWindow();  // for its keys
    QTRY_VERIFY(dialog->isActiveWindow());
    QTest::keyClick(dialog, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(ofClass(canvas, 0), first);
    button(*dialog, "Redo")->click();
    QVERIFY(ofClass(canvas, 0) < first);
    button(*dialog, "Undo")->click();
    QTest::keyClick(&canvas, Qt::Key_E);
    QTest::mouseClick(&canvas, Qt::LeftButton, {}, canvas.toPixel(0.5, 0.5).toPoint());
    QCOMPARE(ofClass(canvas, 2), third);

    QSignalSpy trained(workspace_.get(), &DatasetsWorkspace::startRequested);
    train->click();
    QCOMPARE(trained.value(0).value(0).toString(), QString("points"));
    QTRY_COMPARE(samples(), int(first + third));
    QVERIFY(fs::exists(path("data/points.csv")));

    // Painting again goes on from what is there, and keeps it beside what is written.
    QTRY_VERIFY(workspace_->findChild<PointsDialog*>() == nullptr);
    dialog = openDialog<PointsDialog>("Paint points...");
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->canvas().points().size(), first + third);
    QVERIFY(!dialog->canvas().canUndo());
    dialog->canvas().setPoints(points_of_shape("spirals", 50, 1));
    button(*dialog, "Save")->click();
    QTRY_COMPARE(samples(), 100);
    QVERIFY(fs::exists(path("data/points.csv.old")));
  }

  void beginsFromFigures() {
    for (const std::string& shape : point_shapes()) {
      const auto points = points_of_shape(shape, 200, 3);
      QCOMPARE(points.size(), std::size_t{400});
      for (const LabelledPoint& point : points) {
        QVERIFY(point.x >= 0 && point.x <= 1 && point.y >= 0 && point.y <= 1);
      }
      QVERIFY(points_of_shape(shape, 200, 4)[0].x != points[0].x);
    }
  }

  void keepsPointsThatCannotBeSaved() {
    auto* dialog = openDialog<PointsDialog>("Paint points...");
    QVERIFY(dialog != nullptr);
    dialog->canvas().setPoints(points_of_shape("moons", 50, 1));
    fs::remove_all(path("data"));
    write("data", "a file where the folder was");
    button(*dialog, "Save")->click();
    QVERIFY(dialog->isVisible());
    bool told = false;
    for (auto* label : dialog->findChildren<QLabel*>()) {
      told = told || label->text().contains("points.csv") || label->text().contains("data");
    }
    QVERIFY(told);
    QCOMPARE(dialog->canvas().points().size(), std::size_t{100});
    dialog->reject();
  }
};

QTEST_MAIN(TestDatasetsMaking)
#include "tst_datasets_making.moc"
