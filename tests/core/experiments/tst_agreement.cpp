// Agreement with recorded outputs of the published code, and that a disagreement is seen.
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "core/experiments/verification.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

class TestAgreement : public QObject {
  Q_OBJECT

 private:
  static const char* builtIn() { return PARALIF_SOURCE_DIR "/tests/golden/"; }

  static void check(const QString& path, std::size_t atLeast) {
    const auto cases = verify_file(path.toStdString());
    QVERIFY2(cases.size() >= atLeast, qPrintable(path));
    for (const VerifiedCase& one : cases) {
      QVERIFY2(one.passed, qPrintable(QString::fromStdString(one.name + " " + one.evaluation +
                                                             ": " + one.note)));
    }
  }

 private Q_SLOTS:
  void smallCases_data() {
    QTest::addColumn<QString>("file");
    for (const char* name : {"neurons.h5", "training.h5", "yinyang.h5", "networks.h5"}) {
      QTest::newRow(name) << QString(builtIn()) + name;
    }
  }
  void smallCases() {
    QFETCH(QString, file);
    check(file, 2);
  }

  void allCases_data() { smallCases_data(); }
  void allCases() {
    QFETCH(QString, file);
    const QString whole = QString(PARALIF_SHARED_DIR "/golden/") + QFileInfo(file).fileName();
    check(QFileInfo::exists(whole) ? whole : file, 2);
  }

  void moreNetworks() {
    const QString more = PARALIF_SHARED_DIR "/golden/networks_more.h5";
    check(QFileInfo::exists(more) ? more : QString(builtIn()) + "networks.h5", 3);
  }

  void stricterLimitsFail() {
    // Float32 against float32 in another order of operations is not exact: limits of zero must
    // find that, or the comparison compares nothing.
    VerificationLimits none;
    none.membrane = 0;
    none.gradient = 0;
    none.loss = 0;
    const auto cases = verify_file(std::string(builtIn()) + "neurons.h5", {}, none);
    QVERIFY(std::ranges::any_of(cases, [](const VerifiedCase& one) { return !one.passed; }));
  }

  void otherFilesAreRefused() {
    QTemporaryDir dir;
    const std::string path = dir.filePath("x.h5").toStdString();
    write_file(path, "not HDF5");
    QVERIFY_EXCEPTION_THROWN((void)verify_file(path), Error);
    const std::string bytes = read_file(std::string(builtIn()) + "neurons.h5");
    write_file(path, std::string_view(bytes).substr(0, bytes.size() / 2));
    QVERIFY_EXCEPTION_THROWN((void)verify_file(path), Error);
  }
};

QTEST_GUILESS_MAIN(TestAgreement)
#include "tst_agreement.moc"
