// The library of runs: the index against the folders, filters, order, marks, the bin.
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/experiments/experiment_file.h"
#include "core/library/run_bin.h"
#include "core/library/run_columns.h"
#include "core/library/run_index.h"
#include "core/library/run_library.h"
#include "core/library/run_order.h"
#include "core/library/run_query.h"
#include "core/runs/new_run.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "datasets/error.h"
#include "tests/finished_run.h"
#include "tests/said.h"

using namespace paralif;
using testing::said;
namespace fs = std::filesystem;

class TestLibrary : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    dir_ = std::make_unique<QTemporaryDir>();
    QVERIFY(dir_->isValid());
    root_ = fs::path(dir_->path().toStdString()) / "runs";
    index_ = fs::path(dir_->path().toStdString()) / "cache" / "index.sqlite";
    addRun("a", "LIF", 128, 0.75, 1'700'000'000);
    addRun("b", "ParaLIF-D", 64, 0.875, 1'700'100'000);
    addRun("c", "ParaLIF-T", 32, 0.5, 1'700'050'000);
  }

  void newestFirstAndOnlyWhatChangedIsRead() {
    LibraryListing listing = list();
    QCOMPARE(listing.index_problem, std::string());
    QCOMPARE(names(listing), (QStringList{"b", "c", "a"}));
    QCOMPARE(listing.read, std::size_t{3});
    const std::vector<RunEntry> first = listing.runs;
    listing = list();
    QCOMPARE(listing.read, std::size_t{0});
    QCOMPARE(names(listing), (QStringList{"b", "c", "a"}));
    for (std::size_t i = 0; i < first.size(); ++i) {
      QCOMPARE(listing.runs[i].settings, first[i].settings);
      QCOMPARE(listing.runs[i].network, first[i].network);
      QVERIFY(listing.runs[i].last_test_accuracy == first[i].last_test_accuracy);
      QVERIFY(!listing.runs[i].best_validation_accuracy);
      QCOMPARE(listing.runs[i].epochs, first[i].epochs);
    }
    run_files::Head head = run_files::read_head(root_ / "a");
    head.last_test_accuracy = 0.99;
    run_files::write_head(root_ / "a", head);
    listing = list();
    QCOMPARE(listing.read, std::size_t{1});
    QVERIFY(listing.runs[2].last_test_accuracy == 0.99);
    fs::remove_all(root_ / "b");
    listing = list();
    QCOMPARE(listing.read, std::size_t{0});
    QCOMPARE(names(listing), (QStringList{"c", "a"}));
  }

  void damagedRunsAreToldEachTime() {
    std::ofstream(root_ / "a" / run_files::head) << "{";
    for (int i = 0; i < 2; ++i) {
      const LibraryListing listing = list();
      QCOMPARE(listing.runs.size(), std::size_t{3});
      QCOMPARE(listing.runs.back().status, RunStatus::damaged);
      QVERIFY(listing.runs.back().problem.find("run.json") != std::string::npos);
      QVERIFY(RunQuery("status=damaged").matches(listing.runs.back()));
      QVERIFY(!RunQuery("accuracy>0").matches(listing.runs.back()));
    }
  }

  void aDamagedOrForeignIndexIsMadeAnew() {
    list();
    std::ofstream(index_, std::ios::trunc) << std::string(5000, 'x');
    LibraryListing listing = list();
    QCOMPARE(listing.index_problem, std::string());
    QCOMPARE(listing.runs.size(), std::size_t{3});
    QCOMPARE(listing.read, std::size_t{3});
    QCOMPARE(list().read, std::size_t{0});
  }

  void withoutAPlaceForTheIndexRunsAreListedAll() {
    std::ofstream(fs::path(dir_->path().toStdString()) / "file") << "x";
    JobControl control;
    const LibraryListing listing = list_library(
        root_, fs::path(dir_->path().toStdString()) / "file" / "index.sqlite", control);
    QVERIFY(!listing.index_problem.empty());
    QCOMPARE(listing.runs.size(), std::size_t{3});
  }

  void statusIsOfThisMomentNotOfTheIndex() {
    run_files::Head head = run_files::read_head(root_ / "a");
    head.status = RunStatus::running;
    head.epochs_done = 1;
    run_files::write_head(root_ / "a", head);
    QCOMPARE(entry("a").status, RunStatus::interrupted);
    QVERIFY(entry("a").resumable);  // nothing was trained: it can begin
    std::ofstream(root_ / "a" / run_files::metrics) << "x";
    QVERIFY(!entry("a").resumable);  // trained, without a checkpoint
    {
      const RunLock lock(root_ / "a");
      QCOMPARE(entry("a").status, RunStatus::running);
      QVERIFY(!said([&] { move_to_bin(root_, root_ / "a"); }).isEmpty());
    }
    std::ofstream(root_ / "a" / run_files::checkpoint) << "x";
    QCOMPARE(entry("a").status, RunStatus::interrupted);
    QVERIFY(entry("a").resumable);
    QCOMPARE(list().read, std::size_t{0});
  }

  void runsOfASweepBelongToIt() {
    fs::create_directories(root_ / "lr");
    fs::rename(root_ / "a", root_ / "lr" / "0001");
    QCOMPARE(list().runs.size(), std::size_t{2});  // a folder of its own is no sweep
    std::ofstream(root_ / "lr" / sweep_file) << "{}";
    const LibraryListing listing = list();
    QCOMPARE(listing.runs.size(), std::size_t{3});
    QCOMPARE(listing.runs.back().sweep, std::string("lr"));
    QCOMPARE(list().read, std::size_t{0});
    QVERIFY(RunQuery("sweep=lr").matches(list().runs.back()));
    const fs::path binned = move_to_bin(root_, root_ / "lr" / "0001");
    QCOMPARE(list().runs.size(), std::size_t{2});
    QCOMPARE(restore_from_bin(root_, binned), root_ / "lr" / "0001");
    QCOMPARE(list().runs.size(), std::size_t{3});
  }

  void filters_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("runs");
    QTest::newRow("all") << "" << "abc";
    QTest::newRow("number") << "accuracy>0.6" << "ab";
    QTest::newRow("percent") << "accuracy >= 75%" << "ab";
    QTest::newRow("equal number") << "network.hidden=64" << "b";
    QTest::newRow("last part") << "hidden=64" << "b";
    QTest::newRow("object") << "neuron=ParaLIF-D" << "b";
    QTest::newRow("any case") << "neuron=paralif-d" << "b";
    QTest::newRow("flag") << "neuron=LIF" << "a";
    QTest::newRow("earlier name") << "neuron=LIF evaluation=fused" << "a";
    QTest::newRow("not") << "neuron!=LIF" << "bc";
    QTest::newRow("several") << "neuron=LIF|ParaLIF-T" << "ac";
    QTest::newRow("not several") << "neuron!=LIF|ParaLIF-T" << "b";
    QTest::newRow("holds") << "neuron~para accuracy<0.6" << "c";
    QTest::newRow("holds not") << "neuron!~para" << "a";
    QTest::newRow("of lif only") << "refractory=0" << "a";
    QTest::newRow("word") << "paralif" << "bc";
    QTest::newRow("quoted") << "title=\"Run b\"" << "b";
    QTest::newRow("time") << "started>=2023-11-15" << "bc";
    QTest::newRow("status") << "status=finished seconds<100" << "abc";
    QTest::newRow("none") << "tag=paper" << "";
    QTest::newRow("no value") << "note=\"\"" << "abc";
  }
  void filters() {
    QFETCH(const QString, query);
    QFETCH(const QString, runs);
    const RunQuery filter(query.toStdString());
    QString found;
    for (const char* name : {"a", "b", "c"}) {
      if (filter.matches(entry(name))) found += name;
    }
    QCOMPARE(found, runs);
  }

  void badFilters_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("unknown") << "accurcy>0.8" << "did you mean 'accuracy'?";
    QTest::newRow("no number") << "accuracy>high" << "needs a number";
    QTest::newRow("no time") << "started>yesterday" << "needs a time";
    QTest::newRow("no value") << "accuracy>" << "no value";
    QTest::newRow("no name") << ">3" << "no name";
    QTest::newRow("open quote") << "title=\"x" << "without its end";
    QTest::newRow("odd") << "title=~x" << "no comparison";
  }
  void badFilters() {
    QFETCH(const QString, query);
    QFETCH(const QString, sentence);
    const QString text = said([&] { const RunQuery filter(query.toStdString()); });
    QVERIFY2(text.contains(sentence), qPrintable(text));
  }

  void everySettingIsAColumn() {
    for (const RunColumn& column : run_columns()) {
      QCOMPARE(&run_column(column.key), &column);
      QVERIFY2(!column.label.empty() && !column.explanation.empty(), column.key.c_str());
      (void)column.text(entry("a"));
      (void)column.number(entry("a"));
    }
    QVERIFY(run_column("neuron.tau_mem").number(entry("a")) == 0.02);
    QVERIFY(!run_column("neuron.refractory").number(entry("b")));  // of LIF only
  }

  void sortsNumbersAsNumbersAndTheAbsentLast() {
    const RunEntry a = entry("a");
    const RunEntry b = entry("b");
    const RunEntry c = entry("c");
    const std::vector<const RunEntry*> all{&a, &b, &c};  // 128, 64 and 32 hidden units
    const auto places = [&](const char* name, bool descending) {
      return order_of(all, run_column(name), descending);
    };
    QCOMPARE(places("hidden", false), (std::vector<std::size_t>{2, 1, 0}));
    QCOMPARE(places("hidden", true), (std::vector<std::size_t>{0, 1, 2}));
    QCOMPARE(places("accuracy", true), (std::vector<std::size_t>{1, 0, 2}));
    QCOMPARE(places("refractory", true), (std::vector<std::size_t>{0, 1, 2}));
    QCOMPARE(places("refractory", false), (std::vector<std::size_t>{0, 1, 2}));
    QCOMPARE(places("network", false), (std::vector<std::size_t>{0, 1, 2}));
  }

  void marksStayWithTheRun() {
    RunMarks marks;
    marks.title = "The good one";
    marks.tags = tags_of("paper, slow paper");
    marks.note = "line one\nline \"two\"";
    marks.favourite = true;
    list();
    write_marks(root_ / "a", marks);
    QVERIFY(read_marks(root_ / "a") == marks);
    for (int i = 0; i < 2; ++i) {  // from the folder, then from the index
      QCOMPARE(entry("a").title, std::string("The good one"));
      QVERIFY(entry("a").marks == marks);
    }
    QVERIFY(RunQuery("tag=paper tag!=fast favourite=yes").matches(entry("a")));
    QVERIFY(RunQuery("\"line one\"").matches(entry("a")));
    QVERIFY(RunQuery("favourite=true").matches(entry("a")));
    QVERIFY(RunQuery("favourite=1 favourite!=no debug=no").matches(entry("a")));
    QVERIFY(!RunQuery("favourite=1").matches(entry("b")));
    QVERIFY(!said([] { (void)tags_of(std::string(200, 'x')); }).isEmpty());
    QVERIFY(!said([&] {
              RunMarks bad;
              bad.tags = {"two words"};
              write_marks(root_ / "a", bad);
            }).isEmpty());
    QVERIFY(read_marks(root_ / "a") == marks);
  }

  void damagedMarksCostNothingElse() {
    std::ofstream(root_ / "a" / run_files::marks) << "[1, 2";
    QVERIFY(said([&] { (void)read_marks(root_ / "a"); }).contains("marks.json"));
    QCOMPARE(entry("a").status, RunStatus::finished);
    RunMarks marks;
    marks.note = "new";
    write_marks(root_ / "a", marks);
    QVERIFY(fs::exists(root_ / "a" / "marks.json.damaged"));
    QCOMPARE(entry("a").marks.note, std::string("new"));
  }

  void theBinGivesBack() {
    const fs::path first = move_to_bin(root_, root_ / "a");
    QVERIFY(!fs::exists(root_ / "a"));
    addRun("a", "LIF", 16, 0.1, 1'700'200'000);
    QVERIFY(said([&] { restore_from_bin(root_, first); }).contains("is there already"));
    const fs::path second = move_to_bin(root_, root_ / "a");
    QVERIFY(first != second);
    QCOMPARE(list_bin(root_).size(), std::size_t{2});
    QCOMPARE(restore_from_bin(root_, second), root_ / "a");
    QVERIFY(entry("a").settings == read_entry(root_ / "a", {}).settings);
    delete_from_bin(root_, first);
    QVERIFY(list_bin(root_).empty());
    QVERIFY(!said([&] { delete_from_bin(root_, root_ / "b"); }).isEmpty());
    QVERIFY(!said([&] { delete_from_bin(root_, bin_of(root_) / ".."); }).isEmpty());
    QVERIFY(!said([&] { move_to_bin(root_, root_); }).isEmpty());
    QVERIFY(!said([&] { move_to_bin(root_ / "b", root_ / "c"); }).isEmpty());
    QVERIFY(fs::exists(root_ / "b" / run_files::head));
  }

  void theBinTouchesRunsOnly() {
    const fs::path outside = fs::path(dir_->path().toStdString()) / "outside";
    fs::create_directories(outside / "keep");
    std::ofstream(outside / "keep" / "thesis.txt") << "mine";
    fs::create_directory_symlink(outside, bin_of(root_));
    QVERIFY(list_bin(root_).empty());
    QVERIFY(said([&] { move_to_bin(root_, root_ / "a"); }).contains("is a link"));
    QVERIFY(!said([&] { delete_from_bin(root_, bin_of(root_) / "keep"); }).isEmpty());
    QVERIFY(fs::exists(outside / "keep" / "thesis.txt"));
    fs::remove(bin_of(root_));
    fs::create_directories(bin_of(root_) / "notes");
    QVERIFY(list_bin(root_).empty());
    QVERIFY(!said([&] { delete_from_bin(root_, bin_of(root_) / "notes"); }).isEmpty());
    QVERIFY(!said([&] { restore_from_bin(root_, bin_of(root_) / "notes"); }).isEmpty());
    fs::rename(root_ / "b", outside / "b");
    fs::create_directory_symlink(outside / "b", root_ / "b");
    QVERIFY(said([&] { move_to_bin(root_, root_ / "b"); }).contains("is a link"));
  }

  void oddNamesComeBack() {
    for (const char* name : {"a@b", "foo~2", "100%", "%40", "a~b@c%7E"}) {
      addRun(name, "LIF", 8, 0.5, 1'700'000'000);
      const fs::path binned = move_to_bin(root_, root_ / name);
      QCOMPARE(restore_from_bin(root_, binned), root_ / name);
    }
  }

  void queuedRunsWait() {
    queue_run(root_ / "q", experimentOf("LIF", 8));
    const RunSummary run = read_summary(root_ / "q");
    QCOMPARE(run.status, RunStatus::queued);
    QVERIFY(run.resumable);
    QVERIFY(entry("q").resumable);
    QVERIFY(!entry("q").last_test_accuracy);
    QVERIFY(!said([&] { queue_run(root_ / "q", experimentOf("LIF", 8)); }).isEmpty());
  }

  void cancelledAtOnce() {
    JobControl control;
    Job job;
    std::atomic<bool> ended{false};
    job.start([&](JobControl& own) {
      while (!own.cancelled()) std::this_thread::yield();
      list_library(root_, {}, own);
      ended = true;
    });
    job.cancel();
    job.wait();
    QVERIFY(!ended);
    QVERIFY(job.report().status == JobStatus::cancelled);
  }

  void instantsAreReadAsTheyWereWritten() {
    for (const std::int64_t instant : {std::int64_t{1'700'000'000}, std::int64_t{1'720'000'000}}) {
      QCOMPARE(instant_of_local(local_time_text(instant)), instant);
    }
    QCOMPARE(instant_of_local("2024-05-01"), instant_of_local("2024-05-01 00:00:00"));
    QCOMPARE(instant_of_local("May 2024"), std::int64_t{-1});
    QCOMPARE(instant_of_local("2024-05-01 00:00:00 and more"), std::int64_t{-1});
    QCOMPARE(run_files::read_head(root_ / "a").started_at, std::int64_t{1'700'000'000});
  }

 private:
  static Experiment experimentOf(const char* neuron, std::int64_t hidden) {
    Experiment experiment;
    experiment.neuron.name = neuron;
    experiment.network.hidden = {hidden};
    return experiment;
  }
  void addRun(const std::string& name, const char* neuron, std::int64_t hidden, double accuracy,
              std::int64_t started) {
    Experiment experiment = experimentOf(neuron, hidden);
    experiment.title = "Run " + name;
    testing::saveFinishedRun(root_ / name, experiment, accuracy, started);
  }
  LibraryListing list() {
    JobControl control;
    return list_library(root_, index_, control);
  }
  RunEntry entry(const std::string& name) {
    for (const RunEntry& run : list().runs) {
      if (run.folder.filename() == name) return run;
    }
    qFatal("no run %s", name.c_str());
  }
  static QStringList names(const LibraryListing& listing) {
    QStringList all;
    for (const RunEntry& run : listing.runs) {
      all << QString::fromStdString(run.folder.filename().string());
    }
    return all;
  }

  std::unique_ptr<QTemporaryDir> dir_;
  fs::path root_;
  fs::path index_;
};

QTEST_GUILESS_MAIN(TestLibrary)
#include "tst_library.moc"
