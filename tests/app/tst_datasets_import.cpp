// Importing into the Datasets workspace: spike lists, tables, sounds, files as users have them.
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>
#include <QTreeWidget>

#include <cmath>
#include <numbers>

#include "app/studio/import_dialog.h"
#include "tests/app/datasets_fixture.h"
#include "widgets/theme/theme.h"
#include "widgets/views/class_balance_view.h"
#include "widgets/views/recording_view.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

/// 16-bit PCM, one channel (RIFF WAVE).
std::string wav(double hz, double seconds) {
  constexpr int rate = 16000;
  const auto number = [](std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += char(value >> 8 * i & 0xff);
    return text;
  };
  std::string samples;
  for (int i = 0; i < int(seconds * rate); ++i) {
    const double value = 0.5 * std::sin(2 * std::numbers::pi * hz * i / rate);
    samples += number(std::uint16_t(std::lround(32767 * value)), 2);
  }
  return "RIFF" + number(36 + samples.size(), 4) + "WAVEfmt " + number(16, 4) + number(1, 2) +
         number(1, 2) + number(rate, 4) + number(2 * rate, 4) + number(2, 2) + number(16, 2) +
         "data" + number(samples.size(), 4) + samples;
}

QString textsOf(const QWidget& in) {
  QStringList all;
  for (const auto* label : in.findChildren<QLabel*>()) all << label->text();
  return all.join(" | ");
}

}  // namespace

class TestDatasetsImport : public QObject, DatasetsFixture {
  Q_OBJECT

 private Q_SLOTS:
  void init() { open(); }
  void cleanup() { workspace_.reset(); }

  void importsSpikeLists() {
    for (const char* name : {"in/left", "in/right"}) {
      for (int i = 0; i < 5; ++i) {
        // Channel first, milliseconds.
        write(std::string(name) + "/" + std::to_string(i) + ".csv",
              "channel,ms\n" + std::to_string(i) + ",10.5\n699,250.25\n");
      }
    }
    auto* dialog = openDialog<ImportDialog>("Import recordings...");
    QVERIFY(dialog != nullptr);
    QVERIFY(!button(*dialog, "Import")->isEnabled());
    dialog->choose(path("in"));
    QVERIFY(button(*dialog, "Import")->isEnabled());
    auto* view = dialog->findChild<RecordingView*>();
    const auto says = [&](const QString& part) { return textsOf(*dialog).contains(part); };
    QVERIFY(says("10 recordings in 2 classes"));
    QTRY_VERIFY(says("2 spikes in 0.250 s"));  // the heading names columns and unit
    QVERIFY(says("units in column 1 'channel'"));
    QCOMPARE(view->rates().size(), 26);
    const auto boxes = dialog->findChildren<QSpinBox*>();
    boxes[0]->setValue(1);
    boxes[1]->setValue(2);
    QTRY_VERIFY(says("the unit 10.5"));  // the columns are the other way round
    boxes[0]->setValue(0);
    boxes[1]->setValue(0);
    QTRY_VERIFY(says("2 spikes in 0.250 s"));
    auto* name = dialog->findChild<QLineEdit*>("importName");
    QCOMPARE(name->text(), QString("in"));
    name->setText("a/b");
    button(*dialog, "Import")->click();
    QVERIFY(says("cannot be a folder's name"));
    name->setText("My lists");
    button(*dialog, "Import")->click();
    QTRY_COMPARE(samples(), 8);
    QVERIFY(fs::exists(path("data/imported/My lists/shd_train.h5")));
    QCOMPARE(workspace_->folder(), path("data"));
    auto* list = workspace_->findChild<QTreeWidget*>("datasetsList");
    QCOMPARE(list->currentItem()->text(0), QString("My lists"));
    // SHD itself is not there, and training is on what was imported.
    for (int i = 0; i < list->topLevelItemCount(); ++i) {
      const QTreeWidgetItem* item = list->topLevelItem(i);
      if (item->text(0).contains("SHD")) QCOMPARE(item->text(1), QString("missing"));
    }
    QSignalSpy trained(workspace_.get(), &DatasetsWorkspace::trainRequested);
    for (QAction* one : workspace_->actions()) {
      if (one->text().remove('&') == "Train on it") one->trigger();
    }
    QCOMPARE(trained.value(0).value(0).toString(), QString("heidelberg"));
    QCOMPARE(trained.value(0).value(1).toString().toStdString(),
             path("data/imported/My lists").string());
  }

