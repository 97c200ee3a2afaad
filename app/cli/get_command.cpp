// `paralif datasets get`: a dataset from its publishers, once their terms have been shown.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/data_folder.h"
#include "datasets/download/get_dataset.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct GetRequest {
  std::string dataset;
  std::string folder;
  std::string server;
  bool yes = false;
};

/// Shows what it is and asks; without a terminal --yes is the answer.
bool agreed(const Dataset& dataset, const std::vector<RemoteFile>& files, bool yes) {
  fmt::print("{}: {}\nLicence: {}\nPlease cite: {}\n", dataset.title, dataset.size, dataset.licence,
             dataset.citation);
  for (const RemoteFile& file : files) fmt::print("  {}\n", file.url);
  if (yes) return true;
  if (::isatty(STDIN_FILENO) == 0) {
    throw Error(Error::Kind::setting, "yes", "is needed where nobody can be asked",
                "give --yes to agree to the licence above");
  }
  fmt::print("Download? [y/N] ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int get(const GetRequest& request) {
  const Dataset& dataset = dataset_named(request.dataset);
  const std::filesystem::path folder = data_folder(request.folder);
  GetOptions options;
  options.server = request.server;
  if (!request.server.empty() && !request.server.starts_with("http://") &&
      !request.server.starts_with("https://")) {
    throw Error(Error::Kind::setting, "--from", "'" + request.server + "' is no http address",
                "give one such as https://mirror/data");
  }
  const std::vector<RemoteFile> missing = missing_files(dataset, folder);
  if (!dataset.downloads.empty() && missing.empty()) {
    fmt::print("All of {} is in {} already.\n", dataset.title, printable(folder.string()));
    return success;
  }
  if (!missing.empty() && !agreed(dataset, missing, request.yes)) {
    fmt::print("Nothing was downloaded.\n");
    return success;
  }
  const InterruptGuard interrupts;
  ProgressLine line;
  options.progress = [&](const std::string& what, double share) {
    line.show(share < 0 ? what : fmt::format("{} {}", what, bar(share, 30)));
    return InterruptGuard::count() == 0;
  };
  try {
    get_dataset(dataset, folder, options);
  } catch (const DownloadStopped&) {
    line.clear();
    fmt::print(stderr, "paralif: stopped; the same command goes on where it was\n");
    return InterruptGuard::status();
  }
  line.clear();
  fmt::print("{} is in {}.\nTrain on it with: paralif train --dataset {} --data-dir '{}'\n",
             dataset.title, printable(folder.string()), dataset.name, printable(folder.string()));
  return success;
}

}  // namespace

void add_get(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "get", "Download a dataset from its publishers; what has come is kept where it breaks off.");
  auto request = std::make_shared<GetRequest>();
  command->add_option("NAME", request->dataset, "The dataset; see paralif datasets list")->required();
  command->add_option("--out", request->folder,
                      "Folder to put it into. Default: where training looks for data.");
  command->add_option("--from", request->server,
                      "Another server with the same files, such as http://mirror/data");
  command->add_flag("--yes", request->yes, "Agree to the licence without being asked");
  command->callback([&action, request] { action = [request] { return get(*request); }; });
}

}  // namespace paralif::cli
