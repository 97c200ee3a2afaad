#include "core/kernels/interruption.h"

namespace paralif {
namespace {

thread_local const std::atomic<bool>* current_flag = nullptr;

}  // namespace

InterruptionScope::InterruptionScope(const std::atomic<bool>& flag) : outer_(current_flag) {
  current_flag = &flag;
}

InterruptionScope::~InterruptionScope() { current_flag = outer_; }

void throw_if_interrupted() {
  if (current_flag != nullptr && current_flag->load(std::memory_order_relaxed)) throw Interrupted{};
}

}  // namespace paralif
