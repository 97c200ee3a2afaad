// A dataset from its publishers into the data folder.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "datasets/catalogue/dataset.h"
#include "datasets/download/download.h"

namespace paralif {

struct GetOptions {
  /// Another server with the same files, such as "http://mirror.example/data"; empty: the
  /// publishers' own.
  std::string server{};
  /// Told what is done now ("Downloading shd_train.h5.zip") and its share, below 0 where it is not
  /// known; returns false to stop.
  std::function<bool(const std::string& what, double share)> progress{};
  int tries = 5;
  double pause_s = 1.0;
};

/// What of a dataset's downloads is not in the folder yet.
std::vector<RemoteFile> missing_files(const Dataset& dataset, const std::filesystem::path& folder);

/// Downloads what is missing and unpacks it; what is there stays as it is. Files are whole or
/// absent. Throws Error(setting) for a dataset that cannot be had so, with what to do in its place,
/// Error(file) and DownloadStopped.
void get_dataset(const Dataset& dataset, const std::filesystem::path& folder,
                 const GetOptions& options = {});

}  // namespace paralif
