// A sign of life of who trains a run, for machines whose locks do not reach each other: a small file
// that says on which machine, touched every few seconds.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>

namespace paralif {

class Heartbeat {
 public:
  static constexpr std::chrono::milliseconds usual_pause{10000};
  /// Longer without a touch, and it is taken for dead; several touches may be late on a network.
  static constexpr std::chrono::seconds longest_silence{60};

  /// Writes the file and touches it from a thread of its own until the end, then removes it. Where
  /// the folder cannot be written there is none; other writing says so.
  explicit Heartbeat(std::filesystem::path folder,
                     std::chrono::milliseconds pause = usual_pause);
  ~Heartbeat();
  Heartbeat(const Heartbeat&) = delete;
  Heartbeat& operator=(const Heartbeat&) = delete;

  /// The other machine whose sign of life in this folder is recent; empty: none, or this machine's
  /// own, for which locks speak.
  static std::string other_machine(const std::filesystem::path& folder);

 private:
  void beat();

  std::filesystem::path file_;
  std::chrono::milliseconds pause_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace paralif
