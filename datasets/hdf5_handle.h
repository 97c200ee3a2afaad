// Owners of HDF5 identifiers. Private to the readers and writers of this folder.
#pragma once

#include <hdf5.h>

#include <utility>

#include "datasets/hdf5_lock.h"

namespace paralif {

/// Closes an identifier when it goes.
class Hdf5Handle {
 public:
  using Closer = herr_t (*)(hid_t);

  Hdf5Handle() = default;
  Hdf5Handle(hid_t id, Closer closer) : id_(id), closer_(closer) {}
  ~Hdf5Handle() { reset(); }
  Hdf5Handle(Hdf5Handle&& other) noexcept
      : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, -1);
      closer_ = other.closer_;
    }
    return *this;
  }

  [[nodiscard]] hid_t get() const { return id_; }
  [[nodiscard]] bool valid() const { return id_ >= 0; }
  /// True when closing succeeded.
  bool reset() {
    if (id_ < 0) return true;
    const Hdf5Lock lock(hdf5_mutex());
    const bool closed = closer_(id_) >= 0;
    id_ = -1;
    return closed;
  }

 private:
  hid_t id_ = -1;
  Closer closer_ = nullptr;
};

/// To be called before HDF5 is used, in each thread: HDF5 prints its own error stack unless told
/// not to. Nor may it tidy up at exit: a file that could not be written to its end, on a full disk,
/// cannot be closed, and crashes it there. Nor may it ever follow a link into another file, which
/// may be anything, such as a pipe that never answers.
inline void quiet_hdf5() {
  static const bool no_exit_handler = H5dont_atexit() >= 0;
  static const bool no_external_links = H5Lunregister(H5L_TYPE_EXTERNAL) >= 0;
  static_cast<void>(no_exit_handler);
  static_cast<void>(no_external_links);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

}  // namespace paralif
