// `paralif classroom` itself: two seats, their walls, the teacher's page, a browser, the end.
#include <httplib.h>
#include <sys/prctl.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

#include "tests/app/classroom/class_probes.h"
#include "tests/app/classroom/web_driver.h"
#include "tests/free_port.h"
#include "tests/missing_program.h"

using namespace paralif::testing;

class TestClassroom : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir dir_;
  std::unique_ptr<QProcess> class_;
  QJsonObject links_;
  int port_ = 0, teacherPort_ = 0;

  [[nodiscard]] QString folder() const { return dir_.filePath("class"); }
  [[nodiscard]] QString seatFolder(int seat) const { return folder() + QString("/seat-%1").arg(seat, 2, 10, QChar('0')); }
  [[nodiscard]] QString link(int seat) const { return links_["seats"].toArray()[seat - 1].toObject()["link"].toString(); }
  [[nodiscard]] QString token(int seat) const { return link(seat).section('/', -2, -2); }
  [[nodiscard]] std::string teacher(const QString& page) const {
    return ("/" + links_["teacher"].toString().section('/', -2, -2) + "/" + page).toStdString();
  }
  [[nodiscard]] int studioOf(int seat) const {
    const QList<int> found = processesWith(seatFolder(seat) + "/inbox", "paralif-studio");
    return found.value(0, 0);
  }
  [[nodiscard]] std::unique_ptr<QProcess> process(const QStringList& more) const {
    auto made = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("HOME", dir_.filePath("home"));
    environment.remove("QT_QPA_PLATFORM");
    environment.remove("XDG_DATA_HOME");
    made->setProcessEnvironment(environment);
    // A test that crashes leaves no class running.
    made->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
    made->setProgram(PARALIF_BIN_DIR "/paralif");
    const QStringList place = more.contains("--folder") ? QStringList() : QStringList{"--folder", folder()};
    made->setArguments(QStringList{"classroom"} + place + more);
    return made;
  }
  void begin(const QStringList& more = {}) {
    port_ = freePort();
    teacherPort_ = freePort();
    class_ = process(QStringList{"--seats", "2", "--json", "--memory", "1.5", "--port", QString::number(port_), "--teacher-port",
                                 QString::number(teacherPort_)} + more);
    class_->start();
    QTRY_VERIFY_WITH_TIMEOUT(class_->canReadLine() || class_->state() == QProcess::NotRunning, 20000);
    links_ = QJsonDocument::fromJson(class_->readLine()).object();
    QVERIFY2(!links_.isEmpty(), class_->readAllStandardError().constData());
    for (int seat : {1, 2}) QTRY_COMPARE_WITH_TIMEOUT(greetingOf(port_, token(seat)), QByteArray("RFB 003.003"), 30000);
  }
  /// Everything is gone that this class began.
  void expectNothingLeft() {
    QTRY_VERIFY2_WITH_TIMEOUT(processesWith(folder()).isEmpty(), "a studio is left", 10000);
    QTRY_VERIFY2_WITH_TIMEOUT(processesWith(QString("127.0.0.1:%1").arg(port_)).isEmpty(), "websockify is left", 10000);
  }

 private Q_SLOTS:
  void initTestCase() {
    for (const char* file : {"/usr/bin/websockify", "/usr/share/novnc/core/rfb.js"}) {
      PARALIF_NEEDS(QFile::exists(file), "novnc and websockify are not installed");
    }
    // A server that refuses a body closes the connection while it is sent.
    std::signal(SIGPIPE, SIG_IGN);
    QDir().mkpath(dir_.filePath("home/private"));
    begin();
  }
  void cleanupTestCase() {
    if (class_ && class_->state() != QProcess::NotRunning) {
      class_->terminate();
      class_->waitForFinished(15000);
    }
  }

  void aSeatIsReachedByItsLinkAlone() {
    QCOMPARE(greetingOf(port_, "aaaaaaaa"), QByteArray());
    QCOMPARE(greetingOf(port_, "../plans/1.json"), QByteArray());
    httplib::Client gate("127.0.0.1", port_);
    for (const std::string& path : {"/" + token(1).toStdString() + "/", std::string("/core/rfb.js")}) {
      const auto answer = gate.Get(path);
      QVERIFY(answer && answer->status == 200);
    }
    const auto door = gate.Get("/");
    QVERIFY(door && door->status == 200);
    QVERIFY(!QString::fromStdString(door->body).contains(token(1)));
    // The VNC server itself is in a network of its own.
    const int studio = studioOf(1);
    QVERIFY(studio > 0);
    QVERIFY(QFile::symLinkTarget(QString("/proc/%1/ns/net").arg(studio)) != QFile::symLinkTarget("/proc/self/ns/net"));
    QVERIFY(!fileText("/proc/net/tcp6").contains(":170C") && !fileText("/proc/net/tcp").contains(":170C"));  // 5900
    QVERIFY(fileText(QString("/proc/%1/net/tcp6").arg(studio)).contains(":170C"));
  }

  void aSeatSeesItsOwnFolderAndNoOther() {
    const QString root = QString("/proc/%1/root").arg(studioOf(1));
    QCOMPARE(QDir(root + folder()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{"seat-01"});
    QVERIFY(QDir(root + seatFolder(1)).exists("inbox"));
    QVERIFY(QFile::exists(dir_.filePath("home/private")));
    QVERIFY(!QFile::exists(root + dir_.filePath("home/private")));
    QCOMPARE(QFileInfo(seatFolder(1)).permissions() & 0xff, QFile::Permissions(0x0));
    // Elsewhere it only reads: every mount that was there is read-only, but for its own folder.
    QStringList writable;
    for (const QString& line : fileText(QString("/proc/%1/mountinfo").arg(studioOf(1))).split('\n')) {
      const QStringList words = line.split(' ');
      if (words.size() > 5 && words[5].split(',').contains("rw")) writable << words[4];
    }
    QVERIFY(writable.contains(seatFolder(1)));
    for (const QString& place : writable) {
      const bool hidden = place == "/tmp" || place == "/var/tmp" || place.startsWith("/run/user") ||
                          place == folder() || place == dir_.filePath("home") || place == seatFolder(1);
      QVERIFY2(hidden, qPrintable(place));
    }
    // Seen from a root within a root, the path has that one before it.
    QVERIFY(QFile::symLinkTarget(QString("/proc/%1/cwd").arg(studioOf(1))).endsWith(seatFolder(1)));
    const QString environment = fileText(QString("/proc/%1/environ").arg(studioOf(1)));
    QVERIFY(environment.contains("HOME=" + seatFolder(1)));
  }

  void aSeatHasItsShareOfTheMachine() {
    for (int seat : {1, 2}) {
      const QString limits = fileText(QString("/proc/%1/limits").arg(studioOf(seat)));
      QVERIFY2(limits.contains(QRegularExpression("Max data size +1610612736 ")), qPrintable(limits));
      const QString status = fileText(QString("/proc/%1/status").arg(studioOf(seat)));
      const QString cores = QRegularExpression("Cpus_allowed_list:\\s*(\\S+)").match(status).captured(1);
      QVERIFY2(!cores.contains(',') && !cores.contains('-'), qPrintable(cores));
    }
  }

  void theTeacherSendsToAllAndToOne() {
    httplib::Client teaching("127.0.0.1", teacherPort_);
    QVERIFY(QDir().rmdir(seatFolder(2) + "/inbox"));  // as a student may
    const auto said = [](const httplib::Result& answer) {
      return answer ? QString::number(answer->status) + " " + QString::fromStdString(answer->body) : QString("no answer");
    };
    QCOMPARE(said(teaching.Post(teacher("send?seat=all&preset=yinyang-lif"), "", "text/plain")).left(4), "200 ");
    for (int seat : {1, 2}) QVERIFY(QFile::exists(seatFolder(seat) + "/inbox/yinyang-lif.json"));
    QCOMPARE(said(teaching.Post(teacher("send?seat=2&name=g.nir"), "bytes", "application/octet-stream")), "200 g.nir was sent to seat 2.");
    QVERIFY(!QFile::exists(seatFolder(1) + "/inbox/g.nir"));
    QCOMPARE(fileText(seatFolder(2) + "/inbox/g.nir"), "bytes");
    for (const QString& wrong : {QString("send?seat=3&preset=yinyang-lif"), QString("send?seat=all&preset=none"),
                                 QString("send?seat=all&name=a.json"), QString("send?seat=1x&name=a.nir"), QString("restart?seat=0")}) {
      QCOMPARE(said(teaching.Post(teacher(wrong), "x", "text/plain")).left(4), "400 ");
    }
    QCOMPARE(said(teaching.Get("/aaaaaaaa/")).left(4), "404 ");
    // Without the teacher's link nothing is read of what is sent.
    const auto refused = [&](const httplib::Result& answer, const QString& status) {
      const QString got = said(answer);
      return got.startsWith(status) || got == "no answer";
    };
    QVERIFY(refused(teaching.Post("/aaaaaaaa/send?seat=all&name=a.nir", "x", "text/plain"), "404 "));
    QVERIFY(refused(teaching.Post(teacher("send?seat=all&name=a.nir"), [](std::size_t, httplib::DataSink& sink) {
      sink.write("x", 1);
      sink.done();
      return true;
    }, "text/plain"), "411 "));
    QVERIFY(!QFile::exists(seatFolder(1) + "/inbox/a.nir"));
    // A link in the student's folder leads nowhere.
    QVERIFY(QFile::link(dir_.filePath("home/target"), seatFolder(1) + "/inbox/l.nir"));
    const QString halfway = said(teaching.Post(teacher("send?seat=all&name=l.nir"), "x", "text/plain"));
    QVERIFY2(halfway.contains("1 of 2 seats, and not to 1"), qPrintable(halfway));
    QVERIFY(!QFile::exists(dir_.filePath("home/target")));
    QVERIFY(QFile::exists(seatFolder(2) + "/inbox/l.nir"));
    QVERIFY(said(teaching.Get(teacher("sheet"))).contains(link(2)));
    QVERIFY(fileText(links_["sheet"].toString()).contains(link(1)));
    const auto states = teaching.Get(teacher("seats.json"));
    QVERIFY(states);
    const QJsonArray list = QJsonDocument::fromJson(QByteArray::fromStdString(states->body)).array();
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[1].toObject()["doing"].toString(), "no run yet");
  }

  void aSeatIsRestartedAndBeginsAnewWhenItEnds() {
    httplib::Client teaching("127.0.0.1", teacherPort_);
    const int first = studioOf(2);
    const auto answer = teaching.Post(teacher("restart?seat=2"), "", "text/plain");
    QVERIFY(answer && answer->status == 200);
    QTRY_VERIFY_WITH_TIMEOUT(studioOf(2) != first && studioOf(2) > 0, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(greetingOf(port_, token(2)), QByteArray("RFB 003.003"), 30000);
    const int second = studioOf(2);
    ::kill(second, SIGKILL);  // as when the student closes the window
    QTRY_VERIFY_WITH_TIMEOUT(studioOf(2) != second && studioOf(2) > 0, 15000);
    QTRY_COMPARE_WITH_TIMEOUT(greetingOf(port_, token(2)), QByteArray("RFB 003.003"), 30000);
  }

  void oneClassHasAFolderAndItsPorts() {
    const auto second = process({"--port", QString::number(freePort()), "--teacher-port", QString::number(freePort())});
    second->start();
    QVERIFY(second->waitForFinished(15000));
    QVERIFY(second->readAllStandardError().contains("goes on"));
    QCOMPARE(second->exitCode(), 1);
    for (const auto& [seats, teaching] : {std::pair{port_, freePort()}, std::pair{freePort(), teacherPort_}}) {
      const auto third = process({"--folder", dir_.filePath("other"), "--port", QString::number(seats), "--teacher-port", QString::number(teaching)});
      third->start();
      QVERIFY(third->waitForFinished(15000));
      const QString said = third->readAllStandardError();
      QVERIFY2(said.contains("port"), qPrintable(said));
      QCOMPARE(third->exitCode(), 2);
    }
  }

  void aBrowserStartsTrainingByMouseAndShowsTheCurve() {
    PARALIF_NEEDS(WebDriver::isInstalled(), "chromium and chromium-driver are not installed");
    WebDriver browser(freePort(), dir_.filePath("chromium"));
    browser.open(link(1));
    // The green triangle of Start, in the upper rows; the toolbar's place depends on the welcome bar.
    QPoint start;
    const auto findStart = [&] {
      const QImage seen = browser.look();
      for (int y = 0; y < 110; ++y) {
        for (int x = 0; x < seen.width(); ++x) {
          const QColor c = seen.pixelColor(x, y);
          if (c.green() - c.red() > 70 && c.green() - c.blue() > 15) return start = QPoint(x + 3, y + 3), true;
        }
      }
      return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(findStart(), 30000);
    // Blue pixels of the curves, where they will be: the two plots in the middle of the upper half.
    const auto curve = [&] {
      const QImage seen = browser.look();
      int count = 0;
      for (int y = seen.height() / 8; y < seen.height() / 3; ++y) {
        for (int x = seen.width() / 3; x < seen.width() * 2 / 3; ++x) count += near(seen.pixelColor(x, y), QColor("#0072b2"));
      }
      return count;
    };
    const int before = curve();
    browser.click(start);
    QTRY_VERIFY_WITH_TIMEOUT(curve() > before + 40, 60000);
    QVERIFY(!QDir(seatFolder(1) + "/.local/share/paralif/runs").entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty());
    // The teacher sees the same, and only looks.
    browser.open(links_["teacher"].toString());
    const QString state = "return document.querySelector('.seat .state').textContent";
    QTRY_VERIFY_WITH_TIMEOUT(browser.run(state).toString().contains("epoch"), 20000);
    QVERIFY(browser.run("return document.querySelector('.seat iframe').src").toString().endsWith("?watch"));
    const auto curveInCard = [&] {
      const QImage seen = browser.look();
      int count = 0;
      for (int y = 200; y < seen.height() / 2; ++y) {
        for (int x = 0; x < seen.width() / 3; ++x) count += near(seen.pixelColor(x, y), QColor("#0072b2"));
      }
      return count;
    };
    QTRY_VERIFY_WITH_TIMEOUT(curveInCard() > 20, 20000);
  }

  void ctrlCEndsEverything() {
    ::kill(static_cast<pid_t>(class_->processId()), SIGINT);
    QVERIFY(class_->waitForFinished(15000));
    QCOMPARE(class_->exitStatus(), QProcess::NormalExit);
    QCOMPARE(class_->exitCode(), 0);
    expectNothingLeft();
    // The next lesson: the same links, what was made is there.
    const QString before = token(1);
    begin();
    QCOMPARE(token(1), before);
    QVERIFY(QFile::exists(seatFolder(2) + "/inbox/g.nir"));
  }

  void aKilledClassLeavesNothingRunning() {
    class_->kill();
    QVERIFY(class_->waitForFinished(5000));
    expectNothingLeft();
  }

  void tlsCoversLinksAndTeacher() {
    const QString key = dir_.filePath("key.pem");
    const QString certificate = dir_.filePath("cert.pem");
    QCOMPARE(QProcess::execute("openssl", {"req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=class",
                                           "-keyout", key, "-out", certificate}), 0);
    const auto secured = process({"--seats", "1", "--json", "--port", QString::number(freePort()), "--teacher-port",
                                  QString::number(freePort()), "--cert", certificate, "--key", key, "--host", "0.0.0.0", "--name", "127.0.0.1"});
    secured->start();
    QTRY_VERIFY_WITH_TIMEOUT(secured->canReadLine() || secured->state() == QProcess::NotRunning, 20000);
    const QJsonObject links = QJsonDocument::fromJson(secured->readLine()).object();
    for (const QString& address : {links["teacher"].toString(), links["seats"].toArray()[0].toObject()["link"].toString()}) {
      QVERIFY2(address.startsWith("https://127.0.0.1:"), qPrintable(address));
      httplib::Client client(address.section('/', 0, 2).toStdString());
      client.enable_server_certificate_verification(false);
      const auto answer = client.Get(("/" + address.section('/', 3)).toStdString());
      QVERIFY(answer && answer->status == 200);
    }
    secured->terminate();
    QVERIFY(secured->waitForFinished(15000));
    QVERIFY(!secured->readAllStandardError().contains("--cert"));
  }

  void aNetworkWithoutTlsIsWarnedOf() {
    const auto open = process({"--seats", "1", "--json", "--port", QString::number(freePort()), "--teacher-port",
                               QString::number(freePort()), "--host", "0.0.0.0"});
    open->start();
    QTRY_VERIFY_WITH_TIMEOUT(open->canReadLine() || open->state() == QProcess::NotRunning, 20000);
    open->terminate();
    QVERIFY(open->waitForFinished(15000));
    const QByteArray said = open->readAllStandardError();
    QVERIFY2(said.contains("warning") && said.contains("--cert"), said.constData());
  }

  void whatCannotBeIsSaid_data() {
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::newRow("no seats") << QStringList{"--seats", "0"} << 2 << "--seats";
    QTest::newRow("key alone") << QStringList{"--key", "/etc/hostname"} << 2 << "--cert";
    QTest::newRow("no such certificate") << QStringList{"--cert", "/no", "--key", "/no"} << 1 << "/no";
    QTest::newRow("no certificate") << QStringList{"--cert", "/etc/hostname", "--key", "/etc/hostname"} << 2 << "--cert";
    QTest::newRow("one port") << QStringList{"--port", "6080", "--teacher-port", "6080"} << 2 << "--teacher-port";
    QTest::newRow("not our address") << QStringList{"--host", "192.0.2.1"} << 2 << "--host";
    QTest::newRow("size") << QStringList{"--size", "10x10"} << 2 << "10x10";
    QTest::newRow("memory") << QStringList{"--memory", "0.2"} << 2 << "0.2";
    QTest::newRow("data with all in it") << QStringList{"--data-dir", "/"} << 2 << "--data-dir";
    QTest::newRow("experiment") << QStringList{"--experiment", "no-such"} << 1 << "no-such";
  }
  void whatCannotBeIsSaid() {
    QFETCH(QStringList, more);
    QFETCH(int, status);
    QFETCH(QString, said);
    const auto refused = process(more);
    refused->start();
    QVERIFY(refused->waitForFinished(15000));
    QString error = refused->readAllStandardError();
    error.remove(QRegularExpression("paralif: warning:.*\n"));
    QVERIFY2(error.contains(said), qPrintable(error));
    QCOMPARE(refused->exitCode(), status);
    QCOMPARE(refused->readAllStandardOutput(), QByteArray());
  }
};

QTEST_GUILESS_MAIN(TestClassroom)
#include "tst_classroom.moc"
