// How commands end: signals, closed pipes, outputs that cannot be written, and names from files.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

class TestCliEndings : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QByteArray out;
    QByteArray error;
  };
  QTemporaryDir dir_;

  /// A command line of the shell, in which $P is the program and $D a folder for this test.
  Result shell(const QString& line) const {
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("P", PARALIF_BIN_DIR "/paralif");
    environment.insert("D", dir_.path());
    environment.insert("PARALIF_RUNS", dir_.filePath("runs"));
    environment.insert("TINY", "train --dataset yinyang --steps 10 --layers 8 --nb_epochs 2");
    environment.insert("LONG", "train --dataset yinyang --steps 10 --layers 8 --nb_epochs 90000");
    process.setProcessEnvironment(environment);
    process.start("bash", {"-c", line});
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }

  /// The one run below a folder.
  QString runIn(const QString& folder) const {
    const QDir root(dir_.filePath(folder));
    const QStringList names = root.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return names.size() == 1 ? root.filePath(names.front()) : QString();
  }

  static QJsonObject headOf(const QString& run) {
    QFile file(run + "/run.json");
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QJsonDocument::fromJson(file.readAll()).object();
  }

 private Q_SLOTS:
  void slipsAreToldInOneSentence_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("named");
    QTest::newRow("command") << "$P foo" << "'foo' is no subcommand";
    QTest::newRow("command of a command") << "$P datasets foo" << "'foo' is no subcommand";
    QTest::newRow("value of a flag") << "$P runs --json=5" << "--json takes no value";
    QTest::newRow("value of a flag of train") << "$P $TINY --watch=2" << "--watch takes no value";
    QTest::newRow("resume unrecorded") << "$P train --resume $D --no-record" << "--no-record";
    QTest::newRow("escape") << "$P $'f\\x1b[2Joo'" << "\\x1b";
  }
  void slipsAreToldInOneSentence() {
    QFETCH(QString, line);
    QFETCH(QString, named);
    const Result result = shell(line);
    QVERIFY2(result.error.contains(named.toUtf8()), result.error.constData());
    QCOMPARE(result.error.trimmed().count('\n'), 0);
    QVERIFY(!result.error.contains('\x1b'));
    if (named != "--no-record") {
      QCOMPARE(result.status, 2);
    } else {
      QVERIFY(result.status == 1 || result.status == 2);
    }
  }

  void signalsEndWithACheckpoint_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("status");
    // Sent when the first epoch has been told.
    const QString send =
        "$P $LONG --dir $D/%1 > $D/%1.out & pid=$!; "
        "until grep -q 'Epoch 1/' $D/%1.out; do sleep 0.02; done; kill -%1 $pid; wait $pid";
    QTest::newRow("INT") << "set -m; " + send.arg("INT") << 130;
    QTest::newRow("TERM") << send.arg("TERM") << 143;
    QTest::newRow("HUP") << send.arg("HUP") << 129;
    QTest::newRow("PIPE") << "$P $LONG --dir $D/PIPE 2>$D/PIPE.error | head -n 1 > $D/PIPE.out; "
                             "exit ${PIPESTATUS[0]}"
                          << 141;
    QTest::newRow("JSON") << "$P $LONG --json --dir $D/JSON | head -n 1; exit ${PIPESTATUS[0]}"
                          << 141;
  }
  void signalsEndWithACheckpoint() {
    QFETCH(QString, line);
    QFETCH(int, status);
    QCOMPARE(shell(line).status, status);
    const QString run = runIn(QTest::currentDataTag());
    QVERIFY(!run.isEmpty());
    QCOMPARE(headOf(run)["status"].toString(), QString("stopped"));
    QVERIFY(QFile::exists(run + "/checkpoint.h5"));
  }

  void aHangUpThatIsIgnoredStaysIgnored() {
    const Result result = shell(
        "trap '' HUP; $P $TINY --dir $D/nohup > $D/nohup.out & pid=$!; sleep 0.05; "
        "kill -HUP $pid; wait $pid");
    QCOMPARE(result.status, 0);
    QCOMPARE(headOf(runIn("nohup"))["status"].toString(), QString("finished"));
  }

  void outputThatCannotBeWrittenChangesTheStatusAlone_data() {
    QTest::addColumn<QString>("redirection");
    QTest::addColumn<int>("status");
    QTest::newRow("error closed") << "2>&-" << 0;
    QTest::newRow("output closed") << ">&-" << 1;
    QTest::newRow("both closed") << ">&- 2>&-" << 1;
    if (QFile::exists("/dev/full")) {
      QTest::newRow("error full") << "2>/dev/full" << 0;
      QTest::newRow("output full") << ">/dev/full" << 1;
      QTest::newRow("both full") << ">/dev/full 2>&1" << 1;
    }
  }
  void outputThatCannotBeWrittenChangesTheStatusAlone() {
    QFETCH(QString, redirection);
    QFETCH(int, status);
    const QString folder = QString("lost") + QString::number(qHash(redirection));
    QCOMPARE(shell(QString("$P $TINY --dir $D/%1 %2").arg(folder, redirection)).status, status);
    const QJsonObject head = headOf(runIn(folder));
    QCOMPARE(head["status"].toString(), QString("finished"));
    QCOMPARE(head["epochs_done"].toInt(), 2);
  }

  void namesFromFilesAreShownEscapedAndKeptInJson() {
    QCOMPARE(shell("$P $TINY --dir $D/names --title $'a\\x1b[2Jb\\xe2\\x80\\xaec' >/dev/null").status, 0);
    QCOMPARE(shell("mv $D/names/* $D/names/$'caf\\xe9\\x1b'").status, 0);
    const Result shown = shell("$P runs --dir $D/names");
    QCOMPARE(shown.status, 0);
    QVERIFY(!shown.out.contains('\x1b'));
    QVERIFY2(shown.out.contains("a\\x1b[2Jb\\u202ec"), shown.out.constData());
    const Result json = shell("$P runs --dir $D/names --json");
    QCOMPARE(json.status, 0);
    QJsonParseError error;
    const QJsonArray runs = QJsonDocument::fromJson(json.out, &error).array();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(runs[0].toObject()["title"].toString(),
             QString("a\x1b[2Jb") + QChar(0x202e) + QString("c"));
  }

  void aDamagedRunIsListedAmongTheGood() {
    QCOMPARE(shell("$P $TINY --dir $D/list >/dev/null").status, 0);
    QCOMPARE(shell("cp -r $D/list/* $D/list/bad; printf '[%.0s' {1..90000} > $D/list/bad/run.json")
                 .status,
             0);
    const Result shown = shell("$P runs --dir $D/list");
    QCOMPARE(shown.status, 0);
    QVERIFY2(shown.out.contains("finished") && shown.out.contains("damaged: run.json"),
             shown.out.constData());
    const QJsonArray runs =
        QJsonDocument::fromJson(shell("$P runs --dir $D/list --json").out).array();
    QCOMPARE(runs.size(), 2);
    QCOMPARE(runs[1].toObject()["status"].toString(), QString("damaged"));
    QVERIFY(runs[1].toObject()["problem"].toString().contains("deep"));
  }

  void nothingGoesToTheCurrentFolderUnasked() {
    const Result relative =
        shell("mkdir -p $D/cwd; cd $D/cwd; unset PARALIF_RUNS; "
              "HOME=$D/home XDG_DATA_HOME=data $P $TINY; ls -A $D/cwd");
    QCOMPARE(relative.status, 0);
    QVERIFY2(relative.out.contains("home/.local/share/paralif/runs"), relative.out.constData());
    QVERIFY(QDir(dir_.filePath("cwd")).isEmpty());
    const Result none = shell("cd $D/cwd; env -u PARALIF_RUNS -u XDG_DATA_HOME HOME=here $P runs");
    QVERIFY(!none.out.contains(" here"));
    QVERIFY(QDir(dir_.filePath("cwd")).isEmpty());
  }
};

QTEST_GUILESS_MAIN(TestCliEndings)
#include "tst_cli_endings.moc"
