// HDF5 files that lead elsewhere, claim more than they hold, or are in use: refused in a sentence.
#include <fcntl.h>
#include <hdf5.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QTest>
#include <array>

#include "datasets/hdf5_file.h"
#include "datasets/readers/hdf5_columns.h"
#include "datasets/readers/readers.h"
#include "tests/datasets/temporary.h"

using namespace paralif;
namespace fs = std::filesystem;

namespace {

/// A file made by `fill` with the library itself, as a stranger would.
template <typename Fill>
fs::path made(const TemporaryFolder& folder, const char* name, Fill fill) {
  const fs::path path = folder.path() / name;
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  fill(file);
  H5Fclose(file);
  return path;
}

void addNumbers(hid_t file, const char* name, hsize_t count, hid_t options = H5P_DEFAULT) {
  const hid_t space = H5Screate_simple(1, &count, nullptr);
  const hid_t set =
      H5Dcreate2(file, name, H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, options, H5P_DEFAULT);
  H5Dclose(set);
  H5Sclose(space);
}

/// Chunked, `count` numbers of which only the first chunk is written; compressed where asked for.
void addClaim(hid_t file, const char* name, hsize_t count, hsize_t chunk, bool compressed) {
  const hid_t options = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(options, 1, &chunk);
  if (compressed) H5Pset_deflate(options, 9);
  addNumbers(file, name, count, options);
  const hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
  const hid_t space = H5Dget_space(set);
  const hsize_t start = 0;
  const hsize_t one = 1;
  H5Sselect_hyperslab(space, H5S_SELECT_SET, &start, nullptr, &one, nullptr);
  const hid_t memory = H5Screate_simple(1, &one, nullptr);
  const double value = 1.0;
  H5Dwrite(set, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, &value);
  H5Sclose(memory);
  H5Sclose(space);
  H5Dclose(set);
  H5Pclose(options);
}

void addTexts(hid_t file, const char* name, hsize_t count, std::size_t size) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, size);
  const hid_t space = H5Screate_simple(1, &count, nullptr);
  const hid_t attribute = H5Acreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  if (size == H5T_VARIABLE) {
    std::vector<const char*> texts(count, "a text");
    H5Awrite(attribute, type, texts.data());
  } else {
    const std::string bytes(count * size, 'x');
    H5Awrite(attribute, type, bytes.data());
  }
  H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
}

}  // namespace

