// The command line as its own process, with data and runs in a folder of the test.
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace paralif::testing {

struct CliResult {
  int status = -1;  ///< -1: it crashed or did not end
  QString out;
  QString error;
};

inline CliResult runParalif(const QString& home, const QStringList& arguments) {
  constexpr int patienceMs = 240000;
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("PARALIF_RUNS", home + "/runs");
  environment.insert("PARALIF_DATA", home + "/data");
  process.setProcessEnvironment(environment);
  process.setProgram(PARALIF_BIN_DIR "/paralif");
  process.setArguments(arguments);
  process.start();
  if (!process.waitForFinished(patienceMs)) return {};
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          process.readAllStandardOutput(), process.readAllStandardError()};
}

/// The run's folder, which a training names in its last line.
inline QString runFolderOf(const CliResult& result) {
  const QString marker = "Run: ";
  const auto at = result.out.lastIndexOf(marker);
  return at < 0 ? QString() : result.out.mid(at + marker.size()).trimmed();
}

}  // namespace paralif::testing
