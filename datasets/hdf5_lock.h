// One lock for all of HDF5, which need not have been built for several threads.
#pragma once

#include <mutex>

namespace paralif {

/// Held around every call into HDF5; a thread may take it again.
inline std::recursive_mutex& hdf5_mutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

using Hdf5Lock = std::lock_guard<std::recursive_mutex>;

}  // namespace paralif
