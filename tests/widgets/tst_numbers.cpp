// One notation of numbers, whatever the system's language: what is shown can be typed.
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "widgets/form/experiment_form.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/form/field_row.h"
#include "widgets/form/number_box.h"
#include "widgets/plots/plot_view.h"
#include "widgets/theme/numbers.h"

using namespace paralif;

namespace {

class EmptyPlot : public PlotView {
 public:
  EmptyPlot() : PlotView("Empty") {
    setUpAxisRect(axisRect(), "x", "y");
    applyTheme();
  }
  void writeCsv(QTextStream&) const override {}
  [[nodiscard]] QString read(QPointF position) const { return readout(*axisRect(), position); }

 protected:
  void refreshData() override {}
  void recolor(const Theme&) override {}
};

}  // namespace

class TestNumbers : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void cleanup() { QLocale::setDefault(QLocale::c()); }

  void writesOneNotation_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("short") << 0.5 << "0.5";
    QTest::newRow("five digits") << 0.0959564973 << "0.095956";
    QTest::newRow("small") << 1e-5 << "1e-05";
    QTest::newRow("large") << 1234567.0 << "1.2346e+06";
    QTest::newRow("negative") << -12.25 << "-12.25";
    QTest::newRow("no negative zero") << -0.0 << "0";
    QTest::newRow("no grouping") << 12345.0 << "12345";
  }
  void writesOneNotation() {
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(numberText(value), text);
    QVERIFY(readNumber(text).has_value());
    QCOMPARE(numberText(*readNumber(text)), text);
  }

  void keepsEveryDigitOfADecimalNumber() {
    QCOMPARE(fullNumberText(0.0959564973), "0.0959564973");
    QCOMPARE(fullNumberText(0.035 * 1e3), "35");
    QCOMPARE(*readNumber(fullNumberText(0.1 + 0.2)), 0.3);
  }

  void readsWhatIsTyped_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("point") << "0.5" << 0.5;
    QTest::newRow("comma") << "0,5" << 0.5;
    QTest::newRow("comma after zero") << "0,125" << 0.125;
    QTest::newRow("comma, two places") << "12,25" << 12.25;
    QTest::newRow("comma, exponent") << "2,5e-3" << 2.5e-3;
    QTest::newRow("true minus") << QString(QChar(0x2212)) + "3" << -3.0;
    QTest::newRow("exponent") << "1e-05" << 1e-5;
    QTest::newRow("blanks") << " 7 " << 7.0;
  }
  void readsWhatIsTyped() {
    QFETCH(QString, text);
    QFETCH(double, value);
    QVERIFY(readNumber(text).has_value());
    QCOMPARE(*readNumber(text), value);
  }

  void refusesWhatIsTwoNumbersOrNone() {
    for (const char* text : {"1,234", "12,345", "1,234,567", "1.2.3", "", "abc", "nan", "inf",
                             "0,5,5", "1 234", "0x10"}) {
      QVERIFY2(!readNumber(QString(text)).has_value(), text);
    }
    QVERIFY(hasAmbiguousComma(QString("1,234")));
    QVERIFY(!hasAmbiguousComma(QString("0,234")));
  }

  void doesNotDependOnTheLanguage_data() {
    QTest::addColumn<QString>("language");
    for (const char* name : {"de_DE", "fr_FR", "ar_EG", "hi_IN", "C"}) QTest::newRow(name) << name;
  }
  void doesNotDependOnTheLanguage() {
    QFETCH(QString, language);
    QLocale::setDefault(QLocale(language));
    NumberBox box;
    box.setUnit("ms");
    box.setValue(1234.5);
    QCOMPARE(box.text(), "1234.5 ms");

    EmptyPlot plot;
    plot.resize(300, 200);
    for (const auto& [lower, upper] : {std::pair{0.0, 2.5}, {-1e-5, 1e-5}, {0.0, 2e7}}) {
      plot.xAxis->setRange(lower, upper);
      plot.replot();
      const QVector<QString> labels = plot.xAxis->tickVectorLabels();
      QVERIFY(!labels.isEmpty());
      for (qsizetype i = 0; i < labels.size(); ++i) {
        QVERIFY2(readNumber(labels[i]).has_value(), qPrintable(labels[i]));
        QVERIFY(qAbs(*readNumber(labels[i]) - plot.xAxis->tickVector()[i]) <= 1e-5 * upper);
      }
    }
    const QString read = plot.read(plot.axisRect()->rect().center()).section(": ", 1).section('\n', 0, 0);
    QVERIFY2(readNumber(read).has_value(), qPrintable(read));
  }

  /// Every number of the form, shown, typed again, is the same.
  void whatTheFormShowsCanBeTyped() {
    QLocale::setDefault(QLocale("de_DE"));
    ExperimentForm form;
    form.resize(320, 900);
    form.show();
    QVERIFY(QTest::qWaitForWindowExposed(&form));
    const Experiment before = form.experiment();
    int boxes = 0;
    for (NumberBox* box : form.findChildren<NumberBox*>()) {
      auto* line = box->findChild<QLineEdit*>();
      const QString shown = line->text();
      line->setText(shown);
      Q_EMIT line->textEdited(shown);
      ++boxes;
    }
    QVERIFY(boxes > 10);
    QVERIFY(form.problems().empty());
    QVERIFY(form.experiment() == before);
  }

  void showsFiveDigitsAndEveryOneWhenEdited() {
    QWidget window;
    NumberBox box(&window);
    QLineEdit other(&window);
    other.move(0, 60);
    box.resize(80, 24);
    box.setValue(0.0959564973);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other.setFocus();
    QCOMPARE(box.text(), "0.095956");
    QCOMPARE(box.findChild<QLineEdit*>()->cursorPosition(), 0);
    box.setFocus();
    QCOMPARE(box.text(), "0.0959564973");
    other.setFocus();
    QCOMPARE(box.text(), "0.095956");
    QCOMPARE(box.value(), 0.0959564973);  // looking at it changes nothing
  }

  void showsWholeNumbersWholeWhereTheyFit() {
    NumberBox box;
    box.setInteger(true);
    box.setValue(959564973);
    box.resize(160, 24);
    box.show();
    QCOMPARE(box.text(), "959564973");
    box.resize(60, 24);
    QCOMPARE(box.text(), "9.5956e+08");
  }

  void saysWhyAnAmbiguousCommaIsRefused() {
    ExperimentForm form;
    QWidget* input = form.row("training.learning_rate")->editor().input();
    auto* line = input->findChild<QLineEdit*>();
    const double before = form.experiment().training.learning_rate;
    line->setText("1,234");
    Q_EMIT line->textEdited("1,234");
    QVERIFY(form.row("training.learning_rate")->problem().contains("two ways"));
    QCOMPARE(form.experiment().training.learning_rate, before);
    line->setText("0,5");
    Q_EMIT line->textEdited("0,5");
    QCOMPARE(form.experiment().training.learning_rate, 0.5);
  }
};

QTEST_MAIN(TestNumbers)
#include "tst_numbers.moc"