  void asksHowToReadATable() {
    for (const char* name : {"in/left/a.csv", "in/left/b.csv", "in/right/a.csv", "in/right/b.csv"}) {
      write(name, "2,4,35\n5,7,34\nnan,1,3\n");
    }
    workspace_->importRecordings({});
    auto* dialog = workspace_->findChild<ImportDialog*>();
    QVERIFY(dialog != nullptr);
    const auto says = [&](const QString& part) { return textsOf(*dialog).contains(part); };
    // The box of the path takes what is typed.
    auto* box = dialog->findChild<QLineEdit*>("importPath");
    QVERIFY(!box->isReadOnly());
    box->setFocus();
    box->setText(QString::fromStdString(path("none").string()));
    QTest::keyClick(box, Qt::Key_Return);
    QVERIFY(says("does not exist"));
    QVERIFY(!button(*dialog, "Import")->isEnabled());
    QVERIFY(dialog->isVisible());
    box->setText(QString::fromStdString(path("in").string()));
    QTest::keyClick(box, Qt::Key_Return);
    QVERIFY(says("4 recordings in 2 classes"));
    QTRY_VERIFY(says("line 3"));
    auto* skip = dialog->findChild<QCheckBox*>();
    skip->setChecked(true);
    auto* decimal = dialog->findChild<QComboBox*>("importDecimal");
    decimal->setCurrentIndex(1);
    QTRY_VERIFY(says("2 spikes in 5.000 s"));
    QVERIFY(says("rows left out: 1"));
    QVERIFY(dialog->minimumSizeHint().width() <= 1024 && dialog->minimumSizeHint().height() <= 640);
    // What was left out is said before the dialog goes.
    button(*dialog, "Import")->click();
    QTRY_VERIFY(says("rows left out: 4"));
    QVERIFY(dialog->isVisible());
    button(*dialog, "Show it")->click();
    QTRY_COMPARE(samples(), 2);
  }

  /// Folders of ../shared/cases; the built-in case stands for them where they are absent.
  void importsFilesAsUsersHaveThem_data() {
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("samples");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("remark");
    QTest::newRow("built in") << QString() << 6 << "milliseconds" << QString();
    const QString shared = QString(PARALIF_SHARED_DIR) + "/cases/";
    if (!QDir(shared).exists()) return;
    QTest::newRow("decimal comma") << shared + "decimal-comma/de_ms" << 6 << "milliseconds" << QString();
    QTest::newRow("aligned by blanks") << shared + "spaces/aligned" << 6 << "milliseconds" << QString();
    QTest::newRow("growing blanks") << shared + "spaces/growing" << 6 << "milliseconds" << QString();
    QTest::newRow("silent") << shared + "nest/silent" << 6 << "milliseconds" << QString("1 without spikes: k1/rec2.txt");
    QTest::newRow(".dat") << shared + "nest/dat" << 6 << "milliseconds" << QString();
    QTest::newRow("companions") << shared + "apple-double/wav" << 6 << "" << QString();
    QTest::newRow("capitals") << shared + "capital-suffix/caps" << 12 << "" << QString();
    QTest::newRow("midnight") << shared + "absolute/midnight" << 6 << ""
                              << QString("times are from the first spike of each list");
  }

