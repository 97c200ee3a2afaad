// Checkpoints: of this and of older versions, damaged, foreign, and made to run code.
#include <torch/types.h>

#include <QTemporaryDir>
#include <QTest>
#include <functional>
#include <limits>

#include "core/training/checkpoint.h"
#include "core/training/legacy_checkpoint.h"
#include "core/training/state_file.h"
#include "core/training/trainer.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "tests/datasets/zip_bytes.h"
#include "tests/weights_of.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

Experiment small() {
  Experiment experiment;
  experiment.dataset.steps = 10;
  experiment.network.hidden = {2};
  experiment.training.debug = true;
  experiment.training.epochs = 4;
  return experiment;
}

const fs::path data_folder_of_tests = PARALIF_SOURCE_DIR "/tests/core/training/data";

/// A pickle of protocol 2, piece by piece.
std::string text(const std::string& value) {
  const auto size = static_cast<std::uint32_t>(value.size());
  return "X" + std::string(reinterpret_cast<const char*>(&size), 4) + value;
}

/// What LibTorch writes for an archive without members.
const std::string no_constants("\x80\x02).", 4);

std::string archive(const std::string& pickle, const std::string& code = "") {
  std::vector<ZipEntry> entries{{"archive/data.pkl", "\x80\x02" + pickle},
                                {"archive/constants.pkl", no_constants},
                                {"archive/version", "3\n"}};
  if (!code.empty()) entries.push_back({"archive/code/__torch__.py", code});
  return zip_bytes(entries);
}

std::string object(const std::string& state) { return "c__torch__\nModule\n)\x81}(" + state + "ub"; }

std::string tensor(int elements, const std::string& sizes, const std::string& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" +
         text("0") + text("cpu") + "J" +
         std::string(reinterpret_cast<const char*>(&elements), 4) + "tQK" + std::string(1, '\0') +
         "(" + sizes + "t(" + strides + "t\x89" + "ccollections\nOrderedDict\n)RtR";
}

}  // namespace

class TestCheckpoint : public QObject {
  Q_OBJECT

 private:
  DataSplit data_;
  QTemporaryDir dir_;

  fs::path file(const char* name) const { return dir_.filePath(name).toStdString(); }

