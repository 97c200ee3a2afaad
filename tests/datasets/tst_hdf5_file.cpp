// HDF5 files: what is written comes back, what is broken is named.
#include <QTemporaryDir>
#include <QTest>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"

using namespace paralif;

class TestHdf5File : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  std::filesystem::path at(const char* name) const { return dir_.filePath(name).toStdString(); }

  void write(const char* name) {
    Hdf5Writer file(at(name));
    Array<double> big{{3, 1000}, {}};
    for (int i = 0; i < 3000; ++i) big.values.push_back(0.1 * i);
    file.write("group/deep/doubles", big);
    file.write("floats", Array<float>{{2}, {1.5F, -2.5F}});
    file.write("none", Array<std::int64_t>{{0}, {}});
    file.write("integers", Array<std::int32_t>{{2, 2}, {1, -2, 3, 4}});
    file.attribute("/", "title", std::string("café"));
    file.attribute("group", "rate", 0.25);
    file.attribute("alone", "count", std::int64_t{-7});
    file.close();
  }

  static std::string message(const auto& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

 private Q_SLOTS:
  void comesBackAsWritten() {
    write("a.h5");
    const Hdf5Reader file(at("a.h5"));
    const auto big = file.doubles("group/deep/doubles");
    QVERIFY(big.shape == (std::vector<std::int64_t>{3, 1000}));
    QCOMPARE(big.values[2999], 299.9);
    QVERIFY(file.floats("floats").values == (std::vector<float>{1.5F, -2.5F}));
    QVERIFY(file.integers("none").values.empty());
    QVERIFY(file.integers("integers").values == (std::vector<std::int64_t>{1, -2, 3, 4}));
    QVERIFY(std::get<std::string>(file.attributes("/").at("title")) == "café");
    QCOMPARE(std::get<double>(file.attributes("group").at("rate")), 0.25);
    QCOMPARE(std::get<std::int64_t>(file.attributes("alone").at("count")), std::int64_t{-7});
    QVERIFY(file.contains("group/deep"));
    QVERIFY(file.is_group("group/deep"));
    QVERIFY(!file.contains("group/absent/x"));
  }

  void namesWhatIsMissing() {
    write("b.h5");
    const Hdf5Reader file(at("b.h5"));
    const std::string text = message([&] { (void)file.floats("absent"); });
    QVERIFY(text.find("b.h5") != std::string::npos);
    QVERIFY(text.find("absent") != std::string::npos);
    QVERIFY(!message([&] { (void)file.floats("group"); }).empty());
    QVERIFY(!message([&] { (void)file.members("floats"); }).empty());
  }

  void truncatedFilesAreRefused() {
    write("c.h5");
    const std::string bytes = read_file(at("c.h5"));
    for (const double share : {0.0, 0.1, 0.5, 0.9, 0.99}) {
      write_file(at("cut.h5"), std::string_view(bytes).substr(
                                   0, static_cast<std::size_t>(share * double(bytes.size()))));
      const std::string text = message([&] {
        const Hdf5Reader file(at("cut.h5"));
        (void)file.doubles("group/deep/doubles");
      });
      QVERIFY2(text.find("cut.h5") != std::string::npos, qPrintable(QString::number(share)));
    }
    QVERIFY(!message([&] { const Hdf5Reader file(at("absent.h5")); }).empty());
    QVERIFY(!message([&] { const Hdf5Reader file(dir_.path().toStdString()); }).empty());
  }
};

QTEST_GUILESS_MAIN(TestHdf5File)
#include "tst_hdf5_file.moc"
