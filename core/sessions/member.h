// The processes of a training besides the first, which alone tests, records and speaks.
#pragma once

#include "core/values/process_share.h"

namespace paralif {

/// Waits at the meeting place for what to train, trains this process's share of every batch, and
/// returns when process 0 has ended, whatever the reason. Throws Error after it has left the
/// sentence there for process 0 to report.
void train_as_member(const ProcessShare& share);

}  // namespace paralif
