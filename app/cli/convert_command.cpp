// `paralif datasets convert`: one's own sounds, spike lists and points as a dataset.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "datasets/error.h"
#include "datasets/import/convert.h"
#include "datasets/readers/readable.h"
#include "datasets/tables/column_name.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

constexpr int stopped_by_user = 130;

struct ConvertRequest {
  std::string from;
  std::string out;
  std::string time_unit;
  std::string separator;
  std::string decimal;
  SpikeListMapping mapping;
  DatasetAbout about;
};

std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 10;
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
    shown.push_back(printable(names[i]));
  }
  return fmt::format("{}{}", fmt::join(shown, ", "),
                     names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
}

void print(const ConvertReport& report, const std::string& out) {
  fmt::print("Wrote {} samples to train and {} to test, of the classes {}, into {}.\n",
             report.train, report.test, some_of(report.class_names), printable(out));
  if (!report.read_as.empty()) fmt::print("Read as: {}.\n", printable(report.read_as));
  fmt::print("The longest lasts {:.3f} s.\n", report.longest_s);
  if (report.start_s > 0) {
    fmt::print("Times begin at up to {:.6f} s: those of each spike list are from its first spike.\n",
               report.start_s);
  }
  if (!report.silent.empty()) {
    fmt::print("{} without spikes: {}.\n", report.silent.size(), some_of(report.silent));
  }
  if (report.skipped > 0) fmt::print("{} rows were left out (--skip-bad).\n", report.skipped);
  if (!report.left_out.empty()) {
    fmt::print("{} files are no recordings: {}.\n", report.left_out.size(),
               some_of(report.left_out));
  }
  fmt::print("Train on them with: paralif train --dataset heidelberg --data-dir '{}'\n",
             printable(out));
}

int convert_table(const ConvertRequest& request) {
  const ConvertedPoints done =
      convert_points(request.from, request.out, request.mapping.table);
  fmt::print("Wrote {} points of the classes {} into {}.\n", done.points,
             some_of(done.class_names), printable(request.out));
  if (done.skipped > 0) fmt::print("{} rows were left out (--skip-bad).\n", done.skipped);
  fmt::print("Train on them with: paralif train --dataset points --data-dir '{}'\n",
             printable(request.out));
  return success;
}

int convert(ConvertRequest request) {
  if (!request.time_unit.empty()) {
    request.mapping.seconds_per_unit = seconds_of_unit(request.time_unit);
  }
  request.mapping.table.separator = separator_of(request.separator);
  request.mapping.table.decimal = decimal_of(request.decimal);
  if (is_file(request.from)) return convert_table(request);
  ConvertReport report;
  const InterruptGuard interrupts;
  try {
    ProgressLine progress;
    report = convert_folder(request.from, request.out, request.mapping, request.about,
                            [&](double share) {
                              progress.show(fmt::format("Converting {}", bar(share, 30)));
                              return InterruptGuard::count() == 0;
                            });
  } catch (const Error&) {
    if (InterruptGuard::count() == 0) throw;
    fmt::print(stderr, "paralif: the conversion was stopped; nothing was written\n");
    return stopped_by_user;
  }
  print(report, request.out);
  return success;
}

}  // namespace

void add_convert(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "convert",
      "Turn FROM/<class>/<recording> (sounds, or spike lists in text, numpy or HDF5) into a "
      "dataset in the format of the Heidelberg digits; or a table of points, FROM itself a file, "
      "into a points.csv.");
  auto request = std::make_shared<ConvertRequest>();
  SpikeListMapping& mapping = request->mapping;
  command
      ->add_option("FROM", request->from,
                   "One folder a class, with recordings in it; or a table of x, y and class")
      ->required();
  command->add_option("--out", request->out, "Folder to make, that is not there or is empty")
      ->required();
  command->add_option("--name", request->about.name, "What the dataset is called; else as OUT is");
  command->add_option("--licence", request->about.licence, "Its licence, kept in its files");
  command->add_option("--source", request->about.source,
                      "Where the recordings are from, kept in its files");
  command->add_option("--time-column", mapping.time_column,
                      "Spike lists: column of the time, counted from 0; else as the heading "
                      "names it, else 0");
  command->add_option("--unit-column", mapping.unit_column,
                      "Spike lists: column of the unit; else as the heading names it, else 1");
  command->add_option("--time-unit", request->time_unit,
                      "Spike lists: s, ms, us or ns; else as the heading says, else s")
      ->check(CLI::IsMember({"s", "ms", "us", "ns"}));
  command->add_option("--separator", request->separator,
                      "Tables: comma, semicolon, tab or blank (runs of blanks); else found out")
      ->check(CLI::IsMember({"comma", "semicolon", "tab", "blank"}));
  command->add_option("--decimal", request->decimal,
                      "Tables: the decimal sign, point or comma; else found out")
      ->check(CLI::IsMember({"point", "comma"}));
  command->add_flag("--skip-bad", mapping.table.skip_bad,
                    "Leave out rows that cannot be read, and say how many; else they are errors");
  command->add_option("--channels", mapping.channels,
                      "Units of spike lists must be below; a sound is divided into so many")
      ->check(CLI::Range(1, 700))
      ->capture_default_str();
  command->add_option("--times", mapping.times_name, "HDF5 spike lists: the array of times")
      ->capture_default_str();
  command->add_option("--units", mapping.units_name, "HDF5 spike lists: the array of units")
      ->capture_default_str();
  command->callback([&action, request] { action = [request] { return convert(*request); }; });
}

}  // namespace paralif::cli
