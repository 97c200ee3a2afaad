// The measuring loop.
#include "core/bench/timing_worker.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/bench/timing_machine.h"
#include "core/experiments/trials.h"
#include "core/kernels/interruption.h"
#include "core/kernels/threads.h"
#include "core/timing/timing_estimate.h"
#include "core/timing/timing_files.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double inputs_together_bytes = 512.0 * 1024 * 1024;
constexpr double usable_memory = 0.8;
constexpr double gib = 1024.0 * 1024.0 * 1024.0;

double input_bytes(const TimingPoint& p) {
  const double values =
      static_cast<double>(p.batch) * static_cast<double>(p.steps) * static_cast<double>(p.neurons);
  return 4.0 * values * (p.curve.pass == TimingPass::forward ? 2.0 : 4.0);
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

void TimingWorker::main() {
  const InterruptionScope scope(cancelling_);
  running_since_ = Clock::now();
  do {
    work();
  } while (!end());
  woken_.notify_all();
}

void TimingWorker::work() {
  try {
    if (!measured_) {
      measured_ = true;
      measure_machine();
      measure_all();
      const std::scoped_lock lock(mutex_);
      snapshot_.results.status = "finished";
    }
    for (;;) {
      may_go_on();
      Item item;
      {
        const std::scoped_lock lock(mutex_);
        if (repeats_.empty()) break;
        item.result = &snapshot_.results.points[repeats_.front()];
        repeats_.pop_front();
        item.result->trials_ms.clear();
        item.result->problem.clear();
        changed_ = true;
      }
      measure({&item});
    }
  } catch (const Interrupted&) {
    const std::scoped_lock lock(mutex_);
    if (snapshot_.results.status != "finished") snapshot_.results.status = "cancelled";
  } catch (...) {
    const std::string problem = failure_sentence();
    const std::scoped_lock lock(mutex_);
    snapshot_.results.status = "cancelled";
    snapshot_.problem = problem;
    repeats_.clear();
  }
  for (Item& item : items_) item.probe.reset();
  use_threads();
}

void TimingWorker::measure_machine() {
  TimingMachine machine = this_timing_machine();
  {
    const std::scoped_lock lock(mutex_);
    const TimingPlan& plan = snapshot_.results.plan;
    const bool one = plan.devices.size() == 1 && plan.devices[0].threads > 0;
    const int threads = one ? plan.devices[0].threads : plan.threads;
    if (threads > 0) machine.host.threads = threads;
    snapshot_.results.machine = machine;
    snapshot_.now = "the machine's memory copy";
    changed_ = true;
  }
  try {
    const TimingPoint standard{{"", "copy"}, {"cpu", 0}, 64, 1000, 128};
    const auto probe = options_.probe(request_of(standard));
    std::vector<double> ms;
    for (int i = 0; i < 6; ++i) {
      throw_if_interrupted();
      const double one = bench::time_ms(*probe);
      if (i > 0) ms.push_back(one);
    }
    const std::scoped_lock lock(mutex_);
    snapshot_.results.machine.copy_gb_s =
        least_bytes(standard) * 1e-9 / (spread_of(ms).median * 1e-3);
  } catch (const std::exception&) {
    // A machine without memory to spare is measured all the same.
  }
}

std::vector<TimingWorker::Group> TimingWorker::groups() {
  TimingResults& results = snapshot_.results;
  std::vector<Group> made;
  double bytes = inputs_together_bytes;
  for (const std::int64_t steps : results.plan.lengths) {
    Group of_length;
    double more = 0.0;
    for (auto* list : {&results.copies, &results.points}) {
      for (TimingResult& result : *list) {
        if (result.point.steps != steps) continue;
        items_.emplace_back();
        items_.back().result = &result;
        of_length.push_back(&items_.back());
        more += input_bytes(result.point);
      }
    }
    if (bytes + more > inputs_together_bytes) {
      made.emplace_back();
      bytes = 0.0;
    }
    bytes += more;
    made.back().insert(made.back().end(), of_length.begin(), of_length.end());
  }
  return made;
}

void TimingWorker::measure_all() {
  for (const Group& group : groups()) {
    measure(group);
    for (Item* item : group) item->probe.reset();
  }
}

void TimingWorker::measure(const Group& group) {
  for (int round = 0; round < trials_; ++round) {
    for (Item* item : group) {
      if (item->given_up || item->trials > round || round >= trials_of(*item)) continue;
      may_go_on();
      const TimingPoint& p = item->result->point;
      {
        const std::scoped_lock lock(mutex_);
        snapshot_.now = fmt::format("{}, {} steps, {}",
                                    p.curve.neuron.empty() ? "memory copy" : to_string(p.curve),
                                    p.steps, to_string(p.device));
        changed_ = true;
      }
      try {
        visit(*item);
      } catch (const Interrupted&) {
        throw;
      } catch (const std::exception&) {
        give_up(*item, failure_sentence());
      }
      show_progress();
    }
  }
}

bool TimingWorker::prepare(Item& item) {
  const TimingPoint& p = item.result->point;
  const double needed = estimated_bytes(p);
  const double free = available_memory_bytes();
  if (p.device.name == "cpu" && needed > usable_memory * free) {
    give_up(item, fmt::format("out of memory: a pass needs about {:.1f} GiB and {:.1f} GiB are "
                              "free; lower the batch, the neurons or the length",
                              needed / gib, free / gib));
    return false;
  }
  const double limit_s = snapshot_.results.plan.limit_s;
  const double expected = expected_ms(item);
  if (expected > limit_s * 1e3) {
    give_up(item, fmt::format("left out: a pass would take about {}, longer than the limit of {}",
                              duration_text(expected), duration_text(limit_s * 1e3)));
    return false;
  }
  item.probe = options_.probe(request_of(p, snapshot_.results.plan.threads));
  return true;
}

void TimingWorker::visit(Item& item) {
  const bool first = item.probe == nullptr;
  if (first && !prepare(item)) return;
  if (first || item.pass_ms < shortest_trial_ms) {
    throw_if_interrupted();
    const double ms = bench::time_ms(*item.probe);
    item.pass_ms = first ? ms : std::min(item.pass_ms, ms);
    if (ms >= own_warm_up_ms) return add_trial(item, ms);
  }
  const int passes = passes_of_trial(item.pass_ms);
  double total = 0.0;
  for (int i = 0; i < passes; ++i) {
    throw_if_interrupted();
    total += bench::time_ms(*item.probe);
  }
  const double ms = total / passes;
  item.pass_ms = std::min(item.pass_ms, ms);
  add_trial(item, ms);
}

void TimingWorker::add_trial(Item& item, double ms) {
  ++item.trials;
  const std::scoped_lock lock(mutex_);
  item.result->trials_ms.push_back(ms);
  changed_ = true;
}

void TimingWorker::give_up(Item& item, const std::string& reason) {
  item.given_up = true;
  item.probe.reset();
  const std::scoped_lock lock(mutex_);
  item.result->problem = reason;
  changed_ = true;
}

int TimingWorker::trials_of(const Item& item) const {
  return trials_within(snapshot_.results.plan, item.pass_ms);
}

double TimingWorker::expected_ms(const Item& item) const {
  if (item.pass_ms > 0) return item.pass_ms;
  const TimingPoint& p = item.result->point;
  // The longest of the same curve says how far the model is off on this machine.
  double ratio = 1.0;
  for (const Item& other : items_) {
    const TimingPoint& o = other.result->point;
    if (other.pass_ms > 0 && o.curve == p.curve && o.device == p.device && o.steps < p.steps) {
      ratio = other.pass_ms / estimated_ms(o);
    }
  }
  return estimated_ms(p) * ratio;
}

void TimingWorker::show_progress() {
  double left_ms = 0.0;
  std::size_t done = 0;
  std::size_t all = 0;
  for (const Item& item : items_) {
    if (item.given_up) continue;
    const double pass_ms = expected_ms(item);
    left_ms += visit_ms(pass_ms) * std::max(0, trials_of(item) - item.trials);
    if (item.result->point.curve.neuron.empty()) continue;
    done += static_cast<std::size_t>(item.trials);
    all += static_cast<std::size_t>(std::max(item.trials, trials_of(item)));
  }
  const std::scoped_lock lock(mutex_);
  snapshot_.trials_done = done;
  snapshot_.trials = all;
  snapshot_.remaining_s = left_ms * 1e-3;
  snapshot_.elapsed_s = earlier_s_ + seconds_since(running_since_);
  changed_ = true;
}

void TimingWorker::may_go_on() {
  std::unique_lock lock(mutex_);
  if (paused_ && !cancelling_) {
    earlier_s_ += seconds_since(running_since_);
    snapshot_.state = TimingState::paused;
    snapshot_.now.clear();
    changed_ = true;
    woken_.wait(lock, [this] { return !paused_ || cancelling_; });
    running_since_ = Clock::now();
  }
  if (cancelling_) throw Interrupted{};
}

void TimingWorker::save() {
  TimingResults results;
  std::filesystem::path folder;
  {
    const std::scoped_lock lock(mutex_);
    results = snapshot_.results;
    folder = snapshot_.folder;
  }
  const auto measured = [](const TimingResult& r) { return !r.trials_ms.empty(); };
  if (options_.root.empty() || std::ranges::none_of(results.points, measured)) return;
  std::string problem = snapshot_.problem;  // of the measuring
  try {
    folder = save_timing(options_.root, folder, results);
  } catch (...) {
    problem = failure_sentence();
  }
  const std::scoped_lock lock(mutex_);
  snapshot_.folder = folder.string();
  snapshot_.problem = problem;
}

bool TimingWorker::end() {
  save();
  const std::scoped_lock lock(mutex_);
  if (!repeats_.empty() && !cancelling_) return false;
  earlier_s_ += seconds_since(running_since_);
  snapshot_.elapsed_s = earlier_s_;
  snapshot_.remaining_s = -1.0;
  snapshot_.now.clear();
  paused_ = false;
  snapshot_.state = cancelling_ ? TimingState::cancelled : TimingState::finished;
  changed_ = true;
  return true;
}

}  // namespace paralif
