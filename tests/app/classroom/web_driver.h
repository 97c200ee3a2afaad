// A headless Chromium under a test's hand, by the WebDriver protocol.
#pragma once

#include <httplib.h>
#include <signal.h>

#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPoint>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>
#include <memory>
#include <stdexcept>

namespace paralif::testing {

class WebDriver {
 public:
  static bool isInstalled() {
    return !QStandardPaths::findExecutable("chromedriver").isEmpty() &&
           !QStandardPaths::findExecutable("chromium").isEmpty();
  }

  WebDriver(int port, const QString& profile) : client_("127.0.0.1", port) {
    client_.set_read_timeout(60);
    driver_.start("chromedriver", {"--port=" + QString::number(port)});
    for (int i = 0; i < 200 && !client_.Get("/status"); ++i) QTest::qWait(50);
    const QJsonArray arguments{"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
                               "--no-first-run", "--disable-background-networking", "--disable-dev-shm-usage",
                               "--disable-component-update", "--disable-sync", "--ignore-certificate-errors",
                               "--window-size=1300,1000", "--user-data-dir=" + profile};
    const QJsonObject wanted{{"goog:chromeOptions", QJsonObject{{"args", arguments}}}};
    session_ = "/session/" + call("/session", {{"capabilities", QJsonObject{{"alwaysMatch", wanted}}}})
                                 .toObject()["sessionId"].toString().toStdString();
  }
  ~WebDriver() {
    client_.Delete(session_);
    driver_.terminate();
    driver_.waitForFinished(5000);
  }
  WebDriver(const WebDriver&) = delete;
  WebDriver& operator=(const WebDriver&) = delete;

  void open(const QString& address) { call(session_ + "/url", {{"url", address}}); }

  [[nodiscard]] QImage look() {
    const auto answer = client_.Get(session_ + "/screenshot");
    if (!answer) throw std::runtime_error("no screenshot");
    const QByteArray body = QByteArray::fromStdString(answer->body);
    const QByteArray png = QJsonDocument::fromJson(body).object()["value"].toString().toLatin1();
    return QImage::fromData(QByteArray::fromBase64(png), "PNG");
  }

  /// At a point of the picture that look() gives.
  void click(const QPoint& at) {
    const QJsonArray moves{
        QJsonObject{{"type", "pointerMove"}, {"x", at.x()}, {"y", at.y()}, {"duration", 100}},
        QJsonObject{{"type", "pointerDown"}, {"button", 0}}, QJsonObject{{"type", "pause"}, {"duration", 80}},
        QJsonObject{{"type", "pointerUp"}, {"button", 0}}};
    const QJsonObject mouse{{"type", "pointer"}, {"id", "mouse"}, {"actions", moves},
                            {"parameters", QJsonObject{{"pointerType", "mouse"}}}};
    call(session_ + "/actions", {{"actions", QJsonArray{mouse}}});
  }

  /// What a script of the page returns.
  QJsonValue run(const QString& script) {
    return call(session_ + "/execute/sync", {{"script", script}, {"args", QJsonArray{}}});
  }

 private:
  QJsonValue call(const std::string& path, const QJsonObject& body) {
    const auto answer = client_.Post(path, QJsonDocument(body).toJson().toStdString(), "application/json");
    if (!answer || answer->status != 200) {
      throw std::runtime_error("WebDriver: " + path + ": " + (answer ? answer->body : "no answer"));
    }
    return QJsonDocument::fromJson(QByteArray::fromStdString(answer->body)).object()["value"];
  }

  httplib::Client client_;
  QProcess driver_;
  std::string session_;
};

}  // namespace paralif::testing
