// Weights as files of other programs: what is written is read back, value by value.
#include <torch/types.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

#include "core/exchange/weights_formats.h"
#include "core/training/legacy_checkpoint.h"
#include "datasets/error.h"
#include "datasets/readers/zip_archive.h"

using namespace paralif;
using torch::Tensor;

namespace {

NamedTensors tensors() {
  torch::manual_seed(3);
  return {{"0.weight", torch::randn({5, 3})},
          {"1._alpha", torch::tensor(0.25F)},
          {"2.weight", torch::randn({2, 3, 3, 3}, torch::kFloat64)},
          {"3.count", torch::arange(7, torch::kInt64)},
          {"none", torch::zeros({0})}};
}

QByteArray bytes_of(const Tensor& tensor) {
  return QByteArray(static_cast<const char*>(tensor.data_ptr()),
                    static_cast<qsizetype>(tensor.numel()) *
                        static_cast<qsizetype>(tensor.element_size()));
}

}  // namespace

class TstWeightsFormats : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  [[nodiscard]] std::filesystem::path path(const char* name) const {
    return dir_.filePath(name).toStdString();
  }

 private Q_SLOTS:
  void aStateDictIsReadBack() {
    write_state_dict(tensors(), path("w.pt"));
    const auto read = read_state_dict(path("w.pt"));
    QCOMPARE(read.size(), tensors().size());
    for (const auto& [name, tensor] : tensors()) {
      const Tensor& got = read.at(name);
      QVERIFY2(got.sizes() == tensor.sizes() && got.scalar_type() == tensor.scalar_type(),
               name.c_str());
      QVERIFY2(torch::equal(got, tensor), name.c_str());
    }
  }

  void anNpzHoldsArraysByName() {
    const NamedTensors all = tensors();
    write_npz(all, path("w.npz"));
    const ZipArchive archive(path("w.npz"));
    QCOMPARE(archive.names().size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& [name, tensor] = all[i];
      QCOMPARE(archive.names()[i], name + ".npy");
      const std::string file = archive.read(i, 1 << 20);
      QCOMPARE(file.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
      const auto length = static_cast<std::size_t>(static_cast<unsigned char>(file[8])) +
                          256 * static_cast<std::size_t>(static_cast<unsigned char>(file[9]));
      QCOMPARE((10 + length) % 64, std::size_t{0});
      const QString header = QString::fromStdString(file.substr(10, length));
      QVERIFY2(header.endsWith("}\n") || header.trimmed().endsWith("}"), qPrintable(header));
      if (name == "0.weight") QVERIFY2(header.contains("'<f4'") && header.contains("(5, 3)"), "f4");
      if (name == "1._alpha") QVERIFY2(header.contains("'shape': ()"), qPrintable(header));
      if (name == "3.count") QVERIFY2(header.contains("'<i8'") && header.contains("(7,)"), "i8");
      QCOMPARE(QByteArray::fromStdString(file.substr(10 + length)), bytes_of(tensor));
    }
  }

  void safetensorsHaveTheirHeader() {
    write_safetensors(tensors(), path("w.safetensors"));
    QFile file(dir_.filePath("w.safetensors"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    std::uint64_t length = 0;
    std::memcpy(&length, all.constData(), sizeof length);
    QCOMPARE(length % 8, std::uint64_t{0});
    const auto begin = static_cast<qsizetype>(8 + length);
    const QJsonObject header = QJsonDocument::fromJson(all.mid(8, begin - 8)).object();
    qsizetype total = 0;
    for (const auto& [name, tensor] : tensors()) {
      const QJsonObject entry = header[QString::fromStdString(name)].toObject();
      QCOMPARE(entry["shape"].toArray().size(), static_cast<int>(tensor.dim()));
      const QJsonArray offsets = entry["data_offsets"].toArray();
      const qsizetype from = offsets[0].toInt();
      QCOMPARE(from, total);
      total = offsets[1].toInt();
      QCOMPARE(all.mid(begin + from, total - from), bytes_of(tensor));
    }
    QCOMPARE(all.size(), begin + total);
    QCOMPARE(header["2.weight"].toObject()["dtype"].toString(), QString("F64"));
  }

  void anImpossibleFolderIsNamedAndNothingIsLeft() {
    const std::filesystem::path to = path("missing/w.pt");
    QVERIFY_THROWS_EXCEPTION(Error, write_state_dict(tensors(), to));
    QVERIFY_THROWS_EXCEPTION(Error, write_npz(tensors(), to));
    QVERIFY_THROWS_EXCEPTION(Error, write_safetensors(tensors(), to));
    QVERIFY(!std::filesystem::exists(path("missing")));
  }
};

QTEST_GUILESS_MAIN(TstWeightsFormats)
#include "tst_weights_formats.moc"
