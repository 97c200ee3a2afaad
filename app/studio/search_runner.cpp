// The timer.
#include "app/studio/search_runner.h"

#include <algorithm>

namespace paralif {
namespace {

constexpr int lookMs = 100;

}  // namespace

SearchRunner::SearchRunner(QObject* parent) : QObject(parent) {
  timer_.setInterval(lookMs);
  connect(&timer_, &QTimer::timeout, this, &SearchRunner::look);
}

void SearchRunner::start(std::vector<lab::SearchCell> cells, const lab::SearchSettings& settings) {
  cells_ = cells;
  job_.start(std::move(cells), settings);
  timer_.start();
  look();
}

void SearchRunner::look() {
  const lab::SearchProgress progress = job_.progress();
  if (!progress.running) timer_.stop();
  Q_EMIT progressed(progress);
  if (!progress.running) Q_EMIT ended();
}

lab::CellResult SearchRunner::resultOf(const std::string& model, lab::Feature feature) const {
  const auto cell = std::ranges::find_if(
      cells_, [&](const lab::SearchCell& c) { return c.model == model && c.feature == feature; });
  if (cell != cells_.end()) {
    lab::CellResult result = job_.result(static_cast<std::size_t>(cell - cells_.begin()));
    if (result.tried > 0) return result;
  }
  lab::CellResult none;
  none.model = model;
  none.feature = feature;
  return none;
}

}  // namespace paralif
