// Plots are read while data streams in: lock by zooming, follow, freeze, and all exports.
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "datasets/error.h"
#include "widgets/plots/export_folder.h"
#include "widgets/plots/plot_actions.h"
#include "widgets/plots/plot_export.h"
#include "widgets/plots/plot_view.h"

using namespace paralif;

namespace {

/// y = x, one point more at each call of grow().
class GrowingPlot : public PlotView {
 public:
  GrowingPlot() : PlotView("Growing") {
    setUpAxisRect(axisRect(), "x (s)", "y (mV)");
    addGraph();
    applyTheme();
  }
  void grow() {
    ++points_;
    dataChanged();
  }
  [[nodiscard]] int shown() const { return graph(0)->dataCount(); }
  void writeCsv(QTextStream& out) const override { out << "x_s,y_mv\n1,1\n"; }

 protected:
  void refreshData() override {
    while (graph(0)->dataCount() < points_) {
      const double x = graph(0)->dataCount();
      graph(0)->addData(x, x);
    }
  }
  void recolor(const Theme& theme) override { graph(0)->setPen(QPen(theme.series[0])); }

 private:
  int points_ = 0;
};

}  // namespace

class TestPlotView : public QObject {
  Q_OBJECT

 private:
  GrowingPlot* plot_ = nullptr;

