// The comments of the public headers are read by Doxygen without a complaint.
#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "tests/missing_program.h"

class TestApiPages : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void pagesAreMadeWithoutComplaint() {
    PARALIF_NEEDS(!QStandardPaths::findExecutable("doxygen").isEmpty(), "doxygen is not installed");
    const QTemporaryDir dir;
    QFile settings(PARALIF_SOURCE_DIR "/docs/Doxyfile");
    QVERIFY(settings.open(QIODevice::ReadOnly));
    const QByteArray text = settings.readAll() + "\nOUTPUT_DIRECTORY = " + dir.path().toUtf8() + "\n";
    QProcess doxygen;
    doxygen.setWorkingDirectory(PARALIF_SOURCE_DIR);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("PARALIF_VERSION", "test");
    doxygen.setProcessEnvironment(environment);
    doxygen.start("doxygen", {"-"});
    doxygen.write(text);
    doxygen.closeWriteChannel();
    QVERIFY(doxygen.waitForFinished(120000));
    const QByteArray said = doxygen.readAllStandardError();
    QVERIFY2(doxygen.exitCode() == 0 && said.isEmpty(), said.constData());
    QVERIFY(QFile::exists(dir.filePath("index.html")));
    // What a comment says is on the page of its class.
    QFile page(dir.filePath("classparalif_1_1Session.html"));
    QVERIFY(page.open(QIODevice::ReadOnly));
    QVERIFY(page.readAll().contains("ends within 200 ms"));
  }
};

QTEST_GUILESS_MAIN(TestApiPages)
#include "tst_api_pages.moc"
