// Folders and tables of results.
#include "core/timing/timing_files.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>

#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/readers/readable.h"
#include "datasets/text.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void cannot_make(const fs::path& folder, const std::string& reason) {
  throw Error(Error::Kind::file, folder.string(), "cannot make the folder of results: " + reason,
              "check the free space and the permissions, or choose another folder");
}

void write_all(const fs::path& folder, const TimingResults& results) {
  write_timing_hdf5(folder / timing_hdf5_name, results);
  write_timing_csv(folder / timing_csv_name, results);
  write_file(folder / timing_json_name, timing_record_json(results));
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

bool is_hdf5(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  char head[4] = {};
  file.read(head, sizeof head);
  return file && std::string_view(head, 4) == "\x89HDF";
}

}  // namespace

std::string timing_csv(const TimingResults& results) {
  std::string text =
      "neuron,evaluation,device,batch,steps,neurons,pass,median_ms,quartile_1_ms,quartile_3_ms,"
      "trials,trials_ms,least_gb_s,copy_gb_s,problem\n";
  for (const TimingResult& result : results.points) {
    const TimingPoint& p = result.point;
    const Spread spread = result.spread();
    text += fmt::format("{},{},{},{},{},{},{},", p.curve.neuron, p.curve.backend,
                        to_string(p.device), p.batch, p.steps, p.neurons, to_string(p.curve.pass));
    if (result.trials_ms.empty()) {
      text += ",,,0,,,,";
    } else {
      text += fmt::format("{},{},{},{},{},{},{},", spread.median, spread.first_quartile,
                          spread.third_quartile, result.trials_ms.size(),
                          fmt::join(result.trials_ms, " "), achieved_gb_s(result),
                          copy_gb_s(results, p));
    }
    text += result.problem.empty() ? "\n" : quoted(result.problem) + "\n";
  }
  return text;
}

void write_timing_csv(const fs::path& path, const TimingResults& results) {
  write_file(path, timing_csv(results));
}

fs::path save_timing(const fs::path& root, const fs::path& folder, const TimingResults& results) {
  if (!folder.empty()) {
    write_all(folder, results);
    return folder;
  }
  std::error_code code;
  fs::create_directories(root, code);
  if (code) cannot_make(root, code.message());
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  localtime_r(&now, &parts);
  const std::string name = fmt::format("{:%Y-%m-%d-%H%M%S}-timing", parts);
  for (int number = 1; number < 1000; ++number) {
    fs::path made = root / (number == 1 ? name : fmt::format("{}-{}", name, number));
    if (fs::exists(made, code)) continue;
    const fs::path aside = root / fmt::format(".{}.part", made.filename().string());
    if (!fs::create_directory(aside, code)) {
      if (code) cannot_make(aside, code.message());
      continue;  // another program is making this one
    }
    try {
      write_all(aside, results);
      fs::rename(aside, made, code);
      if (!code) return made;
      fs::remove_all(aside, code);
    } catch (...) {
      fs::remove_all(aside, code);
      throw;
    }
  }
  cannot_make(root / name, "too many results of one second");
}

bool is_timing_folder(const fs::path& folder) {
  std::error_code code;
  return fs::is_regular_file(folder / timing_json_name, code);
}

TimingResults read_timing(const fs::path& path) {
  std::error_code code;
  if (fs::is_directory(path, code)) {
    if (is_timing_folder(path)) return read_timing(path / timing_json_name);
    throw Error(Error::Kind::file, path.string(), "is not the folder of a running-time comparison",
                "choose one that holds timing.json");
  }
  require_readable_file(path);
  if (is_hdf5(path)) return read_timing_hdf5(path);
  return timing_from_json(read_file(path), path.string());
}

std::vector<TimingEntry> list_timings(const fs::path& root) {
  std::vector<TimingEntry> entries;
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(root, code)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || !is_timing_folder(entry.path())) continue;
    try {
      const TimingResults results = read_timing(entry.path());
      entries.push_back({entry.path(), results.plan.title, results.started, {}});
    } catch (const std::exception& error) {
      entries.push_back({entry.path(), printable(name) + " (damaged)", {}, error.what()});
    }
  }
  std::ranges::sort(entries, [](const TimingEntry& a, const TimingEntry& b) {
    return std::tie(b.started, b.folder) < std::tie(a.started, a.folder);
  });
  return entries;
}

}  // namespace paralif
