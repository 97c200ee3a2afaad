// Results on disk: written, read back, and what happens when disk or file are bad.
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "core/timing/timing_figure.h"
#include "core/timing/timing_files.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/core/timing/small_results.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

/// While it lives, files of this process end after 64 bytes.
class FullDisk {
 public:
  FullDisk() {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit small = before_;
    small.rlim_cur = 64;
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

class TestTimingFiles : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  fs::path path(const char* name) const { return dir_.filePath(name).toStdString(); }
  static std::string refusal(const fs::path& file) {
    try {
      read_timing(file);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private Q_SLOTS:
  void folderReadsBack() {
    const TimingResults results = testing::smallResults();
    const fs::path folder = save_timing(path("runs"), {}, results);
    QVERIFY(is_timing_folder(folder));
    for (const char* name : {timing_json_name, timing_hdf5_name, timing_csv_name}) {
      QVERIFY2(fs::is_regular_file(folder / name), name);
    }
    QVERIFY(testing::sameTimings(read_timing(folder), results));
    QVERIFY(testing::sameTimings(read_timing(folder / timing_json_name), results));
    QVERIFY(testing::sameTimings(read_timing(folder / timing_hdf5_name), results));
    QCOMPARE(copy_gb_s(read_timing(folder / timing_hdf5_name), results.points[0].point), 10.0);

    const fs::path second = save_timing(path("runs"), {}, results);
    QVERIFY(second != folder);
    QCOMPARE(list_timings(path("runs")).size(), std::size_t{2});
    QCOMPARE(list_timings(path("runs"))[0].title, std::string("By hand"));
    QCOMPARE(list_timings(path("nowhere")).size(), std::size_t{0});
  }

  void folderIsBroughtUpToDate() {
    TimingResults results = testing::smallResults();
    const fs::path folder = save_timing(path("update"), {}, results);
    results.points[0].trials_ms = {42.0};
    QVERIFY(save_timing(path("update"), folder, results) == folder);
    QCOMPARE(read_timing(folder).points[0].trials_ms.front(), 42.0);
    QCOMPARE(list_timings(path("update")).size(), std::size_t{1});
  }

  void tableHasALineAPoint() {
    const std::string csv = timing_csv(testing::smallResults());
    const QStringList lines = QString::fromStdString(csv).trimmed().split('\n');
    QCOMPARE(lines.size(), 7);
    const int commas = int(lines[0].count(','));
    for (int i = 1; i < 7; ++i) QCOMPARE(lines[i].section('"', 0, 0).count(','), commas);
    QVERIFY(lines[1].startsWith("LIF,sequential,cpu,1,10,128,forward,0.1,"));
    QVERIFY(lines[6].contains("out of memory"));
  }

  void summaryHasTheAgreedMembers() {
    const auto json = nlohmann::json::parse(summary_json(testing::smallResults()));
    QVERIFY(json.at("machine").contains("cpu"));
    const auto& first = json.at("results").at(0);
    QCOMPARE(first.size(), std::size_t{10});
    QCOMPARE(first.at("neuron").get<std::string>(), std::string("LIF"));
    QCOMPARE(first.at("evaluation").get<std::string>(), std::string("sequential"));
    QCOMPARE(first.at("device").get<std::string>(), std::string("cpu"));
    QCOMPARE(first.at("pass").get<std::string>(), std::string("forward"));
    QCOMPARE(first.at("steps").get<int>(), 10);
    QCOMPARE(first.at("median_ms").get<double>(), 0.1);
    QCOMPARE(first.at("quartiles_ms").size(), std::size_t{2});
    QCOMPARE(first.at("trials").get<int>(), 3);
    const auto& failed = json.at("results").at(5);
    QVERIFY(failed.at("median_ms").is_null());
    QVERIFY(failed.at("problem").get<std::string>().starts_with("out of memory"));
  }

  void figureShowsEveryCurve() {
    const std::string svg = timing_svg(testing::smallResults());
    for (const char* part : {"LIF sequential", "ParaLIF-T fused", "<polygon", "Yarga",
                             "out of memory", "Sequence length"}) {
      QVERIFY2(svg.find(part) != std::string::npos, part);
    }
    QVERIFY(svg.find("nan") == std::string::npos);
    TimingResults empty;
    empty.plan = testing::smallResults().plan;
    QVERIFY(timing_svg(empty).find("nan") == std::string::npos);
    QVERIFY_EXCEPTION_THROWN(write_timing_svg(path("a.bmp"), empty), Error);
  }

  void warnsOfAWideSpread() {
    TimingResults results = testing::smallResults();
    QCOMPARE(warnings_of(results).size(), std::size_t{1});  // one point failed
    for (TimingResult& result : results.points) {
      if (!result.trials_ms.empty()) result.trials_ms = {1.0, 2.0, 3.0};
    }
    results.machine.load = 7.5;
    const auto warnings = warnings_of(results);
    QCOMPARE(warnings.size(), std::size_t{3});
    QVERIFY(warnings[0].find("could not be measured") != std::string::npos);
    QVERIFY(warnings[1].find("busy") != std::string::npos);
    QVERIFY(warnings[2].find("7.5") != std::string::npos);
  }

  void badFilesAreNamed() {
    write_file(path("cut.json"), "{\"kind\": \"tim");
    QVERIFY(refusal(path("cut.json")).find("cut.json") != std::string::npos);
    write_file(path("other.json"), "{\"schema\": 1}");
    QVERIFY(!refusal(path("other.json")).empty());
    write_file(path("summary.json"), summary_json(testing::smallResults()));
    QVERIFY(refusal(path("summary.json")).find("summary") != std::string::npos);
    write_file(path("bad.h5"), "\x89HDF broken");
    QVERIFY(!refusal(path("bad.h5")).empty());
    QVERIFY(!refusal(path("absent.json")).empty());
    QVERIFY(!refusal(dir_.path().toStdString()).empty());
    auto json = nlohmann::json::parse(timing_record_json(testing::smallResults()));
    json["plan"]["trials"] = -3;
    write_file(path("plan.json"), json.dump());
    QVERIFY(refusal(path("plan.json")).find("trials") != std::string::npos);
    json = nlohmann::json::parse(timing_record_json(testing::smallResults()));
    json["points"][0]["trials_ms"] = {-1.0};
    write_file(path("negative.json"), json.dump());
    QVERIFY(!refusal(path("negative.json")).empty());
    json["schema"] = 99;
    write_file(path("newer.json"), json.dump());
    QVERIFY(refusal(path("newer.json")).find("newer") != std::string::npos);
  }

  void fullDiskLeavesNothingHalf() {
    const TimingResults results = testing::smallResults();
    write_timing_csv(path("kept.csv"), results);
    const auto before = fs::file_size(path("kept.csv"));
    {
      const FullDisk full;
      QVERIFY_EXCEPTION_THROWN(write_timing_csv(path("kept.csv"), results), Error);
      QVERIFY_EXCEPTION_THROWN(write_timing_svg(path("new.svg"), results), Error);
      QVERIFY_EXCEPTION_THROWN(write_timing_hdf5(path("new.h5"), results), Error);
      QVERIFY_EXCEPTION_THROWN(save_timing(path("full"), {}, results), Error);
    }
    QCOMPARE(fs::file_size(path("kept.csv")), before);
    QVERIFY(!fs::exists(path("new.svg")));
    QVERIFY(!fs::exists(path("new.h5")));
    QVERIFY(fs::is_empty(path("full")));
    const fs::path nowhere = path("no/such/folder/a.csv");
    QVERIFY_EXCEPTION_THROWN(write_timing_csv(nowhere, results), Error);
    QVERIFY_EXCEPTION_THROWN(write_timing_hdf5(path("no/such/folder/a.h5"), results), Error);
    QVERIFY_EXCEPTION_THROWN(write_timing_svg(path("no/such/folder/a.svg"), results), Error);
    QVERIFY_EXCEPTION_THROWN(save_timing("/dev/full", {}, results), Error);
    QVERIFY(!fs::exists(nowhere.parent_path()));
  }

  void foreignRecordsAreRefusedByName_data() {
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("kind") << QByteArray("/kind") << QByteArray("7");
    QTest::newRow("schema") << QByteArray("/schema") << QByteArray("1e300");
    QTest::newRow("newer") << QByteArray("/schema") << QByteArray("99");
    QTest::newRow("batch") << QByteArray("/plan/batch") << QByteArray("1e300");
    QTest::newRow("threads") << QByteArray("/plan/threads") << QByteArray("1099511627776");
    QTest::newRow("steps") << QByteArray("/points/0/steps") << QByteArray("1e300");
    QTest::newRow("time") << QByteArray("/points/0/trials_ms/0") << QByteArray("1e300");
    QTest::newRow("cores") << QByteArray("/machine/cores") << QByteArray("-1e300");
    QTest::newRow("title") << QByteArray("/plan/title") << QByteArray("[]");
  }
  void foreignRecordsAreRefusedByName() {
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    auto json = nlohmann::json::parse(timing_record_json(testing::smallResults()));
    json[nlohmann::json::json_pointer(pointer.toStdString())] =
        nlohmann::json::parse(value.toStdString());
    try {
      (void)timing_from_json(json.dump(), "foreign.json");
      QFAIL("it was believed");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).starts_with("foreign.json: "));
    }
  }

  void oneDamagedResultIsListedAmongTheGood() {
    const fs::path good = save_timing(path("mixed"), {}, testing::smallResults());
    fs::create_directories(path("mixed") / "bad");
    write_file(path("mixed") / "bad" / timing_json_name, std::string(200000, '['));
    const auto entries = list_timings(path("mixed"));
    QCOMPARE(entries.size(), std::size_t{2});
    QVERIFY(entries[0].folder == good && entries[0].problem.empty());
    QVERIFY(entries[1].problem.find("deep") != std::string::npos);
  }
};

QTEST_GUILESS_MAIN(TestTimingFiles)
#include "tst_timing_files.moc"
