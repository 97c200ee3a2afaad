// A job whose progress is a line of the terminal.
#pragma once

#include <functional>

#include "core/values/job.h"

namespace paralif::cli {

/// Runs `work` as a job that Ctrl+C cancels; its exit status. Throws what it throws.
int as_job(const std::function<void(JobControl&)>& work);

}  // namespace paralif::cli
