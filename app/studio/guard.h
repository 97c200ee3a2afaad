// One way for work of the window to fail: whatever is thrown becomes one sentence for people.
#pragma once

#include <QString>
#include <functional>
#include <utility>

namespace paralif {

struct Failure {
  QString sentence;
  QString subject;  ///< key of a field or path of a file; empty: neither
};

/// What the exception in flight says, of whatever type it is. Call it in a catch block.
Failure currentFailure();

/// Runs `work`. What it throws is handed to `failed` as a Failure. True: it threw nothing.
template <typename Work, typename Failed>
bool guarded(Work&& work, Failed&& failed) {
  try {
    std::forward<Work>(work)();
    return true;
  } catch (...) {
    std::forward<Failed>(failed)(currentFailure());
    return false;
  }
}

/// Hands a failure that nothing else shows to the window, from any thread.
void reportFailure(const Failure& failure);

/// Runs `work` in the global thread pool; what it throws goes to reportFailure().
void runInPool(std::function<void()> work);

}  // namespace paralif
