// Edits of folders off the window's thread, one after another in the order they were asked for.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "app/studio/background_job.h"

namespace paralif {

class EditQueue {
 public:
  /// What failed of an edit, a sentence each.
  using Failures = std::vector<Failure>;
  using Work = std::function<Failures()>;
  using Done = std::function<void(const Failures&)>;

  EditQueue();
  /// What was asked for is still done; nothing is told of it.
  ~EditQueue();
  EditQueue(const EditQueue&) = delete;
  EditQueue& operator=(const EditQueue&) = delete;

  /// `work` runs when those before it have ended; then `done` on this object's thread.
  void add(Work work, Done done);

 private:
  void next();

  struct Edit {
    Work work;
    Done done;
  };
  std::deque<Edit> waiting_;
  std::unique_ptr<BackgroundJob> job_;
};

}  // namespace paralif
