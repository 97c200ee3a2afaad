// One node of Slurm on loopback for a test, in a folder of its own: munged, slurmctld and slurmd.
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QString>
#include <QSysInfo>
#include <QTest>
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <csignal>

#include "tests/free_port.h"

namespace paralif::testing {

class SlurmNode {
 public:
  /// Why there can be none here; empty: there can.
  static QString missing() {
    for (const char* name : {"munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel"}) {
      if (program(name).isEmpty()) {
        return QString("%1 is not installed (packages slurm-wlm and munge)").arg(name);
      }
    }
    if (::geteuid() != 0) return "slurmd needs root";
    return {};
  }

  explicit SlurmNode(const QString& folder) : folder_(folder) {
    for (const char* name : {"run", "spool", "state"}) QDir().mkpath(at(name));
    QFile::setPermissions(folder_, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                       QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther |
                                       QFile::ExeOther);
    write("munge.key", QByteArray::fromStdString(std::string(64, 'k')) +
                           QByteArray::number(QRandomGenerator::global()->generate64()));
    QFile::setPermissions(at("munge.key"), QFile::ReadOwner | QFile::WriteOwner);
    write("slurm.conf", configuration());
    qputenv("SLURM_CONF", at("slurm.conf").toLocal8Bit());
  }
  ~SlurmNode() {
    for (const char* name : {"slurmd", "slurmctld", "munged"}) {
      QFile file(at(QString("run/%1.pid").arg(name)));
      if (!file.open(QIODevice::ReadOnly)) continue;
      const auto process = static_cast<pid_t>(file.readAll().trimmed().toLongLong());
      if (process > 1) ::kill(process, SIGTERM);
    }
    QTest::qWait(500);
    qunsetenv("SLURM_CONF");
  }
  SlurmNode(const SlurmNode&) = delete;
  SlurmNode& operator=(const SlurmNode&) = delete;

  /// Whether the node takes jobs; else log() says why not.
  bool start() {
    run("munged", {"--force", "--key-file=" + at("munge.key"), "--socket=" + at("run/munge.socket"),
                   "--pid-file=" + at("run/munged.pid"), "--log-file=" + at("munged.log"),
                   "--seed-file=" + at("run/munge.seed")});
    run("slurmctld", {"-f", at("slurm.conf")});
    run("slurmd", {"-f", at("slurm.conf")});
    return QTest::qWaitFor([this] { return run("sinfo", {"-h", "-o", "%T"}).contains("idle"); },
                           30000);
  }
  [[nodiscard]] QString log() const {
    QString text;
    for (const char* name : {"munged.log", "slurmctld.log", "slurmd.log"}) {
      QFile file(at(name));
      if (file.open(QIODevice::ReadOnly)) text += file.readAll().right(2000);
    }
    return text;
  }
  /// What a command of Slurm prints.
  QString run(const char* name, const QStringList& arguments) const {
    QProcess process;
    process.start(program(name), arguments);
    process.waitForFinished(20000);
    return process.readAllStandardOutput() + process.readAllStandardError();
  }

 private:
  static QString program(const QString& name) {
    const QString found = QStandardPaths::findExecutable(name);
    return found.isEmpty() ? QStandardPaths::findExecutable(name, {"/usr/sbin", "/sbin"}) : found;
  }
  [[nodiscard]] QString at(const QString& name) const { return folder_ + "/" + name; }
  void write(const QString& name, const QByteArray& bytes) const {
    QFile file(at(name));
    if (file.open(QIODevice::WriteOnly)) file.write(bytes);
  }
  [[nodiscard]] QByteArray configuration() const {
    const QString host = QSysInfo::machineHostName().section('.', 0, 0);
    return QString("ClusterName=test\n"
                   "SlurmctldHost=%1(127.0.0.1)\n"
                   "SlurmUser=root\n"
                   "SlurmdUser=root\n"
                   "AuthType=auth/munge\n"
                   "AuthInfo=socket=%2/run/munge.socket\n"
                   "SlurmctldPort=%3\n"
                   "SlurmdPort=%4\n"
                   "StateSaveLocation=%2/state\n"
                   "SlurmdSpoolDir=%2/spool\n"
                   "SlurmctldPidFile=%2/run/slurmctld.pid\n"
                   "SlurmdPidFile=%2/run/slurmd.pid\n"
                   "SlurmctldLogFile=%2/slurmctld.log\n"
                   "SlurmdLogFile=%2/slurmd.log\n"
                   "ProctrackType=proctrack/pgid\n"
                   "TaskPlugin=task/none\n"
                   "SelectType=select/cons_tres\n"
                   "SelectTypeParameters=CR_CPU\n"
                   "ReturnToService=2\n"
                   "KillWait=5\n"
                   "SchedulerParameters=sched_interval=1,batch_sched_delay=1\n"
                   "NodeName=%1 NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN\n"
                   "PartitionName=all Nodes=%1 Default=YES MaxTime=INFINITE State=UP\n")
        .arg(host, folder_)
        .arg(freePort())
        .arg(freePort())
        .toUtf8();
  }

  QString folder_;
};

}  // namespace paralif::testing
