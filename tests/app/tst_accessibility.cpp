// What a screen reader finds: everything that takes the keyboard or can be pressed has a name and a
// role, in every workspace and in the dialogs.
#include <QAccessible>
#include <QAccessibleWidget>
#include <QComboBox>
#include <QDialog>
#include <QFrame>
#include <QTest>
#include <QToolButton>

#include "app/studio/dialog_edges.h"
#include "app/studio/main_window.h"
#include "app/studio/recording_dialog.h"
#include "app/studio/sweep_dialog.h"
#include "app/studio/train_workspace.h"
#include "app/studio/workspace.h"
#include "app/studio/workspace_bar.h"
#include "core/experiments/presets.h"
#include "tests/app/isolated.h"
#include "widgets/form/experiment_form.h"

using namespace paralif;

namespace {

bool isOperated(QAccessible::Role role) {
  switch (role) {
    case QAccessible::Button:
    case QAccessible::ButtonMenu:
    case QAccessible::ButtonDropDown:
    case QAccessible::CheckBox:
    case QAccessible::RadioButton:
    case QAccessible::ComboBox:
    case QAccessible::SpinBox:
    case QAccessible::Slider:
    case QAccessible::EditableText:
    case QAccessible::List:
    case QAccessible::Table:
    case QAccessible::Tree:
    case QAccessible::PageTab:
      return true;
    default:
      return false;
  }
}

/// Parts of a widget that Qt makes and reads by itself.
bool isPartOfAnother(const QWidget& widget) {
  if (widget.objectName() == "qt_spinbox_lineedit") return true;
  const QWidget* parent = widget.parentWidget();
  if (parent == nullptr) return false;
  return parent->inherits("QAbstractSpinBox") || parent->inherits("QComboBox") ||
         parent->inherits("QTabBar") || parent->inherits("QAbstractItemView") ||
         parent->inherits("QDockWidgetTitleButton") || widget.inherits("QDockWidgetTitleButton");
}

/// Qt reads what a combo box shows in place of its name: there, a label or a name of its own counts.
bool hasName(QAccessibleInterface& at, const QWidget& widget) {
  if (qobject_cast<const QComboBox*>(&widget) != nullptr) {
    return !widget.accessibleName().isEmpty() || !at.relations(QAccessible::Label).isEmpty();
  }
  return !at.text(QAccessible::Name).trimmed().isEmpty();
}

void collect(QAccessibleInterface* at, QStringList& nameless, int& operated) {
  if (at == nullptr || !at->isValid() || at->state().invisible) return;
  if (auto* widget = qobject_cast<QWidget*>(at->object())) {
    if (isPartOfAnother(*widget)) return;
    const bool takesKeys = widget->focusPolicy() != Qt::NoFocus;
    if (isOperated(at->role()) && (takesKeys || at->role() != QAccessible::EditableText)) {
      ++operated;
      if (!hasName(*at, *widget)) {
        nameless << QString("%1 '%2' in '%3', role %4")
                        .arg(widget->metaObject()->className(), widget->objectName(),
                             widget->parentWidget() ? widget->parentWidget()->objectName() : QString())
                        .arg(int(at->role()));
      }
    }
  }
  for (int i = 0; i < at->childCount(); ++i) collect(at->child(i), nameless, operated);
}

QStringList namelessIn(QWidget& widget, int atLeast) {
  QStringList nameless;
  int operated = 0;
  collect(QAccessible::queryAccessibleInterface(&widget), nameless, operated);
  if (operated < atLeast) nameless << QString("only %1 operated parts were found").arg(operated);
  return nameless;
}

StudioOptions optionsFor(const QSize& size) {
  StudioOptions options;
  options.ask = false;
  options.remember = false;
  options.size = size;
  return options;
}

}  // namespace

class TestAccessibility : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<testing::IsolatedHome> home_;

 private Q_SLOTS:
  void init() { home_ = std::make_unique<testing::IsolatedHome>(); }
  void cleanup() { home_.reset(); }

  /// What is set in large type shows all of it, at the smallest size that is promised.
  void largeTypeCutsNothingOfTheForm() {
    const QFont usual = QApplication::font();
    QFont large = usual;
    large.setPointSizeF(1.4 * usual.pointSizeF());
    QApplication::setFont(large);
    {
      MainWindow window(optionsFor({1024, 700}));
      window.show();
      QVERIFY(QTest::qWaitForWindowActive(&window));
      const ExperimentForm& form = window.train().form();
      QTRY_VERIFY(form.viewport()->width() >= form.widget()->minimumSizeHint().width());
      QVERIFY(form.widget()->minimumSizeHint().width() > 330);  // more than the narrowest of usual type
      QCOMPARE(window.width(), 1024);
    }
    QApplication::setFont(usual);
  }

  void dialogsHaveEdgesWhereNothingFramesThem() {
    QVERIFY(!DialogEdges::areNeeded());  // tests run offscreen
    const auto edge = [](const QDialog& dialog) { return dialog.findChild<QFrame*>("dialogEdge"); };
    QDialog plain;
    plain.show();
    QVERIFY(edge(plain) == nullptr);
    const DialogEdges edges(nullptr);
    QDialog dialog;
    dialog.resize(200, 100);
    dialog.show();
    QVERIFY(edge(dialog) != nullptr);
    QCOMPARE(edge(dialog)->geometry(), dialog.rect());
    dialog.resize(300, 150);
    QCOMPARE(edge(dialog)->geometry(), dialog.rect());
    QCOMPARE(dialog.findChildren<QFrame*>("dialogEdge").size(), 1);
    // On its rim the line is seen; within, nothing lies over the dialog.
    const QImage seen = dialog.grab().toImage();
    QVERIFY(seen.pixelColor(0, 75) != seen.pixelColor(150, 75));
    QCOMPARE(dialog.childAt(150, 75), nullptr);
  }

  void everyWorkspaceNamesItsParts() {
    MainWindow window(optionsFor({1280, 800}));
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    // What is folded away counts too.
    for (auto* more : window.findChildren<QToolButton*>()) {
      if (more->isCheckable() && more->accessibleName().startsWith("More settings")) {
        more->setChecked(true);
      }
    }
    QStringList nameless;
    for (int page = 0; page < window.workspaces().count(); ++page) {
      window.workspaces().show(page);
      QTest::qWait(50);
      const QString title = window.workspaces().inFront()->about().title;
      for (const QString& one : namelessIn(window, 15)) nameless << title + ": " + one;
    }
    nameless.removeDuplicates();
    QVERIFY2(nameless.isEmpty(), qPrintable('\n' + nameless.join('\n')));
  }

  /// The test itself can fail.
  void aNamelessButtonIsFound() {
    QDialog dialog;
    auto* button = new QToolButton(&dialog);
    button->setObjectName("mute");
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QVERIFY(namelessIn(dialog, 1).value(0).contains("'mute'"));
    button->setAccessibleName("named");
    QVERIFY(namelessIn(dialog, 1).isEmpty());
  }

  void dialogsNameTheirParts() {
    RecordingDialog recording(first_experiment(), {});
    SweepDialog sweep(first_experiment(), "training.learning_rate");
    for (QDialog* dialog : std::initializer_list<QDialog*>{&recording, &sweep}) {
      dialog->show();
      QVERIFY(QTest::qWaitForWindowExposed(dialog));
      const QStringList nameless = namelessIn(*dialog, 3);
      QVERIFY2(nameless.isEmpty(), qPrintable('\n' + nameless.join('\n')));
    }
  }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
