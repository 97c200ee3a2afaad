// The table of runs: one that cannot be read shows why.
#include <QTest>

#include "app/studio/runs_model.h"

using namespace paralif;

class TestRunsModel : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDamagedRunShowsItsProblem() {
    RunSummary good;
    good.title = "Good";
    good.status = "finished";
    RunSummary bad;
    bad.title = "2026-01-01-bad";
    bad.status = "damaged";
    bad.problem = "run.json: 'epochs_done' is -1, not 0 to 10000000";
    RunsModel model;
    model.setRuns({good, bad});
    QCOMPARE(model.index(0, RunsModel::status).data().toString(), QString("finished"));
    QCOMPARE(model.index(1, RunsModel::status).data().toString(),
             QString("damaged: run.json: 'epochs_done' is -1, not 0 to 10000000"));
    QCOMPARE(model.index(1, RunsModel::title).data().toString(), QString("2026-01-01-bad"));
    QCOMPARE(model.index(1, RunsModel::epochs).data().toString(), QString("-"));
  }
};

QTEST_GUILESS_MAIN(TestRunsModel)
#include "tst_runs_model.moc"
