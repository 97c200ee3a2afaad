// Several processes that train one network on shares of every batch, joined by LibTorch's c10d with
// Gloo over TCP. They meet in a folder that all of them reach.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/training/batch_plan.h"
#include "core/training/gradient_sync.h"
#include "core/values/process_share.h"

namespace paralif {

class ProcessGroup final : public GradientSync {
 public:
  explicit ProcessGroup(ProcessShare share);
  ~ProcessGroup() override;
  ProcessGroup(const ProcessGroup&) = delete;
  ProcessGroup& operator=(const ProcessGroup&) = delete;

  /// Waits for all processes. Throws Error(device) where one does not come within five minutes or
  /// has failed, and Interrupted.
  void join();

  /// Throw Error(device) that says which process failed and why, as far as it said so, and
  /// Interrupted with nothing changed.
  std::int64_t longest(std::int64_t steps) override;
  void combine(std::vector<torch::Tensor>& gradients, BatchTotals& totals) override;

 private:
  struct Gloo;
  /// Waits until each has said that it is there.
  void wait_for_all() const;
  /// Throws what another process left as the reason of its failure, if one did.
  void throw_failure() const;
  [[noreturn]] void report() const;
  void sum(torch::Tensor& values, bool largest);

  ProcessShare share_;
  std::unique_ptr<Gloo> gloo_;
};

}  // namespace paralif
