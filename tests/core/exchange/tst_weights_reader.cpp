// Weights of other programs: what their files hold, that it fits the network, and what is refused.
#include <torch/types.h>

#include <QTemporaryDir>
#include <QTest>
#include <cstring>

#include "core/exchange/array_files.h"
#include "core/exchange/weights_formats.h"
#include "core/exchange/weights_reader.h"
#include "core/training/network_of.h"
#include "datasets/error.h"
#include "datasets/zip_writer.h"

using namespace paralif;
using torch::Tensor;

namespace {

std::shared_ptr<Network> network(std::uint64_t seed, std::int64_t hidden = 6) {
  Experiment e;
  e.network.hidden = {hidden};
  e.network.recurrent = {true};
  return std::make_shared<Network>(network_of(e, 3), SignalShape{0, {4}}, seed);
}

NamedTensors state_of(const Network& network, bool published) {
  NamedTensors all;
  for (const auto& list : {network.trained_tensors(), network.kept_tensors()}) {
    for (const auto& [name, tensor] : list) {
      all.emplace_back(published ? published_parameter_name(name) : name,
                       tensor.detach().contiguous());
    }
  }
  return all;
}

/// An array as numpy.save writes it.
std::string npy(const std::string& header, const std::string& values, char version = 1) {
  std::string text("\x93NUMPY", 6);
  text += version;
  text += '\0';
  text += static_cast<char>(header.size() & 0xff);
  text += static_cast<char>(header.size() >> 8);
  if (version > 1) text += std::string(2, '\0');
  return text + header + values;
}

std::string safetensors(const std::string& header, const std::string& values) {
  std::string text;
  for (int i = 0; i < 8; ++i) text += static_cast<char>((header.size() >> (8 * i)) & 0xff);
  return text + header + values;
}

QString refusal(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestWeightsReader : public QObject {
  Q_OBJECT

  QTemporaryDir dir_;
  [[nodiscard]] std::filesystem::path path(const QString& name) const {
    return dir_.filePath(name).toStdString();
  }

 private Q_SLOTS:
  void everyFormatComesBack_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("published");
    for (const char* name : {"w.pt", "w.npz", "w.safetensors"}) {
      QTest::addRow("%s", name) << name << false;
      QTest::addRow("%s, published names", name) << name << true;
    }
  }
  void everyFormatComesBack() {
    QFETCH(QString, name);
    QFETCH(bool, published);
    const auto from = network(1);
    NamedTensors state = state_of(*from, published);
    if (published) state.emplace_back("1.nb_spike_per_neuron", torch::zeros({6}));
    if (name.endsWith(".pt")) write_state_dict(state, path(name));
    if (name.endsWith(".npz")) write_npz(state, path(name));
    if (name.endsWith(".safetensors")) write_safetensors(state, path(name));
    QVERIFY(is_foreign_weights(path(name)));
    const auto to = network(2);
    take_weights(*to, read_weights(path(name)), "f");
    const NamedTensors expected = state_of(*from, false);
    const NamedTensors found = state_of(*to, false);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      QVERIFY2(torch::equal(expected[i].second, found[i].second), expected[i].first.c_str());
    }
  }

  void whatDoesNotFitChangesNothing() {
    const auto wide = network(1, 9);
    const auto to = network(2);
    const Tensor before = to->trained_tensors()[0].second.detach().clone();
    const auto given = [&](const Network& from) {
      std::map<std::string, Tensor> all;
      for (const auto& [name, tensor] : state_of(from, true)) all[name] = tensor;
      return all;
    };
    const QString shape = refusal([&] { take_weights(*to, given(*wide), "w.npz"); });
    QVERIFY2(shape.contains("w.npz") && shape.contains("has '0.bias' of (9), this network of (6)"),
             qPrintable(shape));
    auto fewer = given(*network(1));
    fewer.erase("2.bias");
    QVERIFY(refusal([&] { take_weights(*to, fewer, "f"); }).contains("lacks '2.bias'"));
    auto more = given(*network(1));
    more["9.weight"] = torch::zeros({2});
    QVERIFY(refusal([&] { take_weights(*to, more, "f"); }).contains("has '9.weight'"));
    QVERIFY(torch::equal(before, to->trained_tensors()[0].second));
  }

