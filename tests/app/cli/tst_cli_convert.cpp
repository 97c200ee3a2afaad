// `datasets convert` as a user has it: what it tells, how it is stopped, that it can be repeated.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <csignal>

class TestCliConvert : public QObject {
  Q_OBJECT

 private:
  struct Result {
    int status = -1;
    QString out;
    QString error;
  };
  std::unique_ptr<QTemporaryDir> dir_;

  [[nodiscard]] QString path(const QString& name) const { return dir_->filePath(name); }

  void write(const QString& name, const QByteArray& bytes) const {
    QDir().mkpath(QFileInfo(path(name)).path());
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
  }
  void fill(const QByteArray& text) const {
    for (const char* name : {"in/k0/a", "in/k0/b", "in/k0/c", "in/k1/a", "in/k1/b", "in/k1/c"}) {
      write(QString(name) + ".dat", text);
    }
  }
  void prepare(QProcess& process, const QStringList& arguments) const {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_RUNS", path("runs"));
    process.setProcessEnvironment(environment);
    process.setProgram(PARALIF_BIN_DIR "/paralif");
    process.setArguments(arguments);
  }
  [[nodiscard]] Result run(const QStringList& arguments) const {
    QProcess process;
    prepare(process, arguments);
    process.start();
    if (!process.waitForFinished(120000)) return {};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
  }
  [[nodiscard]] QStringList convert(const QStringList& more = {}) const {
    return QStringList{"datasets", "convert", path("in"), "--out", path("out")} + more;
  }
  /// Sounds that take some time: 16-bit PCM, 16 kHz, 30 s each.
  void fillWithSounds() const {
    QByteArray samples;
    for (int i = 0; i < 30 * 16000; ++i) {
      const auto value = quint16(std::lround(9000 * std::sin(0.1 * i)));
      samples.append(char(value & 0xff)).append(char(value >> 8));
    }
    const auto number = [](quint32 value, int bytes) {
      QByteArray text;
      for (int i = 0; i < bytes; ++i) text.append(char(value >> 8 * i & 0xff));
      return text;
    };
    const QByteArray wav = "RIFF" + number(quint32(36 + samples.size()), 4) + "WAVEfmt " +
                           number(16, 4) + number(1, 2) + number(1, 2) + number(16000, 4) +
                           number(32000, 4) + number(2, 2) + number(16, 2) + "data" +
                           number(quint32(samples.size()), 4) + samples;
    for (const char* name : {"in/a/1.wav", "in/a/2.wav", "in/b/1.wav", "in/b/2.wav"}) {
      write(name, wav);
    }
  }
  /// Waits until the folder beside `out` is there.
  [[nodiscard]] bool hasBegun() const {
    return QTest::qWaitFor(
        [&] { return !QDir(dir_->path()).entryList({"out.part*"}, QDir::Dirs).isEmpty(); }, 60000);
  }

 private Q_SLOTS:
  void init() { dir_ = std::make_unique<QTemporaryDir>(); }

  void tellsWhatItRead() {
    fill("sender\ttime_ms\n7\t2.5\n9\t3.5\n");
    write("in/k0/b.dat", "sender\ttime_ms\n");
    write("in/k1/._a.dat", "no table");
    const Result result = run(convert({"--time-unit", "ms", "--licence", "CC0"}));
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY(result.out.contains("4 samples to train and 2 to test"));
    QVERIFY(result.out.contains("times in column 2 'time_ms' in ms"));
    QVERIFY(result.out.contains("1 without spikes: k0/b.dat"));
    const Result trained =
        run({"train", "--dataset", "heidelberg", "--data-dir", path("out"), "--nb_epochs", "1",
             "--layers", "8", "--no-record"});
    QVERIFY2(trained.status == 0, qPrintable(trained.error));
    // Under its own name, beside the catalogue.
    QVERIFY(QDir().mkpath(path("data/imported")));
    QVERIFY(QFile::rename(path("out"), path("data/imported/mine")));
    const Result listed = run({"datasets", "list", "--data-dir", path("data")});
    QVERIFY(listed.out.contains("out - imported, 2 classes"));
    QVERIFY(listed.out.contains(path("data/imported/mine")));
  }

  void refusesInOneSentence() {
    fill("1,5\n12:05,7\n");
    Result result = run(convert());
    QCOMPARE(result.status, 1);
    QVERIFY(result.error.contains("a.dat") && result.error.contains("line 2"));
    QCOMPARE(result.error.count('\n'), 1);
    QVERIFY(!QFile::exists(path("out")));
    result = run(convert({"--skip-bad"}));
    QCOMPARE(result.status, 0);
    QVERIFY(result.out.contains("6 rows were left out"));
    QCOMPARE(run(convert({"--time-unit", "hours"})).status, 2);
  }

  void convertsPoints() {
    write("p.csv", "x;y;class\n0,5;0,25;1,0\nnan;1;0\n0,25;1;0\n0,5;0,5;1\n0,1;0,2;0\n");
    const Result result =
        run({"datasets", "convert", path("p.csv"), "--out", path("out"), "--skip-bad"});
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QVERIFY(result.out.contains("4 points"));
    QFile file(path("out/points.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readLine(), QByteArray("x,y,class\n"));
    QCOMPARE(file.readLine(), QByteArray("0.5,0.25,1\n"));
  }

  void controlCLeavesNothing() {
    fillWithSounds();
    QProcess process;
    prepare(process, convert());
    process.start();
    QVERIFY(hasBegun());
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardError().contains("stopped"));
    QCOMPARE(QDir(dir_->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
             QStringList{"in"});
  }

  void canBeRepeatedAfterAKill() {
    fillWithSounds();
    QProcess process;
    prepare(process, convert());
    process.start();
    QVERIFY(hasBegun());
    process.kill();
    QVERIFY(process.waitForFinished(10000));
    QVERIFY(!QFile::exists(path("out")));
    QVERIFY(QDir(path("in")).removeRecursively());
    fill("1,5\n2,7\n");
    const Result result = run(convert());
    QVERIFY2(result.status == 0, qPrintable(result.error));
    QCOMPARE(QDir(dir_->path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot),
             (QStringList{"in", "out"}));
  }
};

QTEST_GUILESS_MAIN(TestCliConvert)
#include "tst_cli_convert.moc"
