// Keeps side work under a share of the time that the main work takes.
#pragma once

#include <chrono>

namespace paralif {

class TimeShare {
 public:
  using Clock = std::chrono::steady_clock;

  explicit TimeShare(double share) : share_(share) {}

  /// Whether side work may take some time now, after `main_s` seconds of main work.
  [[nodiscard]] bool allows(double main_s) const { return spent_s_ <= share_ * main_s; }

  /// Runs side work and counts its time.
  template <typename Work>
  void spend(Work&& work) {
    const auto start = Clock::now();
    work();
    spent_s_ += std::chrono::duration<double>(Clock::now() - start).count();
  }

 private:
  double share_;
  double spent_s_ = 0.0;
};

}  // namespace paralif
