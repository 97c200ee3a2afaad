// The round and the answers.
#include "app/studio/feature_judge.h"

#include <QFile>

#include "core/lab/biological.h"
#include "core/lab/expressible.h"
#include "core/lab/feature_table.h"
#include "core/lab/lab_file.h"

static void initResources() {
  Q_INIT_RESOURCE(studio);
}

namespace paralif {

std::vector<lab::CellResult> shippedAnswers() {
  initResources();
  QFile file(":/features.json");
  if (!file.open(QIODevice::ReadOnly)) return {};
  return lab::answers_from_json(file.readAll().toStdString(), "features.json");
}

void FeatureJudge::setAnswers(const std::vector<lab::CellResult>& results) {
  for (const lab::CellResult& result : results) {
    if (result.tried == 0) continue;
    lab::CellResult& kept = answers_[{result.model, result.feature}];
    kept = result;
    kept.samples.clear();
  }
}

const lab::CellResult* FeatureJudge::answerOf(const QString& model, lab::Feature feature) const {
  const auto found = answers_.find({model.toStdString(), feature});
  return found == answers_.end() ? nullptr : &found->second;
}

void FeatureJudge::cancel() {
  ++round_;
  judging_.cancel();
}

void FeatureJudge::start(const QString& model) {
  ++round_;
  Answers known;
  for (std::size_t i = 0; i < lab::feature_count; ++i) {
    const auto* cell = answerOf(model, static_cast<lab::Feature>(i));
    known.push_back(cell != nullptr ? std::optional(*cell) : std::nullopt);
  }
  judging_.start(
      [this, name = model.toStdString(), known = std::move(known), round = round_](
          JobControl& control) { return judgeAll(name, known, round, control); },
      [](bool) {});
}

bool FeatureJudge::judgeAll(const std::string& model, const Answers& known, int round,
                            JobControl& control) {
  for (std::size_t i = 0; i < lab::feature_count; ++i) {
    control.check();
    const auto feature = static_cast<lab::Feature>(i);
    TileAnswer given;
    // A feature whose simulation fails says so on its tile; the others are judged all the same.
    guarded([&] { given = answer(model, feature, known[i] ? &*known[i] : nullptr); },
            [&](const Failure& failure) {
              given.model = QString::fromStdString(model);
              given.known = true;
              given.sentence = failure.sentence;
            });
    QMetaObject::invokeMethod(
        this,
        [this, feature, given, round] {
          if (round == round_) Q_EMIT judged(feature, given);
        },
        Qt::QueuedConnection);
  }
  return true;
}

TileAnswer FeatureJudge::answer(const std::string& model, lab::Feature feature,
                                const lab::CellResult* known) {
  const lab::LabNeuron kind = *lab::neuron_named(model);
  const bool living = kind.model == lab::LabModel::izhikevich;
  const lab::BiologicalPanel& panel = lab::biological_panel(feature);
  lab::FoundSetting setting{living ? panel.neuron : kind,
                            living ? panel.settings : lab::usual_settings(feature)};
  if (known != nullptr && known->most_robust) setting = *known->most_robust;
  TileAnswer given;
  given.model = QString::fromStdString(model);
  given.known = true;
  given.trace = living ? lab::simulate(panel.neuron, panel.stimulus)
                       : lab::simulate(setting.neuron,
                                       lab::protocol_runs(feature, setting.protocol)[0].stimulus);
  const lab::Verdict verdict = lab::judge_neuron(feature, setting.protocol, setting.neuron);
  if (verdict.finding.shown) {
    given.answer = lab::Answer::found;
    given.sentence = QString::fromStdString(lab::parameters_text(setting.neuron));
    return given;
  }
  if (const auto reason = lab::impossible(kind, feature)) {
    given.answer = lab::Answer::impossible;
    given.sentence = QString::fromUtf8(reason->data(), qsizetype(reason->size()));
    return given;
  }
  given.sentence = known != nullptr ? QString::fromStdString(known->reason)
                                    : tr("not searched yet: %1").arg(verdict.finding.reason);
  return given;
}

}  // namespace paralif