class TestHdf5Hostile : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // First: a reader takes external links from the library for the whole process.
  void refusesLinksIntoOtherFiles() {
    const TemporaryFolder folder;
    const fs::path other =
        made(folder, "other.h5", [](hid_t file) { addNumbers(file, "secret", 4); });
    const fs::path pipe = folder.path() / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    const fs::path path = made(folder, "links.h5", [&](hid_t file) {
      const hid_t early = H5Pcreate(H5P_DATASET_CREATE);
      H5Pset_alloc_time(early, H5D_ALLOC_TIME_EARLY);
      addNumbers(file, "own", 4, early);
      H5Pclose(early);
      H5Lcreate_external(other.c_str(), "/secret", file, "out", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_external(other.c_str(), "/", file, "group", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_external(pipe.c_str(), "/x", file, "pipe", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_soft("/out", file, "softly", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_soft("/own", file, "inside", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_soft("/turn", file, "round", H5P_DEFAULT, H5P_DEFAULT);
      H5Lcreate_soft("/round", file, "turn", H5P_DEFAULT, H5P_DEFAULT);
    });
    const Hdf5Reader reader(path);
    const Hdf5EventFile events(path);
    for (const char* name : {"out", "group/secret", "pipe", "pipe/x", "softly"}) {
      COMPARE_ERROR(reader.doubles(name), "links.h5", name, "another file");
      COMPARE_ERROR(reader.contains(name), "another file");
      COMPARE_ERROR(reader.is_group(name), "another file");
      COMPARE_ERROR(reader.members(name), "another file");
      COMPARE_ERROR(reader.attributes(name), "another file");
      COMPARE_ERROR(events.numbers(name), "another file");
      COMPARE_ERROR(events.contains(name), "another file");
      COMPARE_ERROR(events.texts(name), "another file");
      COMPARE_ERROR(events.ragged_rows(name), "another file");
    }
    COMPARE_ERROR(reader.doubles("round"), "circles");
    QVERIFY(reader.contains("inside"));
    QCOMPARE(reader.doubles("inside").values.size(), std::size_t{4});
  }

  void refusesNumbersInOtherFiles() {
    const TemporaryFolder folder;
    const fs::path secret = folder.write("secret.txt", std::string(64, 'x'));
    const fs::path path = made(folder, "outside.h5", [&](hid_t file) {
      const hid_t external = H5Pcreate(H5P_DATASET_CREATE);
      H5Pset_external(external, secret.c_str(), 0, 32);
      addNumbers(file, "external", 4, external);
      H5Pclose(external);
      const hsize_t count = 4;
      const hid_t space = H5Screate_simple(1, &count, nullptr);
      const hid_t layout = H5Pcreate(H5P_DATASET_CREATE);
      H5Pset_virtual(layout, space, "other.h5", "/secret", space);
      addNumbers(file, "virtual", 4, layout);
      H5Pclose(layout);
      H5Sclose(space);
    });
    const Hdf5Reader reader(path);
    const Hdf5EventFile events(path);
    COMPARE_ERROR(reader.doubles("external"), "'external'", "in other files");
    COMPARE_ERROR(reader.doubles("virtual"), "'virtual'", "virtual array");
    COMPARE_ERROR(events.numbers("external"), "in other files");
    COMPARE_ERROR(events.numbers("virtual"), "virtual array");
  }

  void takesNoMoreMemoryThanTheFileHolds() {
    const TemporaryFolder folder;
    const fs::path path = made(folder, "claims.h5", [](hid_t file) {
      addClaim(file, "plain", hsize_t{1} << 31, 1024, false);
      addClaim(file, "packed", hsize_t{1} << 31, 1024, true);
      addClaim(file, "huge", hsize_t{1} << 40, 1024, true);
      addNumbers(file, "late", hsize_t{1} << 32);  // 32 GB, contiguous, never written
    });
    QVERIFY(fs::file_size(path) < 2'000'000);
    const Hdf5Reader reader(path);
    const Hdf5EventFile events(path);
    for (const char* name : {"plain", "packed", "huge"}) {
      COMPARE_ERROR(reader.floats(name), name, "can hold");
      COMPARE_ERROR(reader.doubles(name), name, "can hold");
      COMPARE_ERROR(reader.integers(name), name, "can hold");
      COMPARE_ERROR(events.numbers(name), name, "can hold");
    }
    COMPARE_ERROR(reader.doubles("late"), "late", "has no data");
  }

  void checksHowManyTextsAnAttributeHas() {
    const TemporaryFolder folder;
    const fs::path path = made(folder, "texts.h5", [](hid_t file) {
      for (const auto& [name, count, size] :
           {std::tuple{"fixed", 4000, std::size_t{8}}, {"variable", 4000, H5T_VARIABLE},
            {"one", 1, std::size_t{8}}}) {
        const hid_t group = H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        addTexts(group, "note", hsize_t(count), size);
        H5Gclose(group);
      }
      const hid_t group = H5Gcreate2(file, "whole", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
      const hsize_t many = 1000;
      const hid_t space = H5Screate_simple(1, &many, nullptr);
      const std::vector<std::int64_t> values(many, 7);
      const hid_t numbers =
          H5Acreate2(group, "numbers", H5T_NATIVE_INT64, space, H5P_DEFAULT, H5P_DEFAULT);
      H5Awrite(numbers, H5T_NATIVE_INT64, values.data());
      H5Aclose(numbers);
      H5Sclose(space);
      H5Gclose(group);
      const hid_t empty = H5Gcreate2(file, "empty", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
      const hid_t none = H5Screate(H5S_NULL);
      const hid_t type = H5Tcopy(H5T_C_S1);
      H5Tset_size(type, H5T_VARIABLE);
      H5Aclose(H5Acreate2(empty, "note", type, none, H5P_DEFAULT, H5P_DEFAULT));
      H5Tclose(type);
      H5Sclose(none);
      H5Gclose(empty);
    });
    const Hdf5Reader reader(path);
    COMPARE_ERROR(reader.attributes("fixed"), "fixed@note", "4000 values");
    COMPARE_ERROR(reader.attributes("variable"), "variable@note", "4000 values");
    COMPARE_ERROR(reader.attributes("whole"), "whole@numbers", "1000 values");
    COMPARE_ERROR(reader.attributes("empty"), "empty@note", "0 values");
    QCOMPARE(std::get<std::string>(reader.attributes("one").at("note")), std::string("xxxxxxxx"));
  }

  void boundsTextsThatShareTheirBytes() {
    // Every row of a variable-length column may point at the same long text.
    const TemporaryFolder folder;
    const fs::path path = made(folder, "keys.h5", [](hid_t file) {
      const hid_t type = H5Tcopy(H5T_C_S1);
      H5Tset_size(type, H5T_VARIABLE);
      const std::string text(4000, 'k');
      for (const auto& [name, count] : {std::pair{"many", 6000}, {"few", 3000}}) {
        const hsize_t rows = hsize_t(count);
        const hid_t space = H5Screate_simple(1, &rows, nullptr);
        const hid_t set =
            H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        const std::vector<const char*> texts(rows, text.c_str());
        H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data());
        H5Dclose(set);
        H5Sclose(space);
      }
      H5Tclose(type);
    });
    const Hdf5EventFile events(path);
    COMPARE_ERROR(events.texts("many"), "many", "16 MiB");
    const auto texts = events.texts("few");
    QCOMPARE(texts.size(), std::size_t{3000});
    QCOMPARE(texts[2999], std::string(4000, 'k'));
  }

  void namesAFileInUse() {
    const TemporaryFolder folder;
    const fs::path path = made(folder, "used.h5", [](hid_t file) { addNumbers(file, "own", 4); });
    const int file = ::open(path.c_str(), O_RDWR);
    QCOMPARE(::flock(file, LOCK_EX | LOCK_NB), 0);
    COMPARE_ERROR(Hdf5Reader{path}, "used.h5", "in use by another program");
    COMPARE_ERROR(open_heidelberg(path), "used.h5", "in use by another program");
    ::close(file);
    QVERIFY(Hdf5Reader(path).contains("own"));
  }

  void refusesWhatIsNoFile() {
    const TemporaryFolder folder;
    const fs::path pipe = folder.path() / "pipe.h5";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    COMPARE_ERROR(Hdf5Reader{pipe}, "pipe.h5", "not a regular file");
    COMPARE_ERROR(Hdf5Reader{"/dev/zero"}, "not a regular file");
    COMPARE_ERROR(Hdf5EventFile{pipe}, "not a regular file");
  }

  /// Ten numbers in a chunk said to be of 2 GiB, of which the file holds 16 bytes.
  void refusesChunksThatNothingFills() {
    const TemporaryFolder folder;
    const fs::path path = made(folder, "chunk.h5", [](hid_t file) {
      const hid_t options = H5Pcreate(H5P_DATASET_CREATE);
      const hsize_t chunk = hsize_t{1} << 28;
      H5Pset_chunk(options, 1, &chunk);
      H5Pset_deflate(options, 9);
      const hsize_t now = 10;
      const hsize_t most = H5S_UNLIMITED;
      const hid_t space = H5Screate_simple(1, &now, &most);
      const hid_t set = H5Dcreate2(file, "claim", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, options,
                                   H5P_DEFAULT);
      const std::array<char, 16> bytes{};
      const hsize_t start = 0;
      QVERIFY(H5Dwrite_chunk(set, H5P_DEFAULT, 0, &start, bytes.size(), bytes.data()) >= 0);
      H5Dclose(set);
      H5Sclose(space);
      H5Pclose(options);
    });
    COMPARE_ERROR(Hdf5Reader(path).doubles("claim"), "chunk.h5", "claim", "size of chunks");
  }
};

QTEST_GUILESS_MAIN(TestHdf5Hostile)
#include "tst_hdf5_hostile.moc"
