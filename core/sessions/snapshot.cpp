#include "core/sessions/snapshot.h"

namespace paralif {

std::string_view to_string(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return "idle";
    case SessionState::preparing:
      return "preparing";
    case SessionState::running:
      return "running";
    case SessionState::paused:
      return "paused";
    case SessionState::stopping:
      return "stopping";
    case SessionState::finished:
      return "finished";
    case SessionState::stopped:
      return "stopped";
    case SessionState::failed:
      return "failed";
  }
  return {};
}

}  // namespace paralif
