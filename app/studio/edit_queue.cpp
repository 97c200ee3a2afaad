#include "app/studio/edit_queue.h"

#include <utility>

namespace paralif {

EditQueue::EditQueue() : job_(std::make_unique<BackgroundJob>()) {
  QObject::connect(job_.get(), &BackgroundJob::ended, job_.get(), [this] { next(); });
}

EditQueue::~EditQueue() {
  job_.reset();  // waits for the edit in hand
  for (const Edit& edit : waiting_) edit.work();
}

void EditQueue::add(Work work, Done done) {
  waiting_.push_back({std::move(work), std::move(done)});
  next();
}

void EditQueue::next() {
  if (job_->isRunning() || waiting_.empty()) return;
  Edit edit = std::move(waiting_.front());
  waiting_.pop_front();
  job_->start([work = std::move(edit.work)](JobControl&) { return work(); },
              [done = std::move(edit.done)](const Failures& failures) { done(failures); });
}

}  // namespace paralif
