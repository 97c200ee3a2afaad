// Files and folders for one test, and the one error it expects.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <functional>
#include <string>

#include "datasets/atomic_file.h"
#include "datasets/error.h"

class TemporaryFolder {
 public:
  [[nodiscard]] std::filesystem::path path() const { return dir_.path().toStdString(); }
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    const auto file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    paralif::write_file(file, bytes);
    return file;
  }

 private:
  QTemporaryDir dir_;
};

/// The sentence of the Error(file) that a call throws; empty when it throws none.
inline QString fileError(const std::function<void()>& call) {
  try {
    call();
  } catch (const paralif::Error& error) {
    if (error.kind() != paralif::Error::Kind::file) return "of another kind";
    return QString::fromStdString(error.what());
  }
  return {};
}

#define COMPARE_ERROR(call, ...)                                               \
  do {                                                                         \
    const QString sentence = fileError([&] { (void)(call); });                 \
    for (const char* part : {__VA_ARGS__}) {                                   \
      QVERIFY2(sentence.contains(part), qPrintable("got '" + sentence + "'")); \
    }                                                                          \
    QVERIFY2(!sentence.contains('\n'), "an error is one sentence");            \
  } while (false)
