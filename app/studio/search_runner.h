// Watches a search job for the window.
#pragma once

#include <QObject>
#include <QTimer>

#include "core/lab/search_job.h"

namespace paralif {

/// The job has its own threads; this only looks, ten times a second.
class SearchRunner : public QObject {
  Q_OBJECT

 public:
  explicit SearchRunner(QObject* parent = nullptr);

  void start(std::vector<lab::SearchCell> cells, const lab::SearchSettings& settings = {});
  void cancel() { job_.cancel(); }
  [[nodiscard]] bool isRunning() const { return job_.progress().running; }
  [[nodiscard]] std::vector<lab::CellResult> results() const { return job_.results(); }
  /// What is known of a cell of the last search; tried 0 where it has none.
  [[nodiscard]] lab::CellResult resultOf(const std::string& model, lab::Feature feature) const;

 Q_SIGNALS:
  void progressed(const paralif::lab::SearchProgress& progress);
  void ended();

 private:
  void look();

  lab::SearchJob job_;
  std::vector<lab::SearchCell> cells_;
  QTimer timer_;
};

}  // namespace paralif
