// `paralif features`: the published runs as JSON, a small search, the figure, bad usage.
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

class TestCliFeatures : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QByteArray out;
    QString error;
  };
  QTemporaryDir dir_;

  static Result run(QStringList arguments) {
    arguments.prepend("features");
    QProcess process;
    process.start(PARALIF_BIN_DIR "/paralif", arguments);
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

 private Q_SLOTS:
  void publishedRunsAsTheGoldenFile() {
    const Result result = run({"--published", "--json"});
    QCOMPARE(result.status, 0);
    const QJsonArray runs = QJsonDocument::fromJson(result.out).object()["runs"].toArray();
    QCOMPARE(runs.size(), 13);
    QCOMPARE(runs[0].toObject().keys().size(), 7);
    QCOMPARE(runs[0].toObject()["spike_steps"].toArray().size(), 11);
    QFile file(PARALIF_SHARED_DIR "/golden/features.json");
    if (!file.open(QIODevice::ReadOnly)) return;  // the program has compared with its own copy
    const QJsonArray golden = QJsonDocument::fromJson(file.readAll()).array();
    QCOMPARE(golden.size(), runs.size());
    for (int i = 0; i < golden.size(); ++i) {
      const QJsonObject run = runs[i].toObject();
      for (const QString& key : run.keys()) QCOMPARE(run[key], golden[i].toObject()[key]);
    }
  }

  void tableSaysThatAllAgree() {
    const Result result = run({"--published"});
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains("13 of 13 runs fire in the recorded steps"));
  }

  void searchGivesAllCells() {
    const QString table = dir_.filePath("features.md");
    const Result result =
        run({"--search", "--json", "--rounds", "1", "--neurons", "64", "--table", table});
    QCOMPARE(result.status, 0);
    const QJsonObject object = QJsonDocument::fromJson(result.out).object();
    QCOMPARE(object["cells"].toArray().size(), 260);
    QVERIFY(object["neuron_runs"].toDouble() > 1e5);
    const QJsonObject first = object["cells"].toArray()[0].toObject();
    QCOMPARE(first["model"].toString(), QString("LIF"));
    QCOMPARE(first["feature"].toString(), QString("A"));
    QCOMPARE(first["answer"].toString(), QString("found"));
    QVERIFY(first["best"].toObject()["neuron"].toObject().contains("tau_mem_s"));
    QFile written(table);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().contains("### T Inhibition-induced bursting"));
  }

  void drawsTheFigure() {
    for (const char* suffix : {"svg", "pdf", "png"}) {
      const QString path = dir_.filePath(QString("figure.%1").arg(suffix));
      const Result result = run({"--figure", path});
      QCOMPARE(result.status, 0);
      QVERIFY(result.error.isEmpty());
      QVERIFY(QFileInfo(path).size() > 2000);
    }
    for (const QString& path : {dir_.filePath("figure.bmp"), QString("/no/such/folder/a.svg")}) {
      const Result result = run({"--figure", path});
      QCOMPARE(result.status, 1);
      QCOMPARE(result.error.trimmed().count('\n'), 0);
    }
  }

  void refusesBadUsage() {
    for (const QStringList& arguments :
         {QStringList{}, QStringList{"--published", "--search"}, QStringList{"--rounds", "3"},
          QStringList{"--search", "--neurons", "0"}, QStringList{"--colour"}}) {
      const Result result = run(arguments);
      QCOMPARE(result.status, 2);
      QCOMPARE(result.error.trimmed().count('\n'), 0);
    }
  }
};

QTEST_GUILESS_MAIN(TestCliFeatures)
#include "tst_cli_features.moc"
