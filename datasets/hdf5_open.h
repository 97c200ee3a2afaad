// The one way into HDF5 files: only what lies in the file itself, and no more memory than it holds.
// Private to the readers of this folder.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "datasets/hdf5_handle.h"

namespace paralif {

/// Opens a file to read. Throws Error(file) for what is missing, no regular file (a pipe would never
/// answer), not permitted, in use by another program, or no HDF5.
Hdf5Handle open_hdf5(const std::filesystem::path& path);

/// Throws Error(file) where the way to an object leads out of the file: by an external link, by a
/// soft link onto one, or in circles. A name that does not exist is no error here.
void require_inside(hid_t file, const std::filesystem::path& path, const std::string& name);

/// Opens an array whose numbers are in this file. Throws Error(file) where they are said to be in
/// others (external storage, virtual sets), or where there is no array of that name.
Hdf5Handle open_hdf5_array(hid_t file, const std::filesystem::path& path, const std::string& name);

/// The extents of an open array. Throws Error(file) where they, or the chunks they are stored in,
/// claim more than the file can hold, however well it was compressed, or more than `most_bytes`
/// with `item_bytes` a value in memory.
std::vector<std::int64_t> extents_held(hid_t array, const std::filesystem::path& path,
                                       const std::string& name, std::size_t item_bytes,
                                       std::uint64_t most_bytes);

}  // namespace paralif
