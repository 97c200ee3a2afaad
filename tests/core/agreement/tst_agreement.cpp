// Agreement with recorded outputs of the published code, and that a disagreement is seen.
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "core/agreement/verification.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"

using namespace paralif;

class TestAgreement : public QObject {
  Q_OBJECT

 private:
  static const char* builtIn() { return PARALIF_SOURCE_DIR "/tests/golden/"; }

  static void check(const QString& path, std::size_t atLeast) {
    const auto cases = verify_file(path.toStdString());
    QVERIFY2(cases.size() >= atLeast, qPrintable(path));
    for (const VerifiedCase& one : cases) {
      QVERIFY2(one.passed, qPrintable(QString::fromStdString(one.name + " " + one.backend +
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

  // A time constant of 0 that is learnt: the stored parameter is 0 and the decay sigmoid(0) = 0.5.
  // With no synaptic filter V[t] = b V[t-1] + (1 - b) x[t], and dV/dp = b (1 - b) dV/db.
  void zeroTimeConstantsAreLearnt() {
    const std::vector<float> x{1, 0, 2, -1, 0, 0.5F};
    const auto steps = static_cast<std::int64_t>(x.size());
    const double b = 0.5;
    Array<float> input{{1, steps, 1}, x};
    Array<float> ones{{1, steps, 1}, std::vector<float>(x.size(), 1.0F)};
    Array<float> membrane{{1, steps, 1}, {}};
    Array<float> grad_input{{1, steps, 1}, {}};
    double v = 0.0;
    double slope = 0.0;  // dV/db
    double grad_beta = 0.0;
    for (std::size_t t = 0; t < x.size(); ++t) {
      slope = v - double(x[t]) + b * slope;
      v = b * v + (1 - b) * double(x[t]);
      membrane.values.push_back(float(v));
      grad_beta += b * (1 - b) * slope;
      // Of the sum of all V: (1 - b) (1 + b + b^2 + ...) over what is left.
      grad_input.values.push_back(float(1 - std::pow(b, double(x.size() - t))));
    }
    QTemporaryDir dir;
    const std::string path = dir.filePath("neurons.h5").toStdString();
    Hdf5Writer file(path);
    for (const std::string name : {"LIF/000", "ParaLIF/000"}) {
      file.write(name + "/input", input);
      file.write(name + "/membrane", membrane);
      file.write(name + "/grad_output", ones);
      file.write(name + "/grad_input", grad_input);
      file.write(name + "/param/_beta", Array<float>{{1}, {0.0F}});
      file.write(name + "/grad_param/_beta", Array<float>{{1}, {float(grad_beta)}});
      file.attribute(name, "n_neuron", std::int64_t{1});
      file.attribute(name, "fire", std::int64_t{0});
      file.attribute(name, "parallel", std::int64_t{0});
      file.attribute(name, "learn_tau", std::int64_t{1});
      file.attribute(name, "tau_mem", 0.0);
      file.attribute(name, "tau_syn", std::string("none"));
      file.attribute(name, "spike_mode", std::string("T"));
    }
    file.close();
    check(QString::fromStdString(path), 5);
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
