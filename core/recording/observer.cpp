#include "core/recording/observer.h"

#include <utility>

namespace paralif {

Observer::Observer(Trainer& trainer, const Experiment& experiment)
    : trainer_(trainer), experiment_(experiment), map_(trainer, experiment) {}

void Observer::set_request(const WatchRequest& request) {
  request_ = request;
  map_.set_side(request.map_side);
}

void Observer::set_confusion(const ConfusionMatrix& confusion) {
  confusion_ = std::make_shared<const ConfusionMatrix>(confusion);
}

Records Observer::look(const std::function<bool(const Recorder&)>& wanted) {
  Records all;
  Moment moment({trainer_, experiment_, request_, map_, confusion_, start_});
  for (const Recorder* recorder : recorders()) {
    if (wanted && !wanted(*recorder)) continue;
    if (!recorder->applies(trainer_.network())) continue;
    Record record = recorder->look(moment);
    if (record.empty()) continue;
    record.epoch = moment.epoch();
    if (recorder->of_sample()) record.sample = moment.sample();
    all.emplace(recorder->id(), std::make_shared<const Record>(std::move(record)));
  }
  return all;
}

std::shared_ptr<const Record> Observer::look(const Recorder& recorder) {
  return record_of(look([&](const Recorder& one) { return &one == &recorder; }), recorder.id());
}

}  // namespace paralif
