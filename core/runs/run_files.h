// The files of a run's folder, as text and HDF5. Shared by the writer and the readers.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <string>
#include <vector>

#include "core/values/metrics.h"
#include "core/values/record.h"
#include "core/values/run_status.h"

namespace paralif::run_files {

inline constexpr const char* experiment = "experiment.json";
inline constexpr const char* head = "run.json";
inline constexpr const char* metrics = "metrics.h5";
inline constexpr const char* epochs = "epochs";
inline constexpr const char* results = "results.json";
inline constexpr const char* checkpoint = "checkpoint.h5";
inline constexpr const char* best_checkpoint = "checkpoint-best.h5";
inline constexpr const char* weights = "weights.h5";
inline constexpr const char* log = "log.txt";
inline constexpr const char* lock = "lock";
inline constexpr const char* heartbeat = "heartbeat";
inline constexpr const char* marks = "marks.json";

/// The checkpoint to resume from: the newest, or `checkpoint.pt` of version 0.1. Empty when
/// there is none.
std::filesystem::path checkpoint_of(const std::filesystem::path& folder);

/// Whether nothing of a training lies there: a queued run, or one that failed or was killed before
/// its first batch. It begins anew.
bool is_untrained(const std::filesystem::path& folder);

/// Before a run is written to: its files are files and `epochs` is a folder, no links, pipes or
/// devices, which would lead writing elsewhere. Throws Error(file).
void require_own_files(const std::filesystem::path& folder);

/// Removes what writers left that died before they could rename it. Nobody may be writing.
void remove_dead_parts(const std::filesystem::path& folder);
/// Folders `.NAME.part` that a program left which died while it made a run, an hour ago or more.
void remove_unfinished_runs(const std::filesystem::path& root);

/// run.json.
struct Head {
  RunStatus status = RunStatus::queued;
  std::int64_t started_at = 0;  ///< seconds since 1970, UTC
  std::int64_t epochs_done = 0;
  std::optional<double> best_validation_accuracy;  ///< with a validation part only
  std::optional<double> best_test_accuracy;  ///< only in runs of versions that chose by the test
  double last_test_accuracy = 0.0;
  double train_seconds = 0.0;
  std::optional<std::int64_t> parameters;  ///< of the network; absent in runs of older versions
};

/// All writers write aside and rename; all readers throw Error(file).
void write_head(const std::filesystem::path& folder, const Head& head);
Head read_head(const std::filesystem::path& folder);

struct Metrics {
  std::vector<BatchMetrics> batches;
  std::vector<EpochMetrics> epochs;
};
void write_metrics(const std::filesystem::path& folder, const Metrics& metrics);
/// Adds the batches of `m` behind the first `batch_rows` of the file, and its epochs from index
/// `epoch_rows` on behind as many; memory is that of what is added. Throws Error(file), also where the
/// file is not as write_metrics() left it.
void append_metrics(const std::filesystem::path& folder, const Metrics& m, std::int64_t batch_rows,
                    std::size_t epoch_rows);
/// Throws Error(file) when there is none, or when it holds what no training writes.
Metrics read_metrics(const std::filesystem::path& folder);

std::filesystem::path epoch_file(const std::filesystem::path& folder, std::int64_t epoch);
/// What is kept of an epoch for a replay.
void write_epoch(const std::filesystem::path& folder, std::int64_t epoch, const Records& records);
/// All of it, or what the recorders of the wanted ids saw.
Records read_epoch(const std::filesystem::path& folder, std::int64_t epoch,
                   const std::function<bool(std::string_view id)>& wanted = {});
/// In ascending order.
std::vector<std::int64_t> list_epochs(const std::filesystem::path& folder);

}  // namespace paralif::run_files
