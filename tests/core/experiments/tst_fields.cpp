// The table of fields: complete, consistent, and strict about values.
#include <QTest>

#include <set>

#include "core/experiments/fields.h"
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
      QVERIFY(!field.tooltip.empty());
      const FieldValue value = field.get(Experiment{});
      QVERIFY2(!field_problem(field, value), std::string(field.key).c_str());
      QVERIFY(parse_field(field, format_field(field, value)) == value);
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
      return parse_field(*find_field(flag), text);
    };
    QVERIFY(value("tau_syn", "none") == FieldValue(0.0));
    QVERIFY(value("tau_mem", "2e-2") == FieldValue(0.02));
    QVERIFY(value("layers", "128, 64") == FieldValue(std::vector<std::int64_t>{128, 64}));
    QVERIFY(value("recurrent", "True") == FieldValue(true));
    QVERIFY(value("seed", "1e3") == FieldValue(std::int64_t{1000}));
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
    QTest::newRow("trailing") << "lr"
                              << "0.1x";
  }
  void refuses() {
    QFETCH(QString, flag);
    QFETCH(QString, text);
    const Field* field = find_field(flag.toStdString());
    QVERIFY(field != nullptr);
    try {
      (void)parse_field(*field, text.toStdString());
      QFAIL("it was accepted");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::setting);
      QCOMPARE(QString::fromStdString(error.subject()), flag);
    }
  }

  void combinationsAreChecked() {
    Experiment experiment;
    experiment.neuron.name = "LIF";
    experiment.evaluation = "fft";
    QCOMPARE(problems_of(experiment).front().key, std::string("evaluation"));
    experiment = {};
    experiment.network.delay_max = 200;
    QCOMPARE(problems_of(experiment).front().key, std::string("network.delay_max"));
    experiment = {};
    experiment.dataset.steps = 1000000;
    experiment.network.hidden = {4096};
    QCOMPARE(problems_of(experiment).front().key, std::string("training.batch_size"));
    QVERIFY(problems_of(Experiment{}).empty());
  }
};

QTEST_GUILESS_MAIN(TestFields)
#include "tst_fields.moc"
