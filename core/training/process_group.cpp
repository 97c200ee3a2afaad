#include "core/training/process_group.h"

#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO
#endif
#include <fmt/format.h>
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>

#include <chrono>
#include <thread>

#include "core/kernels/interruption.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {

using torch::Tensor;

namespace {

// A process may wait for as long as process 0 tests or is paused.
constexpr auto patience = std::chrono::hours(24 * 7);
constexpr auto time_to_come = std::chrono::minutes(5);
constexpr auto time_to_explain = std::chrono::milliseconds(500);
constexpr auto pause_between_looks = std::chrono::microseconds(50);

}  // namespace

struct ProcessGroup::Gloo {
  c10::intrusive_ptr<c10d::FileStore> store;
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

ProcessGroup::ProcessGroup(ProcessShare share) : share_(std::move(share)) {}

ProcessGroup::~ProcessGroup() = default;

void ProcessGroup::wait_for_all() const {
  write_file(share_.presence_of(share_.rank), "");
  const auto until = std::chrono::steady_clock::now() + time_to_come;
  for (std::int64_t other = 0; other < share_.world; ++other) {
    std::error_code there;
    while (!std::filesystem::exists(share_.presence_of(other), there)) {
      throw_if_interrupted();
      throw_failure();
      if (std::chrono::steady_clock::now() > until) {
        throw Error(Error::Kind::device, fmt::format("process {} of {}", other + 1, share_.world),
                    "did not come within five minutes");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
}

void ProcessGroup::join() {
  wait_for_all();
  try {
    gloo_ = std::make_unique<Gloo>();
    gloo_->store = c10::make_intrusive<c10d::FileStore>(share_.file("store").string(),
                                                        static_cast<int>(share_.world));
    gloo_->store->setTimeout(time_to_come);
    auto options = c10d::ProcessGroupGloo::Options::create(time_to_come);
    options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForHostname(share_.host));
    options->timeout = patience;
    gloo_->group = c10::make_intrusive<c10d::ProcessGroupGloo>(
        gloo_->store, static_cast<int>(share_.rank), static_cast<int>(share_.world), options);
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    report();
  }
}

void ProcessGroup::throw_failure() const {
  for (std::int64_t other = 0; other < share_.world; ++other) {
    std::error_code there;
    if (other == share_.rank || !std::filesystem::exists(share_.failure_of(other), there)) continue;
    throw Error::shown_as(Error::Kind::device, "processes",
                          fmt::format("process {} of {} failed", other + 1, share_.world),
                          read_file(share_.failure_of(other)));
  }
}

void ProcessGroup::report() const {
  const auto until = std::chrono::steady_clock::now() + time_to_explain;
  do {
    throw_failure();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  } while (std::chrono::steady_clock::now() < until);
  throw Error::shown_as(Error::Kind::device, "processes",
                        fmt::format("another of {} processes", share_.world),
                        "is gone without a word", "resume the run");
}

void ProcessGroup::sum(Tensor& values, bool largest) {
  std::vector<Tensor> tensors{values};
  c10d::AllreduceOptions options;
  options.reduceOp = largest ? c10d::ReduceOp::MAX : c10d::ReduceOp::SUM;
  try {
    const auto work = gloo_->group->allreduce(tensors, options);
    while (!work->isCompleted()) {
      throw_if_interrupted();
      std::this_thread::sleep_for(pause_between_looks);
    }
    work->wait();  // throws what it failed with
  } catch (const std::exception&) {
    report();
  }
}

std::int64_t ProcessGroup::longest(std::int64_t steps) {
  Tensor value = torch::tensor({steps}, torch::kInt64);
  sum(value, true);
  return value.item<std::int64_t>();
}

void ProcessGroup::combine(std::vector<Tensor>& gradients, BatchTotals& totals) {
  Tensor counts = torch::tensor({totals.loss, static_cast<double>(totals.correct),
                                 static_cast<double>(totals.seen)},
                                torch::kFloat64);
  std::vector<Tensor> flat;
  flat.reserve(gradients.size());
  for (const Tensor& gradient : gradients) flat.push_back(gradient.reshape({-1}));
  Tensor all = torch::cat(flat).mul_(static_cast<double>(totals.seen));
  sum(counts, false);
  sum(all, false);
  const double* sums = counts.data_ptr<double>();
  totals = {sums[0], static_cast<std::int64_t>(sums[1]), static_cast<std::int64_t>(sums[2])};
  all.div_(sums[2]);
  std::int64_t from = 0;
  for (Tensor& gradient : gradients) {
    const std::int64_t count = gradient.numel();
    gradient.copy_(all.slice(0, from, from + count).reshape(gradient.sizes()));
    from += count;
  }
}

}  // namespace paralif
