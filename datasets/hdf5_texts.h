// Arrays of texts in HDF5 files.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "datasets/hdf5_file.h"

namespace paralif {

/// Of variable or fixed length, row by row; a scalar has no extents. Throws Error(file) that names
/// the file and the object, also for more than a million texts or 64 MiB of them.
Array<std::string> read_hdf5_texts(const std::filesystem::path& path, const std::string& name);

/// Adds arrays of texts (variable length, UTF-8) to a file that is closed; groups on the way are made.
/// Throws Error(file).
void append_hdf5_texts(const std::filesystem::path& path,
                       const std::map<std::string, Array<std::string>>& texts);

}  // namespace paralif
