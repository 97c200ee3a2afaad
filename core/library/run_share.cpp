#include "core/library/run_share.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "core/experiments/experiment_file.h"
#include "core/experiments/training_changes.h"
#include "core/runs/run_files.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_marks.h"
#include "core/runs/run_store.h"
#include "core/values/json_document.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/checksum.h"
#include "datasets/data_folder.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"
#include "datasets/readers/zip_archive.h"
#include "datasets/text.h"
#include "datasets/zip_writer.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

/// No checkpoint.pt of version 0.1, which is a pickle, and no lock.
constexpr const char* shared_files[] = {
    run_files::experiment, run_files::head,    run_files::metrics,         run_files::results,
    run_files::checkpoint, run_files::weights, run_files::best_checkpoint, run_files::log,
    run_files::marks,      "changes.json",     provenance_file};

constexpr std::size_t most_entries = 100'000;
constexpr std::uint64_t largest_json = 16U << 20U;

/// "epochs/0001.h5".
bool is_epoch(const std::string& name) {
  const std::string folder = std::string(run_files::epochs) + "/";
  if (!name.starts_with(folder) || !name.ends_with(".h5")) return false;
  const std::string number = name.substr(folder.size(), name.size() - folder.size() - 3);
  return !number.empty() && number.size() <= 9 &&
         std::ranges::all_of(number, [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_shared(const std::string& name) {
  return std::ranges::find(shared_files, name) != std::end(shared_files) || is_epoch(name);
}

std::uint64_t checksum_of_file(const fs::path& path, JobControl& control) {
  std::ifstream file(path, std::ios::binary);
  Checksum sum;
  std::vector<char> piece(1 << 20);
  while (file) {
    control.check();
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    sum.add({piece.data(), static_cast<std::size_t>(file.gcount())});
  }
  return sum.value();
}

/// Files of the dataset that are there; of folders only the name.
Json dataset_files(const DatasetSettings& dataset, JobControl& control) {
  Json files = Json::array();
  if (!is_recorded_dataset(dataset.name)) return files;
  std::set<fs::path> seen;
  for (const DataPart part : {DataPart::train, DataPart::test}) {
    const fs::path path = find_part(dataset.name, part, data_folder(dataset.data_dir));
    if (path.empty() || !seen.insert(path).second) continue;
    Json one{{"name", as_utf8(path.filename().string())}};
    std::error_code code;
    if (fs::is_regular_file(path, code)) {
      one["bytes"] = fs::file_size(path, code);
      one["xxh64"] = fmt::format("{:016x}", checksum_of_file(path, control));
    }
    files.push_back(std::move(one));
  }
  return files;
}

std::string provenance_of(const fs::path& run, const Provenance& provenance, JobControl& control) {
  const Experiment experiment = read_summary(run).experiment;
  std::string command;
  try {
    command = command_line_of(experiment);
  } catch (const Error&) {
    // A list of layers that no flag can say.
  }
  return Json{{"schema", 1},
              {"program", provenance.program},
              {"machine", provenance.machine},
              {"shared_utc", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
              {"command", command},
              {"seed", experiment.seed},
              {"dataset", experiment.dataset.name},
              {"dataset_files", dataset_files(experiment.dataset, control)}}
             .dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

[[noreturn]] void refuse(const fs::path& file, const std::string& problem) {
  throw Error(Error::Kind::file, file.string(), problem, "ask for the file again");
}

void check_names(const fs::path& file, const std::vector<std::string>& names) {
  if (names.size() > most_entries) refuse(file, "has more entries than a run can have");
  std::set<std::string> seen;
  for (const std::string& name : names) {
    if (!is_shared(name)) refuse(file, fmt::format("holds '{}', which is no file of a run", printable(name.substr(0, 80))));
    if (!seen.insert(name).second) refuse(file, fmt::format("holds '{}' twice", name));
  }
  for (const char* needed : {run_files::experiment, run_files::head}) {
    if (!seen.contains(needed)) refuse(file, fmt::format("is no shared run: it has no {}", needed));
  }
}

void unpack(const fs::path& file, const fs::path& folder, JobControl& control) {
  const ZipArchive archive(file);
  check_names(file, archive.names());
  std::error_code code;
  std::uint64_t room = fs::space(folder, code).available;
  if (code) room = 0;
  const auto count = static_cast<double>(archive.names().size());
  for (std::uint64_t entry = 0; entry < archive.names().size(); ++entry) {
    control.check();
    const std::string& name = archive.names()[entry];
    if (is_epoch(name)) fs::create_directories(folder / run_files::epochs);
    const std::uint64_t limit = !name.ends_with(".h5") ? std::min(room, largest_json) : room;
    room -= archive.unpack(entry, folder / name, limit, control.cancel_flag());
    control.progress(static_cast<double>(entry + 1) / count);
  }
}

/// Reads what is read when the run is shown, and opens what is read when it goes on.
void check_contents(const fs::path& folder, JobControl& control) {
  (void)read_run_at(folder, 0);
  (void)read_marks(folder);
  (void)read_changes(folder);
  std::error_code code;
  if (fs::exists(folder / provenance_file, code)) (void)read_json(folder / provenance_file);
  for (const char* name : {run_files::checkpoint, run_files::best_checkpoint, run_files::weights}) {
    if (fs::exists(folder / name, code)) const Hdf5Reader file(folder / name);
  }
  for (const std::int64_t epoch : run_files::list_epochs(folder)) {
    control.check();
    (void)run_files::read_epoch(folder, epoch);
  }
}

/// A name for the folder, from the archive's.
std::string folder_name(const fs::path& file) {
  std::string name;
  for (const char c : file.stem().string()) {
    const auto byte = static_cast<unsigned char>(c);
    const bool good = byte < 128 && (std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.');
    name += good ? c : '-';
  }
  name.erase(0, std::min(name.find_first_not_of('.'), name.size()));
  return name.empty() ? "shared" : name.substr(0, 100);
}

}  // namespace

void share_run(const fs::path& run, const fs::path& file, const Provenance& provenance,
               JobControl& control) {
  if (RunLock::is_held(run)) {
    throw Error(Error::Kind::file, run.string(), "is being trained", "share it when that has ended");
  }
  const std::string told = provenance_of(run, provenance, control);
  std::vector<std::pair<std::string, fs::path>> files;
  std::error_code code;
  for (const char* name : shared_files) {
    if (name == std::string(provenance_file)) continue;
    if (fs::is_regular_file(fs::symlink_status(run / name, code))) files.emplace_back(name, run / name);
  }
  for (const std::int64_t epoch : run_files::list_epochs(run)) {
    const fs::path path = run_files::epoch_file(run, epoch);
    files.emplace_back(fmt::format("{}/{}", run_files::epochs, path.filename().string()), path);
  }
  write_zip(file, {{provenance_file, told}}, files, control.cancel_flag());
  control.check();
}

fs::path take_shared_run(const fs::path& file, const fs::path& root, JobControl& control) {
  std::error_code code;
  fs::create_directories(root, code);
  const std::string name = folder_name(file);
  for (int number = 1; number < 1000; ++number) {
    const fs::path folder = root / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (fs::exists(fs::symlink_status(folder, code))) continue;
    const fs::path aside = root / fmt::format(".{}.part", folder.filename().string());
    if (!fs::create_directory(aside, code)) {
      if (code) break;
      continue;  // another is taking one of this name
    }
    try {
      unpack(file, aside, control);
      try {
        check_contents(aside, control);
      } catch (const JobCancelled&) {
        throw;
      } catch (const std::exception& error) {
        refuse(file, "holds no run that can be read: " + problem_in_folder(error));
      }
      fs::rename(aside, folder);
      return folder;
    } catch (...) {
      fs::remove_all(aside, code);
      throw;
    }
  }
  throw Error(Error::Kind::file, root.string(), "cannot take in a run",
              "check the free space and the permissions, or choose another --dir");
}

}  // namespace paralif