  void turnWheel() {
    const QPointF centre = plot_->axisRect()->rect().center();
    QWheelEvent wheel(centre, plot_->mapToGlobal(centre), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(plot_, &wheel);
  }

 private Q_SLOTS:
  void init() {
    plot_ = new GrowingPlot;
    plot_->resize(400, 300);
    plot_->show();
    QVERIFY(QTest::qWaitForWindowExposed(plot_));
    for (int i = 0; i < 10; ++i) plot_->grow();
    plot_->replot();
  }
  void cleanup() { delete plot_; }

  void followsNewData() {
    QVERIFY(plot_->isFollowing());
    for (int i = 0; i < 90; ++i) plot_->grow();
    QVERIFY(plot_->xAxis->range().contains(99.0));
  }

  void keepsTheRangeOnceZoomed() {
    turnWheel();
    QVERIFY(!plot_->isFollowing());
    const QCPRange kept = plot_->xAxis->range();
    QVERIFY(kept.size() < 9.0);
    for (int i = 0; i < 90; ++i) plot_->grow();
    QCOMPARE(plot_->xAxis->range(), kept);
    QCOMPARE(plot_->shown(), 100);
    plot_->setFocus();
    QTest::keyClick(plot_, Qt::Key_F);
    QVERIFY(plot_->isFollowing());
    QVERIFY(plot_->xAxis->range().contains(99.0));
  }

  void pansByDragging() {
    const QPoint centre = plot_->axisRect()->rect().center();
    const QCPRange before = plot_->xAxis->range();
    QTest::mousePress(plot_, Qt::LeftButton, {}, centre);
    QTest::mouseMove(plot_, centre + QPoint(20, 0));
    QTest::mouseMove(plot_, centre + QPoint(60, 0));
    QTest::mouseRelease(plot_, Qt::LeftButton, {}, centre + QPoint(60, 0));
    QVERIFY(!plot_->isFollowing());
    QVERIFY(plot_->xAxis->range().lower < before.lower);
    QVERIFY(qAbs(plot_->xAxis->range().size() - before.size()) < 1e-9);
    QTest::mouseDClick(plot_, Qt::LeftButton, {}, centre);
    QVERIFY(plot_->isFollowing());
  }

  void zoomsIntoABox() {
    const QRect area = plot_->axisRect()->rect();
    const QPoint from = area.center();
    const QPoint to = area.center() + QPoint(60, 40);
    QTest::mousePress(plot_, Qt::LeftButton, Qt::ShiftModifier, from);
    QTest::mouseMove(plot_, from + QPoint(20, 10));
    QTest::mouseMove(plot_, to);
    QTest::mouseRelease(plot_, Qt::LeftButton, Qt::ShiftModifier, to);
    QVERIFY(!plot_->isFollowing());
    QVERIFY(plot_->xAxis->range().size() < 4.0);
  }

  void locksByKey() {
    plot_->setFocus();
    const QCPRange kept = plot_->xAxis->range();
    QTest::keyClick(plot_, Qt::Key_L);
    for (int i = 0; i < 20; ++i) plot_->grow();
    QCOMPARE(plot_->xAxis->range(), kept);
    QTest::keyClick(plot_, Qt::Key_L);
    QVERIFY(plot_->isFollowing());
  }

  void freezes() {
    plot_->setFocus();
    QTest::keyClick(plot_, Qt::Key_Z);
    QVERIFY(plot_->isFrozen());
    QVERIFY(plot_->findChild<QWidget*>("badge")->isVisible());
    for (int i = 0; i < 20; ++i) plot_->grow();
    QCOMPARE(plot_->shown(), 10);
    QTest::keyClick(plot_, Qt::Key_Z);
    QCOMPARE(plot_->shown(), 30);
    QVERIFY(!plot_->findChild<QWidget*>("badge")->isVisible());
  }

  void takesNothingInWhileHidden() {
    plot_->hide();
    for (int i = 0; i < 20; ++i) plot_->grow();
    QCOMPARE(plot_->shown(), 10);
    plot_->show();
    QCOMPARE(plot_->shown(), 30);
  }

  void readsUnderTheCursor() {
    QTest::mouseMove(plot_, plot_->axisRect()->rect().center());
    auto* readout = plot_->findChild<QWidget*>("readout");
    QVERIFY(readout->isVisible());
    QVERIFY(readout->property("text").toString().contains("x (s)"));
  }

  void exports_data() {
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("start");
    QTest::newRow("png") << "png" << QByteArray("\x89PNG");
    QTest::newRow("svg") << "svg" << QByteArray("<?xml");
    QTest::newRow("pdf") << "pdf" << QByteArray("%PDF");
    QTest::newRow("csv") << "csv" << QByteArray("x_s,y_mv");
  }
  void exports() {
    QFETCH(QString, suffix);
    QFETCH(QByteArray, start);
    QTemporaryDir folder;
    const QString path = folder.filePath("plot." + suffix);
    exportPlot(*plot_, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith(start));
  }

  void saysWhereAnExportWentAndBeginsThereAgain() {
    QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    QTemporaryDir folder;
    QSignalSpy exported(plot_, &PlotView::exported);
    QSignalSpy failed(plot_, &PlotView::exportFailed);
    exportAndTell(*plot_, folder.filePath("curves.csv"));
    QCOMPARE(exported.count(), 1);
    QCOMPARE(exported.first().first().toString(), folder.filePath("curves.csv"));
    QCOMPARE(suggestedExport("next.png"), folder.filePath("next.png"));
    exportAndTell(*plot_, "/no/such/folder/curves.csv");
    QCOMPARE(failed.count(), 1);
    QCOMPARE(suggestedExport("next.png"), folder.filePath("next.png"));
    folder.remove();
    QVERIFY(suggestedExport("next.png") != folder.filePath("next.png"));
  }

  void readsNoMarkup() {
    for (const char* name : {"readout", "badge", "hint"}) {
      QCOMPARE(plot_->findChild<QLabel*>(name)->textFormat(), Qt::PlainText);
    }
  }

  void refusesOtherExports() {
    QVERIFY_EXCEPTION_THROWN(exportPlot(*plot_, "plot.xyz"), Error);
    QVERIFY_EXCEPTION_THROWN(exportPlot(*plot_, "/no/such/folder/plot.csv"), Error);
  }

  void recoloursWithThePalette() {
    plot_->setPalette(Theme::night().palette());
    QCOMPARE(plot_->graph(0)->pen().color(), Theme::night().series[0]);
    plot_->setPalette(Theme::light().palette());
    QCOMPARE(plot_->graph(0)->pen().color(), Theme::light().series[0]);
  }
};

QTEST_MAIN(TestPlotView)
#include "tst_plot_view.moc"
