// `paralif datasets convert`: one's own sounds and spike lists as a dataset.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "datasets/import/convert.h"

namespace paralif::cli {
namespace {

struct ConvertRequest {
  std::string folder;
  std::string out;
  std::string time_unit = "s";
  SpikeListMapping mapping;
};

int convert(ConvertRequest request) {
  if (request.time_unit == "ms") request.mapping.seconds_per_unit = 1e-3;
  if (request.time_unit == "us") request.mapping.seconds_per_unit = 1e-6;
  ConvertReport report;
  {
    const InterruptGuard interrupts;
    ProgressLine progress;
    report = convert_folder(request.folder, request.out, request.mapping, [&](double share) {
      progress.show(fmt::format("Converting {}", bar(share, 30)));
      return InterruptGuard::count() == 0;
    });
  }
  fmt::print("Wrote {} samples to train and {} to test, of the classes {}, into {}.\n",
             report.train, report.test, fmt::join(report.class_names, ", "), request.out);
  fmt::print("Train on them with: paralif train --dataset heidelberg --data-dir '{}'\n",
             request.out);
  return success;
}

}  // namespace

void add_convert(CLI::App& parent, Action& action) {
  auto* command = parent.add_subcommand(
      "convert",
      "Turn FOLDER/<class>/<recording> (sounds, or spike lists in CSV, numpy or HDF5) into a "
      "dataset in the format of the Heidelberg digits.");
  auto request = std::make_shared<ConvertRequest>();
  command->add_option("FOLDER", request->folder, "One folder a class, with recordings in it")
      ->required();
  command->add_option("--out", request->out, "Folder to write into")->required();
  command->add_option("--time-column", request->mapping.time_column,
                      "Spike lists: column of the time, counted from 0");
  command->add_option("--unit-column", request->mapping.unit_column,
                      "Spike lists: column of the unit");
  command->add_option("--time-unit", request->time_unit, "Spike lists: s, ms or us")
      ->check(CLI::IsMember({"s", "ms", "us"}));
  command->add_option("--times", request->mapping.times_name,
                      "HDF5 spike lists: the array of times");
  command->add_option("--units", request->mapping.units_name,
                      "HDF5 spike lists: the array of units");
  command->callback([&action, request] { action = [request] { return convert(*request); }; });
}

}  // namespace paralif::cli
