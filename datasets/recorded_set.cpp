#include "datasets/recorded_set.h"

#include <algorithm>
#include <limits>
#include <list>
#include <mutex>
#include <stdexcept>
#include <unordered_map>
#include <unordered_set>

#include "datasets/error.h"
#include "datasets/packed_recording.h"

namespace paralif {

const char* name_of(DataPart part) {
  switch (part) {
    case DataPart::train:
      return "train";
    case DataPart::test:
      return "test";
    case DataPart::validation:
      return "validation";
  }
  return "";
}

/// Recordings by their last use, the newest first.
struct RecordedSet::Cache {
  struct Entry {
    std::int64_t sample;
    std::shared_ptr<const PackedRecording> recording;
  };

  mutable std::mutex mutex;
  std::list<Entry> entries;
  std::unordered_map<std::int64_t, std::list<Entry>::iterator> places;
  std::size_t bytes = 0;
  std::size_t limit = std::size_t{256} << 20;
  EventFlaws flaws;
  std::unordered_set<std::int64_t> told;  // samples whose flaws are counted

  std::shared_ptr<const PackedRecording> find(std::int64_t sample) {
    const std::lock_guard lock(mutex);
    const auto place = places.find(sample);
    if (place == places.end()) return nullptr;
    entries.splice(entries.begin(), entries, place->second);
    return place->second->recording;
  }

  void keep(std::int64_t sample, const std::shared_ptr<const PackedRecording>& recording) {
    const std::lock_guard lock(mutex);
    if (places.contains(sample) || recording->bytes() > limit) return;
    entries.push_front({sample, recording});
    places.emplace(sample, entries.begin());
    bytes += recording->bytes();
    trim();
  }

  void trim() {
    while (bytes > limit) {
      bytes -= entries.back().recording->bytes();
      places.erase(entries.back().sample);
      entries.pop_back();
    }
  }
};

RecordedSet::RecordedSet(SetDescription description)
    : description_(std::move(description)), cache_(std::make_unique<Cache>()) {}

RecordedSet::~RecordedSet() = default;

std::shared_ptr<const Recording> RecordedSet::read(std::int64_t sample) const {
  if (sample < 0 || sample >= size()) throw std::out_of_range("no such sample");
  if (const auto known = cache_->find(sample)) {
    return std::make_shared<const Recording>(known->unpack());
  }
  auto recording = std::make_shared<const Recording>(load(sample));
  if (recording->flaws.any()) {
    const std::lock_guard lock(cache_->mutex);
    if (cache_->told.insert(sample).second) cache_->flaws.add(recording->flaws);
  }
  cache_->keep(sample, std::make_shared<const PackedRecording>(*recording));
  return recording;
}

void RecordedSet::set_cache_limit(std::size_t bytes) {
  const std::lock_guard lock(cache_->mutex);
  cache_->limit = bytes;
  cache_->trim();
}

void RecordedSet::preload() {
  constexpr std::uintmax_t most = std::uintmax_t{64} << 30;
  constexpr std::uintmax_t ratio = 64;
  std::error_code none;
  const std::uintmax_t file = std::filesystem::is_regular_file(description_.path, none)
                                  ? std::filesystem::file_size(description_.path, none)
                                  : most;
  const std::uintmax_t limit =
      std::min(most, file < most / ratio ? file * ratio + (std::uintmax_t{16} << 20) : most);
  set_cache_limit(std::numeric_limits<std::size_t>::max());
  for (std::int64_t sample = 0; sample < size(); ++sample) {
    (void)read(sample);
    if (cached_bytes() <= limit) continue;
    throw Error(Error::Kind::file, description_.path.string(),
                "unpacks to more than " + std::to_string(limit >> 20) + " MiB, more than it can " +
                    "hold",
                "the file is damaged or made to mislead: take it from another source");
  }
}

EventFlaws RecordedSet::flaws() const {
  const std::lock_guard lock(cache_->mutex);
  return cache_->flaws;
}

std::size_t RecordedSet::cached_bytes() const {
  const std::lock_guard lock(cache_->mutex);
  return cache_->bytes;
}

}  // namespace paralif
