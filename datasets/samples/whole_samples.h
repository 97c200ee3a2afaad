// Sample data that is there whole or not at all. Private to sample_data.cpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace paralif {

/// `entries` are names of what will be written, refused at once where they are there. Calls `write`
/// with a new folder, then puts what it wrote into `folder`: in one step where that
/// is new or empty; else entry by entry, which a note says until it is done. Entries that are there
/// already are refused, unless that note says that they are of an attempt that was cut off. When
/// `write` throws nothing is left; what a process that was killed left is removed by the next call.
/// Throws Error(file).
void write_whole(const std::filesystem::path& folder, const std::string& dataset,
                 const std::vector<std::string>& entries,
                 const std::function<void(const std::filesystem::path& aside)>& write);

/// Whether sample data of a dataset in this folder was cut off while it was put there.
bool is_cut_off(const std::filesystem::path& folder, const std::string& dataset);

}  // namespace paralif
