// Where a user's files go with every kind of HOME and XDG variables.
#include <QTest>

#include "datasets/data_folder.h"
#include "datasets/user_folders.h"

using namespace paralif;
namespace fs = std::filesystem;

class TestUserFolders : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() {
    for (const char* name : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PARALIF_DATA"})
      qunsetenv(name);
    qputenv("HOME", "/home/somebody");
  }

  void theSpecificationIsFollowed() {
    QVERIFY(user_folder(UserFolder::data, "") == "/home/somebody/.local/share/paralif");
    QVERIFY(user_folder(UserFolder::config, "") == "/home/somebody/.config/paralif");
    QVERIFY(user_folder(UserFolder::cache, "") == "/home/somebody/.cache/paralif");
    qputenv("XDG_DATA_HOME", "/data");
    QVERIFY(user_folder(UserFolder::data, "") == "/data/paralif");
    QVERIFY(data_folder("") == "/data/paralif/data");
  }

  void valuesThatAreNotAbsoluteAreIgnored() {
    for (const char* value : {"", "data", "./data", "~/data"}) {
      qputenv("XDG_DATA_HOME", value);
      QVERIFY(user_folder(UserFolder::data, "") == "/home/somebody/.local/share/paralif");
      QVERIFY(data_folder("") == "/home/somebody/.local/share/paralif/data");
    }
  }

  void withoutHomeThePasswdEntryCounts() {
    for (const char* value : {"", "relative"}) {
      qputenv("HOME", value);
      try {
        QVERIFY(user_folder(UserFolder::data, "--dir").is_absolute());
      } catch (const std::exception& error) {  // a user without a home
        QVERIFY(QString(error.what()).contains("--dir"));
      }
    }
  }

  void aChoiceIsTakenAsItIs() {
    QVERIFY(data_folder("here") == "here");
    qputenv("PARALIF_DATA", "there");
    QVERIFY(data_folder("") == "there");
  }
};

QTEST_GUILESS_MAIN(TestUserFolders)
#include "tst_user_folders.moc"
