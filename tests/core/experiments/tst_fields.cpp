// The table of fields: complete, consistent, and strict about values.
#include <QTest>

#include <set>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

using namespace paralif;

class TestFields : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyFieldIsWhole() {
    std::set<std::string_view> names;
    for (const Field& field : experiment_fields()) {
      QVERIFY(names.insert(field.key).second);
      QVERIFY(!field.label.empty());
      QVERIFY(!field.explanation.empty());
      const ParameterValue value = field.get(Experiment{});
      QVERIFY2(!value_problem(field, value), std::string(field.key).c_str());
      QVERIFY(parse_parameter(field, format_parameter(field, value)) == value);
      Experiment other;
      field.set(other, value);
      QVERIFY(other == Experiment{});
      if (std::holds_alternative<double>(value) || std::holds_alternative<std::int64_t>(value)) {
        QVERIFY(field.maximum > field.minimum);
      }
    }
  }

  void parses() {
    const auto value = [](const char* flag, const char* text) {
      return parse_parameter(*find_field(flag), text);
    };
    QVERIFY(value("tau_syn", "none") == ParameterValue(Absent{}));
    QVERIFY(value("tau_syn", "0") == ParameterValue(0.0));
    QVERIFY(value("spk_threshold", "default") == ParameterValue(Absent{}));
    QVERIFY(value("spk_threshold", "0") == ParameterValue(0.0));
    QVERIFY(value("bins", "by window") == ParameterValue(Absent{}));
    QVERIFY(value("refractory", "none") == ParameterValue(0.0));
    QVERIFY(value("reg_thr", "0") == ParameterValue(Absent{}));  // as in the published script
    QVERIFY(value("tau_mem", "2e-2") == ParameterValue(0.02));
    QVERIFY(value("layers", "128, 64") == ParameterValue(std::vector<std::int64_t>{128, 64}));
    QVERIFY(value("layers", "128 64") == ParameterValue(std::vector<std::int64_t>{128, 64}));
    QVERIFY(value("recurrent", "True") == ParameterValue(true));
    QVERIFY(value("recurrent", "true, false") ==
            ParameterValue(std::vector<LayerValue>{true, false}));
    QVERIFY(value("tau_mem", "0.02 none,0") ==
            ParameterValue(std::vector<LayerValue>{0.02, Absent{}, 0.0}));
    QVERIFY(value("seed", "1e3") == ParameterValue(std::int64_t{1000}));
  }

  void refuses_data() {
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QString>("text");
    QTest::newRow("word") << "nb_epochs"
                          << "many";
    QTest::newRow("fraction") << "batch_size"
                              << "1.5";
    QTest::newRow("negative") << "tau_mem"
                              << "-1";
    QTest::newRow("nan") << "lr"
                         << "nan";
    QTest::newRow("infinite") << "lr"
                              << "inf";
    QTest::newRow("huge") << "seed"
                          << "99999999999999999999";
    QTest::newRow("empty list") << "layers"
                                << "";
    QTest::newRow("zero units") << "layers"
                                << "128,0";
    QTest::newRow("choice") << "neuron"
                            << "ParaLIF-X";
    QTest::newRow("bool") << "recurrent"
                          << "perhaps";
    QTest::newRow("device") << "device"
                            << "tpu";
    QTest::newRow("bins 0") << "bins"
                            << "0";
    QTest::newRow("one value only") << "lr"
                                    << "0.1,0.2";
    QTest::newRow("a hole in a list") << "tau_mem"
                                      << "0.02,,0.01";
    QTest::newRow("not absent") << "lr"
                                << "none";
    QTest::newRow("trailing") << "lr"
                              << "0.1x";
  }
  void refuses() {
    QFETCH(QString, flag);
    QFETCH(QString, text);
    const Field* field = find_field(flag.toStdString());
    QVERIFY(field != nullptr);
    try {
      (void)parse_parameter(*field, text.toStdString());
      QFAIL("it was accepted");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::setting);
      QCOMPARE(QString::fromStdString(error.subject()), flag);
    }
  }

  /// What earlier versions and the published scripts called it.
  void earlierNamesAreRead() {
    QCOMPARE(find_field("evaluation"), find_field("backend"));
    QCOMPARE(find_field("scheduler_epochs"), find_field("schedule_step_epochs"));
    std::set<std::string_view> names;
    for (const Field& field : experiment_fields()) {
      QVERIFY(names.insert(field.key).second);
      for (const std::string_view alias : field.aliases) QVERIFY(names.insert(alias).second);
    }
    Experiment experiment;
    experiment.backend = "sequential";
    std::string text = to_json(experiment);
    const auto at = text.find("\"backend\"");
    QVERIFY(at != std::string::npos);
    text.replace(at, 9, "\"evaluation\"");
    QCOMPARE(experiment_from_json(text, "file").backend, std::string("sequential"));
  }

  void combinationsAreChecked() {
    Experiment experiment;
    experiment.neuron.name = "LIF";
    experiment.backend = "fft";
    QCOMPARE(problems_of(experiment).front().key, std::string("backend"));
    experiment = {};
    experiment.network.delay_max = {200};
    QCOMPARE(problems_of(experiment).front().key, std::string("network.delay_max"));
    experiment = {};
    experiment.dataset.steps = 1000000;
    experiment.network.hidden = {4096};
    QCOMPARE(problems_of(experiment).front().key, std::string("training.batch_size"));
    experiment = {};
    experiment.network.hidden = {8, 8};
    experiment.neuron.tau_mem_s = {0.01, std::nullopt, 0.0};  // with the read-out's
    experiment.network.recurrent = {true, false};
    QVERIFY(problems_of(experiment).empty());
    experiment.neuron.tau_mem_s = {0.01, 0.02, 0.03, 0.04};
    QCOMPARE(problems_of(experiment).front().key, std::string("neuron.tau_mem"));
    experiment = {};
    experiment.neuron.learn_tau = true;
    experiment.neuron.tau_mem_s = std::optional<double>();
    experiment.neuron.tau_syn_s = std::optional<double>();
    QCOMPARE(problems_of(experiment).front().key, std::string("neuron.learn_tau"));
    experiment.neuron.tau_mem_s = 0.0;  // 0 can be learnt
    QVERIFY(problems_of(experiment).empty());
    QVERIFY(problems_of(Experiment{}).empty());
  }

  void numbersOfLayersAreLimited() {
    Experiment experiment;
    experiment.network.hidden.assign(200000, 8);
    const auto problems = problems_of(experiment);
    QCOMPARE(problems.front().key, std::string("network.hidden"));
    QVERIFY(problems.front().sentence.find("200000") != std::string::npos);
    experiment.network.hidden.assign(most_list_values, 8);
    QVERIFY(problems_of(experiment).empty());
  }

  void tellsWhatMayChangeInARun() {
    QVERIFY(change_problem(*find_field("lr")).empty());
    QVERIFY(change_problem(*find_field("device")).find("resume") != std::string_view::npos);
    for (const char* flag : {"dataset", "layers", "tau_mem", "batch_size", "seed"}) {
      const Field& field = *find_field(flag);
      QVERIFY(!field.live && !field.on_resume);
      QVERIFY(change_problem(field).find("new run") != std::string_view::npos);
    }
  }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
