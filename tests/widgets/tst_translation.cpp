// Texts of core reach the screen through the program's translation.
#include <QApplication>
#include <QLabel>
#include <QTest>
#include <QTranslator>

#include "core/experiments/fields.h"
#include "core/lab/features.h"
#include "core/layers/layer_kind.h"
#include "core/timing/timing_parameters.h"
#include "widgets/form/experiment_form.h"
#include "widgets/form/field_row.h"
#include "widgets/form/parameter_editor.h"
#include "widgets/lab/feature_board.h"
#include "widgets/lab/neuron_editor.h"
#include "widgets/lab/parameter_slider.h"
#include "widgets/network/layer_card.h"
#include "widgets/theme/words.h"
#include "widgets/timing/timing_form.h"

using namespace paralif;

namespace {

/// Every text of core, in brackets.
class Brackets : public QTranslator {
 public:
  QString translate(const char* context, const char* text, const char*, int) const override {
    return QLatin1String(context) == "core" ? "[" + QString::fromUtf8(text) + "]" : QString();
  }
  bool isEmpty() const override { return false; }
};

QString bracketed(Text text) { return text.is_symbol() ? textOf(text.english()) : "[" + textOf(text.english()) + "]"; }

}  // namespace

class TestTranslation : public QObject {
  Q_OBJECT

  Brackets brackets_;

 private Q_SLOTS:
  void init() { QVERIFY(QCoreApplication::installTranslator(&brackets_)); }
  void cleanup() { QCoreApplication::removeTranslator(&brackets_); }

  void ofTheForm() {
    ExperimentForm form;
    for (const Field& field : experiment_fields()) {
      QWidget* input = form.row(textOf(field.key))->editor().input();
      QCOMPARE(input->accessibleName(), bracketed(field.label));
      QVERIFY(input->toolTip().contains(bracketed(field.explanation).toHtmlEscaped()));
      for (const ChoiceMeaning& one : field.meanings) {
        QVERIFY(input->toolTip().contains(bracketed(one.meaning).toHtmlEscaped()));
      }
    }
  }

  void ofEveryKindOfLayer() {
    for (const LayerKind* kind : layer_kinds()) {
      LayerDescription layer;
      layer.id = "one";
      layer.kind = kind->name();
      LayerCard card(layer, 0, 1);
      card.setUnfolded(true);
      QStringList shown;
      for (const QLabel* label : card.findChildren<QLabel*>()) shown << label->text();
      for (const ParameterFacts& facts : kind->parameters()) {
        QVERIFY2(shown.contains(bracketed(facts.label)), facts.key.data());
      }
      QVERIFY(card.toolTip().contains(bracketed(kind->explanation()).toHtmlEscaped()));
    }
  }

  void ofTheTimingForm() {
    TimingForm form({TimingDevice{}}, 2);
    QStringList shown;
    for (const QLabel* label : form.findChildren<QLabel*>()) shown << label->text();
    for (const Parameter<TimingPlan>& parameter : timing_parameters()) {
      QVERIFY2(shown.contains(bracketed(parameter.label)), parameter.key.data());
    }
  }

  void ofTheLab() {
    NeuronEditor editor;
    int sliders = 0;
    for (const lab::LabParameter& parameter : lab::lab_parameters()) {
      const ParameterSlider* slider = editor.slider(parameter.key);
      if (slider == nullptr) continue;  // the model has no such parameter
      ++sliders;
      bool found = false;
      for (const QWidget* part : slider->findChildren<QWidget*>()) {
        found = found || part->toolTip().contains(bracketed(parameter.label));
      }
      QVERIFY2(found || slider->toolTip().contains(bracketed(parameter.label)),
               parameter.key.data());
    }
    QVERIFY(sliders >= 4);
    FeatureBoard board;
    for (const lab::FeatureText& text : lab::feature_texts()) {
      const auto* tile = board.findChild<QWidget*>(QString("tile%1").arg(text.letter));
      QVERIFY(tile != nullptr);
      QVERIFY(tile->accessibleName().contains(bracketed(text.name)));
    }
  }

  void symbolsStay() {
    QCOMPARE(textOf(symbol("ms")), QString("ms"));
    QCOMPARE(textOf(marked("steps")), QString("[steps]"));
    QCOMPARE(textOf(Text()), QString());
  }
};

QTEST_MAIN(TestTranslation)
#include "tst_translation.moc"