  static QString said(const std::function<void()>& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.kind() == Error::Kind::file ? QString(error.what()) : "of another kind";
    }
    return {};
  }

  TrainingState state_after(int batches) const {
    Trainer trainer(small(), data_);
    for (int i = 0; i < batches; ++i) trainer.train_batch();
    return trainer.state();
  }

  /// What a trainer says of a state, which must leave it as it was.
  QString refusal(const TrainingState& state, const Experiment& experiment = small()) const {
    write_state(file("c.h5"), state);
    Trainer trainer(experiment, data_);
    const torch::Tensor before = testing::weights_of(trainer.network())[0].detach().clone();
    const QString sentence = said([&] { restore_checkpoint(trainer, file("c.h5")); });
    if (!torch::equal(before, testing::weights_of(trainer.network())[0]) && !sentence.isEmpty()) return "changed";
    return sentence;
  }

 private Q_SLOTS:
  void initTestCase() { data_ = open_data(small().dataset); }

  void comesBackBitForBit() {
    const TrainingState state = state_after(2);
    write_state(file("whole.h5"), state);
    const TrainingState back = read_state(file("whole.h5"));
    QCOMPARE(back.network.size(), state.network.size());
    for (const auto& [name, value] : state.network) {
      QVERIFY2(torch::equal(back.network.at(name), value), name.c_str());
      QVERIFY(back.network.at(name).scalar_type() == value.scalar_type());
    }
    for (const auto& [name, slot] : state.optimizer) {
      QCOMPARE(back.optimizer.at(name).step, slot.step);
      const auto same = [](const torch::Tensor& a, const torch::Tensor& b) {
        return a.defined() == b.defined() && (!a.defined() || torch::equal(a, b));
      };
      QVERIFY(same(back.optimizer.at(name).first, slot.first));
      QVERIFY(same(back.optimizer.at(name).second, slot.second));
    }
    QCOMPARE(back.progress->loss_sum, state.progress->loss_sum);
    QCOMPARE(back.experiment, state.experiment);
    write_state(file("weights.h5"), weights_of(Trainer(small(), data_).network()));
    QVERIFY(!read_state(file("weights.h5")).progress);
  }

  void aFlippedBitAnywhereIsRefused() {
    write_state(file("good.h5"), state_after(1));
    const std::string bytes = read_file(file("good.h5"));
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
      std::string bad = bytes;
      bad[at] = static_cast<char>(bad[at] ^ 4);
      write_file(file("bad.h5"), bad);
      const QString sentence = said([&] { read_state(file("bad.h5")); });
      QVERIFY2(sentence.contains("checksum"), qPrintable(QString::number(at) + ": " + sentence));
    }
    for (const std::size_t length : {std::size_t{0}, std::size_t{10}, bytes.size() / 2, bytes.size() - 1}) {
      write_file(file("bad.h5"), std::string_view(bytes).substr(0, length));
      QVERIFY(said([&] { read_state(file("bad.h5")); }).contains("checksum"));
    }
  }

  void countersAreCheckedAgainstTheExperiment_data() {
    QTest::addColumn<qint64>("epoch");
    QTest::addColumn<qint64>("batch");
    QTest::addColumn<qint64>("step");
    QTest::newRow("batch -1") << qint64{1} << qint64{-1} << qint64{-1};
    QTest::newRow("batch -2^40") << qint64{1} << -(qint64{1} << 40) << -(qint64{1} << 40);
    QTest::newRow("batch beyond") << qint64{1} << qint64{3} << qint64{3};
    QTest::newRow("epoch least") << std::numeric_limits<qint64>::min() << qint64{1} << qint64{1};
    QTest::newRow("epoch 0") << qint64{0} << qint64{1} << qint64{-1};
    QTest::newRow("epoch 2^40") << (qint64{1} << 40) << qint64{0} << qint64{2} * ((qint64{1} << 40) - 1);
    QTest::newRow("epoch after the end") << qint64{6} << qint64{0} << qint64{10};
    QTest::newRow("step") << qint64{1} << qint64{1} << qint64{2};
  }
  void countersAreCheckedAgainstTheExperiment() {
    QFETCH(qint64, epoch);
    QFETCH(qint64, batch);
    QFETCH(qint64, step);
    TrainingState state = state_after(1);
    QVERIFY(refusal(state).isEmpty());
    state.progress->epoch = epoch;
    state.progress->batch = batch;
    state.progress->step = step;
    const QString sentence = refusal(state);
    QVERIFY2(sentence.contains("c.h5: is ") || sentence.contains("c.h5: has "),
             qPrintable(sentence));
  }

  void wrongContentsAreRefused() {
    const TrainingState good = state_after(1);
    TrainingState bad = good;
    bad.network["0.weight"] = good.network.at("0.weight").clone();
    bad.network["0.weight"][0][0] = std::numeric_limits<float>::quiet_NaN();
    QVERIFY(refusal(bad).contains("not finite in '0.weight'"));
    bad = good;
    bad.optimizer["0.weight"].second =
        torch::full_like(good.optimizer.at("0.weight").second, INFINITY);
    QVERIFY(refusal(bad).contains("not finite"));
    bad = good;
    bad.network["0.weight"] = torch::zeros({3, 4});
    QVERIFY(refusal(bad).contains("shape of '0.weight'"));
    bad = good;
    bad.network.erase("0.bias");
    QVERIFY(refusal(bad).contains("tensors"));
    bad = good;
    bad.optimizer["0.weight"].step = 7;
    QVERIFY(refusal(bad).contains("7 steps"));
    bad = good;
    bad.optimizer.erase("0.bias");
    QVERIFY(refusal(bad).contains("0.bias"));
    bad = good;
    bad.progress->correct = bad.progress->seen + 1;
    QVERIFY(refusal(bad).contains("samples right"));
    bad = good;
    bad.progress->total_seconds = NAN;
    QVERIFY(refusal(bad).contains("time"));
    bad = good;
    bad.progress.reset();
    QVERIFY(refusal(bad).contains("weights alone"));
    Experiment other = small();
    other.neuron.name = "LIF";
    QVERIFY(refusal(good, other).contains("neuron"));
    other = small();
    other.title = "Another";
    other.training.learning_rate = 0.1;
    QVERIFY(refusal(good, other).isEmpty());
  }

  void aStateThatIsNotFiniteIsNotGivenOut() {
    Trainer trainer(small(), data_);
    {
      const torch::NoGradGuard no_grad;
      testing::weights_of(trainer.network())[0][0][0] = std::numeric_limits<float>::infinity();
    }
    try {
      (void)trainer.state();
      QFAIL("it was given out");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::numerical);
      QVERIFY(std::string(error.what()).find("0.weight") != std::string::npos);
    }
  }

  void olderCheckpointsAreRead() {
    const fs::path old = data_folder_of_tests / "checkpoint-0.1.pt";
    QVERIFY(is_legacy_state(old));
    Trainer trainer(small(), data_);
    restore_checkpoint(trainer, old);
    QCOMPARE(trainer.progress().epoch, 2);
    QCOMPARE(trainer.progress().step, 2);
    const TrainingState state = trainer.state();
    QVERIFY(torch::equal(state.network.at("0.weight"), read_legacy_state(old).network.at("0.weight")));
    QCOMPARE(state.optimizer.at("0.weight").step, 2);
    QVERIFY(std::isfinite(trainer.train_batch().loss));
    const TrainingState weights = read_legacy_state(data_folder_of_tests / "weights-0.1.pt");
    QVERIFY(!weights.progress);
    QVERIFY(torch::equal(weights.network.at("2.weight"), state.network.at("2.weight")));
  }

  void codeInAnArchiveIsRefusedAndNotRun() {
    const fs::path trace = file("written-by-the-checkpoint");
    const std::string code =
        "class Module(Module):\n  __parameters__ = []\n  __buffers__ = []\n"
        "  def __setstate__(self: __torch__.Module, state: int) -> NoneType:\n"
        "    _0 = torch.save([1], \"" + trace.string() + "\")\n    return None\n";
    write_file(file("evil.pt"), archive(object(text("step") + "K\x01") + ".", code));
    Trainer trainer(small(), data_);
    const QString sentence = said([&] { restore_checkpoint(trainer, file("evil.pt")); });
    QVERIFY2(sentence.contains("__setstate__") && sentence.contains("not run"),
             qPrintable(sentence));
    QVERIFY(!fs::exists(trace));
    // As LibTorch writes one.
    const QString kept =
        said([&] { restore_checkpoint(trainer, data_folder_of_tests / "setstate.pt"); });
    QVERIFY2(kept.contains("__setstate__"), qPrintable(kept));
  }

  void foreignPicklesAreRefusedByName_data() {
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* name, const std::string& pickle, const char* named) {
      QTest::newRow(name) << QByteArray(pickle.data(), qsizetype(pickle.size())) << named;
    };
    row("function", "cos\nsystem\n(" + text("true") + "tR.", "os system");
    row("storage", object(text("a") + "(" + text("storage") + "ctorch\nModule\n" + "tQ") + ".",
        "torch Module");
    row("opcode", "cbuiltins\nlist\n.", "builtins list");
    row("inst", "(ios\nsystem\n.", "opcode 105");
    row("reduce of a module", "c__torch__\nModule\n)R.", "calls");
    row("empty", "", "early");
    row("stack", "b.", "stack");
    row("memory", "h\x05.", "not there");
    row("text", std::string("X\xff\xff\xff\x7f", 5) + ".", "early");
    row("no module", "K\x01.", "module is missing");
    row("beyond", object(text("w") + tensor(1, "K\x02", "K\x01")) + ".", "beyond");
    row("claims", object(text("w") + tensor(1 << 30, "J" + std::string("\0\0\0\x40", 4), "K\x01")) + ".",
        "claims");
    row("repeated", object(text("w") + tensor(1, "J" + std::string("\0\0\0\x40", 4), std::string("K\0", 2))) + ".",
        "claims");
  }
  void foreignPicklesAreRefusedByName() {
    QFETCH(QByteArray, pickle);
    QFETCH(QString, named);
    write_file(file("foreign.pt"), archive(pickle.toStdString()));
    const QString sentence = said([&] { read_legacy_state(file("foreign.pt")); });
    QVERIFY2(sentence.contains(named), qPrintable(sentence));
  }

  void nestingWithoutEndIsRefused() {
    // Every level holds the one below twice: 2^60 members in a few hundred bytes.
    std::string pickle = "}q\x01";
    for (int i = 0; i < 60; ++i) {
      pickle += "}(" + text("a") + "h\x01" + text("b") + "h\x01uq\x01";
    }
    write_file(file("nested.pt"), archive(pickle + "."));
    QVERIFY(!said([&] { read_legacy_state(file("nested.pt")); }).isEmpty());
  }

  void pipesAndFoldersAreRefused() {
    Trainer trainer(small(), data_);
    QVERIFY(said([&] { restore_checkpoint(trainer, dir_.path().toStdString()); }).contains("folder"));
    QVERIFY(said([&] { restore_checkpoint(trainer, "/dev/zero"); }).contains("regular"));
  }
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