  void arraysOfNumPy() {
    const std::string six("\0\1\2\3\4\5", 6);
    for (const char version : {1, 2, 3}) {
      const NamedArray plain = npy_array(
          npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }\n", six, version), "a",
          "f");
      QCOMPARE(plain.sizes, (std::vector<std::int64_t>{2, 3}));
      QVERIFY(plain.type == NumberType::uint8 && !plain.columns_first);
      QCOMPARE(plain.bytes, six);
    }
    // Fortran's order: the first index runs fastest.
    write_zip(
        path("f.npz"),
        {{"a.npy", npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }\n", six)}});
    const Tensor columns = read_weights(path("f.npz")).at("a");
    QVERIFY(torch::equal(columns, torch::tensor({{0, 2, 4}, {1, 3, 5}}).to(torch::kUInt8)));
    const NamedArray one = npy_array(
        npy("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", std::string(8, '\0')), "a",
        "f");
    QVERIFY(one.sizes.empty());
  }

  void whatIsNoArrayIsRefused_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& bytes, const char* said) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << said;
    };
    const std::string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
    row("empty", "", "is not a numpy array");
    row("version", npy(head, std::string(8, 'x'), 4), "is of an unknown numpy version");
    row("object", npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "xx"),
        "no plain numbers");
    row("record", npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", "xx"),
        "no plain numbers");
    row("other order", npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }", "xx"),
        "no plain numbers");
    row("no shape", npy("{'descr': '<f4', 'fortran_order': False}", "xx"), "has no numpy header");
    row("negative", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}", std::string(8, 'x')),
        "claims an impossible size");
    row("huge", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000)}", "xx"),
        "another number of values");
    row("short", npy(head, std::string(7, 'x')), "another number of values");
    row("long", npy(head, std::string(9, 'x')), "another number of values");
    row("cut header", npy(head, "").substr(0, 30), "is cut short in its header");
  }
  void whatIsNoArrayIsRefused() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    const QString error = refusal([&] { (void)npy_array(bytes.toStdString(), "w", "f.npz"); });
    QVERIFY2(error.contains("f.npz") && error.contains(said), qPrintable(error));
  }

  void safetensorsAreWholeAndInOrder_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");  // empty: good
    const auto row = [](const char* name, const std::string& bytes, const char* said) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << said;
    };
    const std::string four(4, 'x');
    row("bfloat16", safetensors(R"({"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", four),
        "");
    row("too short", "abc", "too short");
    row("cut", safetensors("{}", "").substr(0, 9), "cut off");
    row("no JSON", safetensors("nothing", ""), "is no JSON");
    row("no entry", safetensors(R"({"a":3})", ""), "has a header that is none");
    row("type", safetensors(R"({"a":{"dtype":"F5","shape":[2],"data_offsets":[0,4]}})", four),
        "unknown type F5");
    row("bytes", safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}})", four),
        "than its shape");
    row("beyond", safetensors(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", four),
        "out of its place");
    row("gap", safetensors(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})", four),
        "out of its place");
    row("overlap",
        safetensors(
            R"({"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}})",
            four),
        "out of its place");
    row("rest", safetensors(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", four),
        "belong to no array");
    row("negative", safetensors(R"({"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}})", four),
        "than its shape");
  }
  void safetensorsAreWholeAndInOrder() {
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    const QString error = refusal([&] { (void)safetensors_arrays(bytes.toStdString(), "f"); });
    QVERIFY2(said.isEmpty() ? error.isEmpty() : error.contains(said), qPrintable(error));
  }
};

QTEST_GUILESS_MAIN(TestWeightsReader)
#include "tst_weights_reader.moc"
