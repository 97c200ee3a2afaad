// The table of runs: texts, order, filter, and the lines of sweeps.
#include <QSignalSpy>
#include <QTest>

#include "app/studio/runs_model.h"
#include "core/experiments/fields.h"

using namespace paralif;

namespace {

RunEntry entryOf(const std::string& title, double accuracy, const std::string& sweep = {}) {
  RunEntry run;
  run.folder = "/runs/" + title;
  run.title = title;
  run.status = RunStatus::finished;
  run.sweep = sweep;
  run.epochs = 3;
  run.epochs_done = 3;
  run.last_test_accuracy = accuracy;
  run.train_seconds = 100;
  run.started_at = 1'700'000'000;
  run.settings.resize(experiment_fields().size());
  return run;
}

}  // namespace

class TestRunsModel : public QObject {
  Q_OBJECT

 private:
  static QString text(const RunsModel& model, int row, const char* key,
                      const QModelIndex& parent = {}) {
    const auto& columns = model.columns();
    const auto at = std::ranges::find(columns, &run_column(key)) - columns.begin();
    return model.index(row, static_cast<int>(at), parent).data().toString();
  }
  static std::vector<const RunColumn*> some() {
    return {&run_column("status"), &run_column("epochs"), &run_column("accuracy"),
            &run_column("seconds")};
  }

 private Q_SLOTS:
  void aDamagedRunShowsItsProblem() {
    RunEntry bad = entryOf("2026-01-01-bad", 0);
    bad.status = RunStatus::damaged;
    bad.epochs = 0;
    bad.last_test_accuracy.reset();
    bad.started_at = 0;
    bad.problem = "run.json: 'epochs_done' is -1, not 0 to 10000000";
    RunsModel model;
    model.setColumns(some());
    model.setRuns({entryOf("Good", 0.5), bad});
    QCOMPARE(text(model, 0, "status"), QString("finished"));
    QCOMPARE(text(model, 0, "epochs"), QString("3/3"));
    QCOMPARE(text(model, 0, "seconds"), QString("1 min 40 s"));
    QCOMPARE(text(model, 1, "status"),
             QString("damaged: run.json: 'epochs_done' is -1, not 0 to 10000000"));
    QCOMPARE(text(model, 1, "title"), QString("2026-01-01-bad"));
    QCOMPARE(text(model, 1, "epochs"), QString("-"));
    QVERIFY(!(model.flags(model.index(1, 0)) & Qt::ItemIsEditable));
  }

  void filtersAndSorts() {
    RunsModel model;
    model.setColumns(some());
    model.setRuns({entryOf("a", 0.5), entryOf("b", 0.9), entryOf("c", 0.7)});
    model.sort(3, Qt::DescendingOrder);
    QCOMPARE(text(model, 0, "title"), QString("b"));
    QCOMPARE(text(model, 0, "accuracy"), QString("90.0 %"));
    model.setFilter(RunQuery("accuracy<0.8"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.shown(), 2);
    QCOMPARE(text(model, 0, "title"), QString("c"));
    QVERIFY(!model.indexOf("/runs/b").isValid());
    QCOMPARE(model.indexOf("/runs/a").row(), 1);
    model.setFilter({});
    QCOMPARE(model.rowCount(), 3);
  }

  void theRunsOfASweepStandBelowOneLine() {
    RunsModel model;
    model.setColumns(some());
    model.setRuns({entryOf("alone", 0.6), entryOf("s1", 0.5, "rates"), entryOf("s2", 0.9, "rates")});
    QCOMPARE(model.rowCount(), 3);
    model.setGrouped(true);
    model.sort(3, Qt::DescendingOrder);
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex sweep = model.index(0, 0);  // its best run is the best
    QCOMPARE(sweep.data().toString(), QString("rates: 2 runs"));
    QVERIFY(model.run(sweep) == nullptr);
    QCOMPARE(model.runsOf(sweep).size(), std::size_t{2});
    QCOMPARE(text(model, 0, "accuracy"), QString("best 90.0 %"));
    QCOMPARE(text(model, 0, "status"), QString("2 finished"));
    QCOMPARE(text(model, 0, "seconds"), QString("3 min 20 s"));
    QCOMPARE(model.rowCount(sweep), 2);
    QCOMPARE(text(model, 0, "title", sweep), QString("s2"));
    const QModelIndex child = model.index(1, 2, sweep);
    QCOMPARE(child.parent(), sweep);
    QCOMPARE(model.run(child)->title, std::string("s1"));
    QCOMPARE(model.indexOf("/runs/s1"), child.siblingAtColumn(0));
    QCOMPARE(text(model, 1, "title"), QString("alone"));
  }

  void aTypedTitleIsARequest() {
    RunsModel model;
    model.setRuns({entryOf("a", 0.5)});
    QSignalSpy renamed(&model, &RunsModel::renamed);
    model.setData(model.index(0, 0), "a", Qt::EditRole);
    QCOMPARE(renamed.count(), 0);
    model.setData(model.index(0, 0), " better ", Qt::EditRole);
    QCOMPARE(renamed.count(), 1);
    QCOMPARE(renamed[0][0].toString(), QString("/runs/a"));
    QCOMPARE(renamed[0][1].toString(), QString("better"));
  }
};

QTEST_GUILESS_MAIN(TestRunsModel)
#include "tst_runs_model.moc"
