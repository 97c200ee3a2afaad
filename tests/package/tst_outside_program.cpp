// libparalif installed in a folder, found by find_package(ParaLIF), and used by a program of its own.
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

class TestOutsideProgram : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;

  struct Result {
    int status;
    QString said;
  };
  static Result run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForFinished(240000)) return {-1, "it did not end"};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
  }
  void cmake(const QStringList& arguments) {
    const Result result = run(PARALIF_CMAKE, arguments);
    QVERIFY2(result.status == 0, qPrintable(result.said));
  }

 private Q_SLOTS:
  void aProgramOutsideFindsAndUsesIt() {
    const QString prefix = dir_.filePath("prefix");
    for (const char* component : {"library", "dev"}) {
      cmake({"--install", PARALIF_BUILD_DIR, "--prefix", prefix, "--component", component});
    }
    QVERIFY(QFile::exists(prefix + "/include/paralif/core/sessions/session.h"));
    QVERIFY(!QFile::exists(prefix + "/include/paralif/core/layers/layer_module.h"));  // has LibTorch in it
    const QString build = dir_.filePath("build");
    cmake({"-S", PARALIF_SOURCE_DIR "/tests/package/outside", "-B", build, "-DCMAKE_PREFIX_PATH=" + prefix,
           "-DCMAKE_CXX_COMPILER=" PARALIF_CXX});
    cmake({"--build", build});
    const Result result = run(build + "/outside", {});
    QVERIFY2(result.status == 0, qPrintable(result.said));
    const auto accuracy = QRegularExpression("epoch 2: test accuracy ([0-9.]+) %").match(result.said);
    QVERIFY2(accuracy.hasMatch() && accuracy.captured(1).toDouble() > 60.0, qPrintable(result.said));
  }
};

QTEST_GUILESS_MAIN(TestOutsideProgram)
#include "tst_outside_program.moc"
