// What the style changes in Qt's Fusion.
#include <QApplication>
#include <QDialogButtonBox>
#include <QPushButton>
#include <QTest>

#include "widgets/theme/theme_style.h"

using namespace paralif;

class TestThemeStyle : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() { QApplication::setStyle(new ThemeStyle); }

  void buttonsOfDialogsBearWordsAlone() {
    const QDialogButtonBox box(QDialogButtonBox::Close | QDialogButtonBox::Save);
    for (const QAbstractButton* button : box.buttons()) {
      QVERIFY(!button->text().isEmpty());
      QVERIFY(button->icon().isNull());
    }
  }
};

QTEST_MAIN(TestThemeStyle)
#include "tst_theme_style.moc"
