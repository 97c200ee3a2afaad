// One part of a recorded dataset: an index that is there at once, recordings read when asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "datasets/read_options.h"
#include "datasets/recording.h"

namespace paralif {

enum class DataPart : std::uint8_t { train, test, validation };

/// "train", "test" or "validation".
const char* name_of(DataPart part);

/// What is the same for all samples of a set.
struct SetDescription {
  std::string dataset;  ///< such as "heidelberg"
  SensorShape sensor;
  std::int64_t classes = 0;
  double tick_s = 1.0;         ///< seconds of one unit of Recording::time
  std::filesystem::path path;  ///< the file or folder it was found in
  ReadOptions options{};
  std::vector<std::string> class_names{};  ///< as the file has them (UTF-8); empty: it has none
};

/// Const calls may come from several threads at once.
class RecordedSet {
 public:
  explicit RecordedSet(SetDescription description);
  virtual ~RecordedSet();
  RecordedSet(const RecordedSet&) = delete;
  RecordedSet& operator=(const RecordedSet&) = delete;

  [[nodiscard]] const SetDescription& description() const { return description_; }
  [[nodiscard]] virtual std::int64_t size() const = 0;
  [[nodiscard]] virtual std::int64_t label(std::int64_t sample) const = 0;
  /// Where a sample comes from, such as "sample 12" or a file's path; for tables and errors.
  [[nodiscard]] virtual std::string origin(std::int64_t sample) const = 0;

  /// A sample, from the cache or from disk. Throws Error(file) that names file and sample.
  [[nodiscard]] std::shared_ptr<const Recording> read(std::int64_t sample) const;

  /// Bytes of recordings kept for the next time; 0 keeps none. 256 MiB unless told otherwise.
  void set_cache_limit(std::size_t bytes);
  /// Reads everything into memory. Throws Error(file) where that takes more than 64 GiB, or more
  /// than 64 times the bytes of a set that is one file: no honest file is packed so tightly.
  void preload();
  [[nodiscard]] std::size_t cached_bytes() const;

  /// What was wrong with the events of the samples read so far, each sample counted once.
  [[nodiscard]] EventFlaws flaws() const;

 protected:
  /// Reads a sample from disk; may be called from several threads at once.
  [[nodiscard]] virtual Recording load(std::int64_t sample) const = 0;

  SetDescription& described() { return description_; }

 private:
  struct Cache;
  SetDescription description_;
  std::unique_ptr<Cache> cache_;
};

}  // namespace paralif