  void importsFilesAsUsersHaveThem() {
    QFETCH(QString, folder);
    QFETCH(int, samples);
    QFETCH(QString, unit);
    QFETCH(QString, remark);
    if (folder.isEmpty()) {
      for (const char* name : {"k0/a", "k0/b", "k0/c", "k1/a", "k1/b", "k1/c"}) {
        write(std::string("own/") + name + ".CSV", "\xEF\xBB\xBF" "  0,5;7\n  10,25;49\n");
      }
      write("own/k0/._a.CSV", "Mac OS X");
      folder = QString::fromStdString(path("own").string());
    }
    workspace_->importRecordings(folder);
    auto* dialog = workspace_->findChild<ImportDialog*>();
    QVERIFY(dialog != nullptr);
    if (!unit.isEmpty()) {
      auto* units = dialog->findChild<QComboBox*>("importTimeUnit");
      QVERIFY(units->isVisible());
      units->setCurrentIndex(units->findText(unit));
    }
    const auto texts = [&] { return textsOf(*dialog); };
    QTRY_VERIFY(button(*dialog, "Import")->isEnabled());
    button(*dialog, "Import")->click();
    const auto over = [&] {
      return workspace_->findChild<ImportDialog*>() == nullptr ||
             button(*dialog, "Show it") != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(over(), 60000);
    if (workspace_->findChild<ImportDialog*>() != nullptr) {
      QVERIFY2(!remark.isEmpty() && texts().contains(remark), qPrintable(texts()));
      button(*dialog, "Show it")->click();
    } else {
      QVERIFY(remark.isEmpty());
    }
    auto* part = workspace_->findChild<QComboBox*>("datasetPart");
    constexpr int tested = 2;  // of both classes a fifth, and at least one
    QTRY_COMPARE(this->samples(), samples - tested);
    QTest::keyClick(part, Qt::Key_Down);
    QTRY_COMPARE(this->samples(), tested);
  }

  void goesWithItsDialogOpen() {
    write("in/left/a.csv", "0.1,3\n");
    write("in/right/a.csv", "0.1,3\n");
    workspace_->importRecordings(QString::fromStdString(path("in").string()));
    auto* dialog = workspace_->findChild<ImportDialog*>();
    QVERIFY(QTest::qWaitForWindowActive(dialog));
    dialog->findChild<QLineEdit*>("importPath")->setFocus();
    workspace_.reset();  // the window ends by a signal or with the desktop's session
  }

  void longNamesWidenNothing() {
    const std::string name(120, 'w');
    write("wide/points.csv", "0.1,0.2," + name + "\n0.3,0.4,b\n0.1,0.3," + name + "\n");
    const int before = workspace_->minimumSizeHint().width();
    workspace_->setFolder(path("wide"));
    workspace_->select("points");
    QTRY_COMPARE(samples(), 3);
    QVERIFY(workspace_->minimumSizeHint().width() <= before);
    QVERIFY(before <= 920);  // beside the bar of workspaces in a window of 1024
    QCOMPARE(workspace_->width(), 1100);
    // A class has one colour in every view.
    const auto* balance = workspace_->findChild<ClassBalanceView*>();
    const Theme& theme = Theme::of(balance->palette());
    QTRY_COMPARE(balance->colourOf(1), theme.classColor(1));
    QVERIFY(balance->colourOf(0) != balance->colourOf(1));
  }

  void tellsTablesApart() {
    write("list.csv", "time,channel\n0.5,3\n0.7,4\n");
    QVERIFY(workspace_->openPath(QString::fromStdString(path("list.csv").string())));
    auto* dialog = workspace_->findChild<ImportDialog*>();
    QVERIFY(dialog != nullptr);
    dialog->reject();
    write("mine.csv", "0.1,0.2,a\n0.3,0.4,b\n0.2,0.2,a\n0.5,0.4,b\n0.3,0.9,b\n0.1,0.1,a\n");
    QVERIFY(workspace_->openPath(QString::fromStdString(path("mine.csv").string())));
    QTRY_COMPARE(samples(), 6);
  }

  void hearsSoundsAndStops() {
    for (const char* name : {"in/low", "in/high"}) {
      for (int i = 0; i < 5; ++i) {
        write(std::string(name) + "/" + std::to_string(i) + ".wav", wav(300 + 40 * i, 4.0));
      }
    }
    workspace_->importRecordings(QString::fromStdString(path("in/low/0.wav").string()));
    auto* dialog = workspace_->findChild<ImportDialog*>();
    QVERIFY(dialog != nullptr);
    QVERIFY(!button(*dialog, "Import")->isEnabled());  // one recording has no classes
    QTRY_VERIFY_WITH_TIMEOUT(!dialog->findChild<RecordingView*>()->rates().isEmpty(), 20000);
    dialog->choose(path("in"));
    button(*dialog, "Import")->click();
    QTest::qWait(100);
    QElapsedTimer timer;
    timer.start();
    dialog->reject();
    QVERIFY(dialog->isVisible());
    QTRY_VERIFY(button(*dialog, "Import")->isEnabled());
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!fs::exists(path("data/imported/in")));
    dialog->reject();
    QTRY_VERIFY(workspace_->findChild<ImportDialog*>() == nullptr);
  }
};

QTEST_MAIN(TestDatasetsImport)
#include "tst_datasets_import.moc"
