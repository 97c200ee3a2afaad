// Golden JSON files of noise and schedules: they agree, and what does not is told.
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <nlohmann/json.hpp>

#include "core/agreement/verification.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;

class TestVerifyRules : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;

  static QString builtIn(const QString& name) { return PARALIF_SOURCE_DIR "/tests/golden/" + name; }
  static QString best(const QString& name) {
    const QString whole = PARALIF_SHARED_DIR "/golden/" + name;
    return QFileInfo::exists(whole) ? whole : builtIn(name);
  }
  std::vector<VerifiedCase> changed(const char* name,
                                    const std::function<void(nlohmann::json&)>& change) {
    nlohmann::json file = read_json(builtIn(name).toStdString());
    change(file);
    const std::string path = dir_.filePath(name).toStdString();
    write_file(path, file.dump());
    return verify_file(path);
  }
  static int failed(const std::vector<VerifiedCase>& cases) {
    return int(std::ranges::count(cases, false, &VerifiedCase::passed));
  }

 private Q_SLOTS:
  void allCasesAgree_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("least");
    QTest::newRow("noise, built in") << builtIn("robustness.json") << 19;
    QTest::newRow("schedules, built in") << builtIn("schedules.json") << 4;
    QTest::newRow("noise") << best("robustness.json") << 19;
    QTest::newRow("schedules") << best("schedules.json") << 4;
  }
  void allCasesAgree() {
    QFETCH(QString, file);
    QFETCH(int, least);
    const auto cases = verify_file(file.toStdString());
    QVERIFY2(int(cases.size()) >= least, qPrintable(QString::number(cases.size())));
    for (const VerifiedCase& one : cases) {
      QVERIFY2(one.passed, qPrintable(QString::fromStdString(one.name + ": " + one.note)));
    }
  }

  void disagreementIsTold() {
    QCOMPARE(failed(changed("schedules.json", [](auto& f) { f["cosine_100"]["lr"][7] = 1e-3; })), 1);
    QCOMPARE(failed(changed("schedules.json", [](auto& f) { f["sigma"]["sigma"][9] = 11.0; })), 1);
    QCOMPARE(failed(changed("schedules.json",
                            [](auto& f) { f["one_cycle_weights"]["beta1"][3] = 0.9; })),
             1);
    QCOMPARE(failed(changed("robustness.json",
                            [](auto& f) {
                              auto& noisy = f["draws"][0]["noisy"]["0"]["noisy"];
                              noisy[0] = noisy[0] == 0 ? 1 : 0;
                            })),
             1);
    QCOMPARE(failed(changed("robustness.json",
                            [](auto& f) { f["probability"][0]["probability"]["5"] = 0.5; })),
             1);
  }

  void otherFilesAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("something else") << QByteArray("{\"a\": 1}");
    QTest::newRow("a list") << QByteArray("[1]");
    QTest::newRow("no epochs") << QByteArray("{\"cosine_3\": {\"lr\": []}}");
    QTest::newRow("words") << QByteArray("{\"cosine_3\": {\"lr\": [\"a\"]}}");
    QTest::newRow("shape") << QByteArray(
        "{\"probability\": [{\"name\": \"a\", \"shape\": [1, 2, 3], \"spikes\": [1], "
        "\"probability\": {\"0\": 1}}]}");
    QTest::newRow("negative") << QByteArray(
        "{\"probability\": [{\"name\": \"a\", \"shape\": [-1, -1, 1], \"spikes\": [1], "
        "\"probability\": {\"0\": 1}}]}");
    QTest::newRow("level") << QByteArray(
        "{\"probability\": [{\"name\": \"a\", \"shape\": [1, 1, 1], \"spikes\": [1], "
        "\"probability\": {\"loud\": 1}}]}");
    QTest::newRow("keys") << QByteArray("{\"draws\": [{\"name\": \"a\"}]}");
  }
  void otherFilesAreRefused() {
    QFETCH(QByteArray, text);
    const std::string path = dir_.filePath("other.json").toStdString();
    write_file(path, text.toStdString());
    try {
      (void)verify_file(path);
      QFAIL("was taken");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::file);
      QVERIFY2(QString(error.what()).contains("other.json"), error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestVerifyRules)
#include "tst_verify_rules.moc"
