// Downloads from a server that drops connections, lies about lengths and serves other files.
#include <archive.h>
#include <archive_entry.h>

#include <QTest>

#include <array>
#include <fstream>

#include "datasets/atomic_file.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/download/get_dataset.h"
#include "datasets/download/unpack.h"
#include "datasets/error.h"
#include "datasets/samples/sample_data.h"
#include "tests/datasets/bad_server.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
using paralif::testing::BadServer;
namespace fs = std::filesystem;

namespace {

std::string content(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>('a' + i * 7 % 26);
  return bytes;
}

RemoteFile remote(const BadServer& server, const TemporaryFolder& folder, const std::string& body) {
  folder.write("known", body);
  return {server.url() + "/file.bin?dl=1", md5_of(folder.path() / "known"), {"file.bin"}};
}

DownloadOptions quick() {
  DownloadOptions options;
  options.tries = 3;
  options.pause_s = 0.01;
  options.patience_s = 2;
  return options;
}

/// An archive with these files, by the extension of its name.
void pack(const fs::path& path, const std::vector<std::pair<std::string, std::string>>& files) {
  struct archive* out = archive_write_new();
  if (path.extension() == ".zip") {
    archive_write_set_format_zip(out);
  } else {
    archive_write_add_filter_gzip(out);
    archive_write_set_format_ustar(out);
  }
  archive_write_open_filename(out, path.c_str());
  for (const auto& [name, body] : files) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(body.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(out, entry);
    archive_write_data(out, body.data(), body.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
}

bool always() { return true; }

}  // namespace

class TestDownload : public QObject {
  Q_OBJECT

 private slots:
  void knowsMd5() {
    const TemporaryFolder folder;
    folder.write("abc", "abc");  // RFC 1321
    QCOMPARE(md5_of(folder.path() / "abc"), std::string("900150983cd24fb0d6963f7d28e17f72"));
  }

  void goesOnWhereAConnectionBroke() {
    const TemporaryFolder folder;
    const std::string body = content(300000);
    BadServer server([&](const std::string&, int number) {
      return BadServer::Answer{.body = body, .send = number < 2 ? 100000 : std::string::npos};
    });
    const fs::path target = folder.path() / "got.bin";
    download_file(remote(server, folder, body), target, quick());
    QCOMPARE(read_file(target), body);
    QCOMPARE(server.begins(), (std::vector<std::size_t>{0, 100000, 200000}));
    QVERIFY(!fs::exists(folder.path() / "got.bin.part"));
  }

  void goesOnFromAnEarlierTimeAndWithoutRanges() {
    const TemporaryFolder folder;
    const std::string body = content(50000);
    BadServer server([&](const std::string&, int) {
      return BadServer::Answer{.body = body, .ranges = false};
    });
    folder.write("got.bin.part", body.substr(0, 1000));
    download_file(remote(server, folder, body), folder.path() / "got.bin", quick());
    QCOMPARE(read_file(folder.path() / "got.bin"), body);
  }

  void whatLaysThereOfAnotherFileIsDropped() {
    const TemporaryFolder folder;
    const std::string body = content(5000);
    BadServer server([&](const std::string&, int) { return BadServer::Answer{.body = body}; });
    folder.write("got.bin.part", std::string(1000, 'x'));
    download_file(remote(server, folder, body), folder.path() / "got.bin", quick());
    QCOMPARE(read_file(folder.path() / "got.bin"), body);
    QCOMPARE(server.begins(), (std::vector<std::size_t>{1000, 0}));
  }

  void aServerThatLiesOrFailsIsGivenUp_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<qlonglong>("length");
    QTest::addColumn<bool>("wrong");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("another file") << 200 << -1LL << true << "sends another file than its publishers";
    QTest::newRow("says more than it sends") << 200 << 90000LL << false << "breaks off";
    QTest::newRow("says less than there is") << 200 << 100LL << false << "sends another file";
    QTest::newRow("no such file") << 404 << -1LL << false << "cannot be had";
    QTest::newRow("broken") << 500 << -1LL << false << "breaks off";
  }
  void aServerThatLiesOrFailsIsGivenUp() {
    QFETCH(int, status);
    QFETCH(qlonglong, length);
    QFETCH(bool, wrong);
    QFETCH(QString, sentence);
    const TemporaryFolder folder;
    const std::string body = content(5000);
    BadServer server([&](const std::string&, int) {
      // Nothing new comes by asking again.
      return BadServer::Answer{.status = status, .body = wrong ? content(5001) : body, .length = static_cast<long>(length), .ranges = length < 0};
    });
    const fs::path target = folder.path() / "got.bin";
    QString said;
    try {
      download_file(remote(server, folder, body), target, quick());
    } catch (const Error& error) {
      said = QString::fromUtf8(error.what());
    }
    QVERIFY2(said.contains(sentence), qPrintable(said));
    QVERIFY2(said.contains("127.0.0.1"), qPrintable(said));
    QVERIFY(!fs::exists(target));
  }

  void stopsWhenTold() {
    const TemporaryFolder folder;
    const std::string body = content(4000000);
    BadServer server([&](const std::string&, int) { return BadServer::Answer{.body = body}; });
    DownloadOptions options = quick();
    options.progress = [](std::uint64_t done, std::uint64_t) { return done < 1000; };
    QVERIFY_EXCEPTION_THROWN(
        download_file(remote(server, folder, body), folder.path() / "got.bin", options),
        DownloadStopped);
    QVERIFY(!fs::exists(folder.path() / "got.bin"));
  }

  void otherProtocolsAreRefused() {
    const TemporaryFolder folder;
    const RemoteFile file{"file:///etc/hostname", std::string(32, '0'), {"hostname"}};
    COMPARE_ERROR(download_file(file, folder.path() / "got", quick()), "no address to download from");
  }

  void archivesGiveTheirFilesAndNoOthers_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << "a.zip";
    QTest::newRow("tar.gz") << "a.tar.gz";
  }
  void archivesGiveTheirFilesAndNoOthers() {
    QFETCH(QString, name);
    const TemporaryFolder folder;
    const fs::path out = folder.path() / "out";
    fs::create_directories(out);
    const fs::path archive = folder.path() / name.toStdString();
    pack(archive, {{"../../escaped.bin", "no"}, {"deep/inside/one.bin", "first"}, {"two.bin", "second"}});
    QVERIFY(is_archive(name.toStdString()));
    unpack_files(archive, {"one.bin", "two.bin"}, out, 1000, always);
    QCOMPARE(read_file(out / "one.bin"), std::string("first"));
    QCOMPARE(read_file(out / "two.bin"), std::string("second"));
    QVERIFY(!fs::exists(folder.path() / "escaped.bin"));
    COMPARE_ERROR(unpack_files(archive, {"three.bin"}, out, 1000, always), "has no three.bin");
    fs::remove(out / "one.bin");
    COMPARE_ERROR(unpack_files(archive, {"one.bin"}, out, 3, always), "holds more than");
    std::ofstream(archive, std::ios::binary | std::ios::trunc) << "no archive";
    COMPARE_ERROR(unpack_files(archive, {"one.bin"}, out, 1000, always), "no whole archive");
  }

