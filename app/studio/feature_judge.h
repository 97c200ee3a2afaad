// Judges the twenty features for one model on its own thread.
#pragma once

#include <QObject>
#include <atomic>
#include <map>
#include <thread>
#include <vector>

#include "core/lab/search.h"
#include "widgets/lab/feature_tile.h"

namespace paralif {

/// Found settings are not believed but simulated and judged again.
class FeatureJudge : public QObject {
  Q_OBJECT

 public:
  explicit FeatureJudge(QObject* parent = nullptr);
  ~FeatureJudge() override;

  /// Answers of searches: those that come with the program, and newer ones.
  void setAnswers(const std::vector<lab::CellResult>& results);
  [[nodiscard]] const lab::CellResult* answerOf(const QString& model, lab::Feature feature) const;

  /// Ends a running round first.
  void start(const QString& model);
  void cancel();

 Q_SIGNALS:
  void judged(paralif::lab::Feature feature, const paralif::TileAnswer& answer);

 private:
  using Key = std::pair<std::string, lab::Feature>;
  [[nodiscard]] TileAnswer answer(const std::string& model, lab::Feature feature,
                                  const lab::CellResult* known) const;

  std::map<Key, lab::CellResult> answers_;
  std::atomic<bool> cancelled_{false};
  int round_ = 0;
  std::thread thread_;
};

/// The answers that come with the program, as `paralif features --search --save` wrote them.
std::vector<lab::CellResult> shippedAnswers();

}  // namespace paralif
