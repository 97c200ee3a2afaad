// Files that are the old whole or the new whole.
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestAtomicFile : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  fs::path at(const char* name) const { return dir_.filePath(name).toStdString(); }
  static std::ptrdiff_t entries(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), {});
  }

 private Q_SLOTS:
  void writesAndReads() {
    const std::string bytes("a\0b\n", 4);
    write_file(at("x"), bytes);
    QVERIFY(read_file(at("x")) == bytes);
    write_file(at("x"), "");
    QVERIFY(read_file(at("x")).empty());
  }

  void aFailedWriteChangesNothing() {
    fs::create_directory(at("folder"));
    write_file(at("folder/x"), "old");
    const auto broken = [](const fs::path& aside) {
      std::ofstream(aside) << "half";
      throw std::runtime_error("power cut");
    };
    QVERIFY_EXCEPTION_THROWN(replace_file(at("folder/x"), broken), std::runtime_error);
    QVERIFY(read_file(at("folder/x")) == "old");
    QCOMPARE(entries(at("folder")), std::ptrdiff_t{1});
  }

  void namesTheFileOfAnError() {
    try {
      write_file(at("no/such/folder/x"), "a");
      QFAIL("it was written");
    } catch (const Error& error) {
      QCOMPARE(error.kind(), Error::Kind::file);
      QVERIFY(std::string(error.what()).find("no/such/folder/x") != std::string::npos);
    }
    QVERIFY_EXCEPTION_THROWN((void)read_file(at("absent")), Error);
    QVERIFY_EXCEPTION_THROWN((void)read_file(dir_.path().toStdString()), Error);
  }

  void aFullDiskLeavesTheOldFile() {
    if (!fs::exists("/dev/full")) QSKIP("there is no /dev/full");
    // The link makes the bytes of the new file go where nothing fits.
    write_file(at("y"), "old");
    const auto full = [](const fs::path& aside) {
      fs::create_symlink("/dev/full", aside);
      std::ofstream stream(aside, std::ios::binary);
      stream << std::string(1 << 20, 'x');
      stream.close();
      if (!stream) throw Error(Error::Kind::file, aside.string(), "no space");
    };
    QVERIFY_EXCEPTION_THROWN(replace_file(at("y"), full), Error);
    QVERIFY(read_file(at("y")) == "old");
  }

  void linksStayAndDevicesAreWrittenTo() {
    write_file(at("target"), "old");
    fs::create_symlink("target", at("link"));
    write_file(at("link"), "new");
    QVERIFY(fs::is_symlink(at("link")));
    QVERIFY(read_file(at("target")) == "new");
    if (!fs::exists("/dev/full")) QSKIP("there is no /dev/full");
    try {
      write_file("/dev/full", "much");
      QFAIL("it was written");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).starts_with("/dev/full: cannot write"));
    }
    QVERIFY(fs::is_character_file("/dev/full"));
    write_file("/dev/null", "nothing");
    QVERIFY(fs::is_character_file("/dev/null"));
    QVERIFY_EXCEPTION_THROWN((void)read_file("/dev/zero"), Error);
  }

  void namesTheFinalFile() {
    QVERIFY(final_path("a/b.h5.part123") == "a/b.h5");
    QVERIFY(final_path("a/b.part1.h5") == "a/b.part1.h5");
    QVERIFY(final_path("a/b.h5") == "a/b.h5");
  }
};

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