  /// A dataset whose files are packed as its publishers do.
  void aDatasetComesWhole() {
    const TemporaryFolder folder;
    const fs::path made = folder.path() / "made";
    write_sample_data("cifar10", made);
    const fs::path archive = folder.path() / "cifar.tar.gz";
    Dataset set = *find_dataset("cifar10");
    std::vector<std::pair<std::string, std::string>> files{{"cifar/readme.html", "hello"}};
    for (const std::string& name : set.downloads[0].gives) {
      files.emplace_back("cifar/" + name, read_file(made / name));
    }
    pack(archive, files);
    const std::string body = read_file(archive);
    std::string asked;
    BadServer server([&](const std::string& path, int number) {
      asked = path;
      return BadServer::Answer{.body = body, .send = number == 0 ? 1000 : std::string::npos};
    });
    set.downloads[0].md5 = md5_of(archive);
    GetOptions options;
    options.server = server.url() + "/mirror";
    options.pause_s = 0.01;
    const fs::path data = folder.path() / "data";
    QCOMPARE(missing_files(set, data).size(), std::size_t(1));
    get_dataset(set, data, options);
    QCOMPARE(asked, std::string("/mirror/cifar-10-binary.tar.gz"));
    QVERIFY(missing_files(set, data).empty());
    QCOMPARE(inspect(set, data)[0].samples, 600);
    QCOMPARE(std::distance(fs::directory_iterator(data), fs::directory_iterator()), 6);
    get_dataset(set, data, options);  // nothing is asked for again
    QCOMPARE(server.begins().size(), std::size_t(2));
  }

  void whatAPersonMustDoIsSaid() {
    const TemporaryFolder folder;
    const auto said = [&](const char* name) {
      try {
        get_dataset(*find_dataset(name), folder.path());
      } catch (const Error& error) {
        return QString::fromUtf8(error.what());
      }
      return QString();
    };
    QVERIFY2(said("nmnist").contains("cannot be downloaded by a program; open https://www.garrick"),
             qPrintable(said("nmnist")));
    QVERIFY2(said("yinyang").contains("has nothing to download"), qPrintable(said("yinyang")));
    write_sample_data("cifar10", folder.path() / "samples");
    COMPARE_ERROR(get_dataset(*find_dataset("cifar10"), folder.path() / "samples"), "sample data");
  }
};

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
