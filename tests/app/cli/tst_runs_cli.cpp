// `paralif runs`, `mark` and `bin`: filters, columns, order, marks, and what was thrown away.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/paralif_process.h"

class TestRunsCli : public QObject {
  Q_OBJECT

 private:
  using Result = paralif::testing::CliResult;
  QTemporaryDir dir_;
  QString lif_;
  QString paralif_;

  [[nodiscard]] Result run(const QStringList& arguments) const {
    return paralif::testing::runParalif(dir_.path(), arguments);
  }
  [[nodiscard]] Result runs(const QStringList& more) const {
    return run(QStringList{"runs", "--dir", dir_.filePath("runs")} + more);
  }
  [[nodiscard]] QJsonArray listed(const QStringList& more) const {
    return QJsonDocument::fromJson(runs(QStringList{"--json"} + more).out.toUtf8()).array();
  }
  QString train(const char* neuron) {
    const Result trained =
        run({"train", "--dataset", "yinyang", "--steps", "20", "--hidden_size", "8", "--nb_layers",
             "1", "--nb_epochs", "1", "--debug", "true", "--neuron", neuron, "--dir",
             dir_.filePath("runs")});
    return paralif::testing::runFolderOf(trained);
  }

 private Q_SLOTS:
  void initTestCase() {
    lif_ = train("LIF");
    paralif_ = train("ParaLIF-D");
    QVERIFY(QDir(lif_).exists() && QDir(paralif_).exists());
  }

  void filters() {
    QCOMPARE(listed({}).size(), 2);
    const QJsonArray found = listed({"neuron=ParaLIF-D", "accuracy>=0"});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].toObject()["folder"].toString(), paralif_);
    QCOMPARE(listed({"neuron = LIF | ParaLIF-T"}).size(), 0);  // blanks part terms
    QCOMPARE(listed({"neuron = LIF|ParaLIF-T"}).size(), 1);
    QVERIFY(runs({"neuron=X"}).out.contains("No such runs"));
    const Result bad = runs({"accurcy>0.8"});
    QCOMPARE(bad.status, 2);
    QVERIFY2(bad.error.contains("did you mean 'accuracy'"), qPrintable(bad.error));
  }

  void printsColumns() {
    const Result table = runs({"--columns", "neuron.name,hidden,seed", "--sort", "neuron.name",
                               "--ascending"});
    const QStringList lines = table.out.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith("neuron.name"));
    QVERIFY(lines[1].startsWith("LIF"));
    QVERIFY(lines[2].startsWith("ParaLIF-D"));
    const QJsonObject columns =
        listed({"--columns", "training.learning_rate", "--limit", "1"})[0].toObject()["columns"].toObject();
    QCOMPARE(columns["training.learning_rate"].toDouble(), 0.001);
  }

  void marks() {
    const Result marked = run({"mark", lif_, "--title", "Base line", "--tag", "paper,slow",
                               "--note", "see page 3", "--favourite"});
    QVERIFY2(marked.status == 0, qPrintable(marked.error));
    const QJsonArray found = listed({"tag=paper", "favourite=yes", "\"page 3\""});
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].toObject()["title"].toString(), QString("Base line"));
    QCOMPARE(run({"mark", lif_, "--untag", "slow", "--no-favourite"}).status, 0);
    QCOMPARE(listed({"tag=slow"}).size(), 0);
    QCOMPARE(listed({"tag=paper"}).size(), 1);
    QCOMPARE(run({"mark", lif_, "--no-title", "--no-note"}).status, 0);
    QCOMPARE(listed({"note=\"\"", "title!=\"Base line\""}).size(), 2);
    const Result none = run({"mark", dir_.path(), "--tag", "x"});
    QCOMPARE(none.status, 1);
    QVERIFY2(none.error.contains("is not the folder of a run"), qPrintable(none.error));
  }

  void sharesAndTakesIn() {
    const QString file = dir_.filePath("lif.paralif");
    const Result shared = run({"share", lif_, "--to", file});
    QVERIFY2(shared.status == 0, qPrintable(shared.error));
    const Result taken = run({"import", file, "--dir", dir_.filePath("others")});
    QVERIFY2(taken.status == 0, qPrintable(taken.error));
    const QString folder = paralif::testing::runFolderOf(taken);
    QCOMPARE(folder, dir_.filePath("others/lif"));
    // It goes on, as where it was trained.
    QCOMPARE(run({"train", "--resume", folder, "--nb_epochs", "2"}).status, 0);
    QFile(dir_.filePath("text.paralif")).open(QIODevice::WriteOnly);
    const Result bad = run({"import", dir_.filePath("text.paralif")});
    QCOMPARE(bad.status, 1);
    QCOMPARE(bad.error.count('\n'), 1);
    QCOMPARE(run({"import", dir_.filePath("x.json")}).status, 1);
  }

  void throwsAwayAndTakesBack() {
    const QString name = QDir(paralif_).dirName();
    QCOMPARE(run({"bin", name, "--dir", dir_.filePath("runs")}).status, 0);
    QCOMPARE(listed({}).size(), 1);
    QCOMPARE(listed({"--bin"}).size(), 1);
    QCOMPARE(run({"bin", "--restore", name, "--dir", dir_.filePath("runs")}).status, 0);
    QCOMPARE(listed({}).size(), 2);
    QCOMPARE(run({"bin", name, "--dir", dir_.filePath("runs")}).status, 0);
    QVERIFY(run({"bin", "--empty", "--dir", dir_.filePath("runs")}).out.startsWith("1 removed"));
    QCOMPARE(listed({"--bin"}).size(), 0);
    QVERIFY(!QDir(paralif_).exists());
    const QString left = QDir(lif_).dirName();
    QCOMPARE(run({"bin", left, "nowhere", "--dir", dir_.filePath("runs")}).status, 1);
    QVERIFY(QDir(lif_).exists());  // all or none
    QCOMPARE(run({"bin", "../" + name, "--dir", dir_.filePath("runs")}).status, 1);
  }
};

QTEST_GUILESS_MAIN(TestRunsCli)
#include "tst_runs_cli.moc"
