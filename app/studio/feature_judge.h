// Judges the twenty features for one model, off the window's thread.
#pragma once

#include <QObject>
#include <map>
#include <vector>

#include "app/studio/background_job.h"
#include "core/lab/search.h"
#include "widgets/lab/feature_tile.h"

namespace paralif {

/// Found settings are not believed but simulated and judged again.
class FeatureJudge : public QObject {
  Q_OBJECT

 public:
  explicit FeatureJudge(QObject* parent = nullptr) : QObject(parent) {}

  /// Answers of searches: those that come with the program, and newer ones.
  void setAnswers(const std::vector<lab::CellResult>& results);
  [[nodiscard]] const lab::CellResult* answerOf(const QString& model, lab::Feature feature) const;

  /// Answers of a round that still runs are dropped.
  void start(const QString& model);
  void cancel();

 Q_SIGNALS:
  void judged(paralif::lab::Feature feature, const paralif::TileAnswer& answer);

 private:
  using Key = std::pair<std::string, lab::Feature>;
  using Answers = std::vector<std::optional<lab::CellResult>>;
  static TileAnswer answer(const std::string& model, lab::Feature feature,
                           const lab::CellResult* known);
  /// Judges feature after feature; each answer is told as it is there.
  bool judgeAll(const std::string& model, const Answers& known, int round, JobControl& control);

  std::map<Key, lab::CellResult> answers_;
  int round_ = 0;
  BackgroundJob judging_;
};

/// The answers that come with the program, as `paralif features --search --save` wrote them.
std::vector<lab::CellResult> shippedAnswers();

}  // namespace paralif
