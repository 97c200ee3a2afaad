// Results as arrays in HDF5, and back.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/timing/timing_files.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/hdf5_file.h"

namespace paralif {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

/// What belongs to one curve on one device, in ascending length.
struct Line {
  TimingCurve curve;
  TimingDevice device;
  std::vector<const TimingResult*> points;
};

std::vector<Line> lines_of(const std::vector<TimingResult>& results) {
  std::vector<Line> lines;
  for (const TimingResult& result : results) {
    const TimingPoint& p = result.point;
    const auto same = [&](const Line& l) { return l.curve == p.curve && l.device == p.device; };
    auto line = std::ranges::find_if(lines, same);
    if (line == lines.end()) line = lines.insert(lines.end(), Line{p.curve, p.device, {}});
    line->points.push_back(&result);
  }
  return lines;
}

void write_line(Hdf5Writer& file, const std::string& group, const Line& line) {
  std::size_t trials = 0;
  for (const TimingResult* p : line.points) trials = std::max(trials, p->trials_ms.size());
  const auto count = static_cast<std::int64_t>(line.points.size());
  Array<std::int64_t> steps{{count}, {}};
  Array<double> times{{count, static_cast<std::int64_t>(trials)}, {}};
  Array<double> medians{{count}, {}};
  Array<double> quartiles{{count, 2}, {}};
  std::vector<std::pair<std::string, std::string>> problems;
  for (const TimingResult* p : line.points) {
    const Spread spread = p->spread();
    steps.values.push_back(p->point.steps);
    for (std::size_t i = 0; i < trials; ++i) {
      times.values.push_back(i < p->trials_ms.size() ? p->trials_ms[i]
                                                     : std::numeric_limits<double>::quiet_NaN());
    }
    medians.values.push_back(spread.median);
    quartiles.values.insert(quartiles.values.end(), {spread.first_quartile, spread.third_quartile});
    if (!p->problem.empty()) {
      problems.emplace_back(fmt::format("problem_{}", p->point.steps), p->problem);
    }
  }
  file.write(group + "/steps", steps);
  file.write(group + "/trials_ms", times);
  file.write(group + "/median_ms", medians);
  file.write(group + "/quartiles_ms", quartiles);
  file.attribute(group, "neuron", line.curve.neuron);
  file.attribute(group, "evaluation", line.curve.backend);
  file.attribute(group, "pass", std::string(to_string(line.curve.pass)));
  file.attribute(group, "device", to_string(line.device));
  for (const auto& [name, problem] : problems) file.attribute(group, name, problem);
}

std::string text_of(const std::map<std::string, Hdf5Attribute>& attributes, const char* name) {
  const auto found = attributes.find(name);
  const auto* text = found == attributes.end() ? nullptr : std::get_if<std::string>(&found->second);
  if (text == nullptr) throw std::out_of_range(name);
  return *text;
}

/// Adds the points of a group to the record.
void read_line(const Hdf5Reader& file, const std::string& group, Json& points) {
  const auto attributes = file.attributes(group);
  const Array<std::int64_t> steps = file.integers(group + "/steps");
  const Array<double> times = file.doubles(group + "/trials_ms");
  const std::size_t count = steps.values.size();
  if (times.shape.size() != 2 || times.shape[0] != static_cast<std::int64_t>(count)) {
    throw std::out_of_range("trials_ms");
  }
  const auto trials = static_cast<std::size_t>(times.shape[1]);
  for (std::size_t i = 0; i < count; ++i) {
    Json one{{"neuron", text_of(attributes, "neuron")},
             {"evaluation", text_of(attributes, "evaluation")},
             {"pass", text_of(attributes, "pass")},
             {"device", text_of(attributes, "device")},
             {"steps", steps.values[i]},
             {"trials_ms", Json::array()}};
    for (std::size_t k = 0; k < trials; ++k) {
      const double ms = times.values[i * trials + k];
      if (!std::isnan(ms)) one["trials_ms"].push_back(ms);
    }
    const std::string problem = fmt::format("problem_{}", steps.values[i]);
    if (attributes.contains(problem)) one["problem"] = text_of(attributes, problem.c_str());
    points.push_back(std::move(one));
  }
}

void read_group(const Hdf5Reader& file, const std::string& group, Json& points) {
  if (!file.contains(group)) return;
  for (const std::string& name : file.members(group)) read_line(file, group + "/" + name, points);
}

}  // namespace

void write_timing_hdf5(const fs::path& path, const TimingResults& results) {
  const Json record = Json::parse(timing_record_json(results));
  replace_file(path, [&](const fs::path& aside) {
    Hdf5Writer file(aside);
    file.attribute("/", "schema", record.at("schema").get<std::int64_t>());
    file.attribute("/", "kind", std::string("timing"));
    file.attribute("/", "started", results.started);
    file.attribute("/", "status", results.status);
    file.attribute("/", "plan", record.at("plan").dump());
    file.attribute("/", "machine", record.at("machine").dump());
    int number = 0;
    for (const Line& line : lines_of(results.points)) {
      write_line(file, fmt::format("curves/{:02}", number++), line);
    }
    number = 0;
    for (const Line& line : lines_of(results.copies)) {
      write_line(file, fmt::format("copies/{:02}", number++), line);
    }
    file.close();
  });
}

TimingResults read_timing_hdf5(const fs::path& path) {
  const Hdf5Reader file(path);
  Json record{{"points", Json::array()}, {"copies", Json::array()}};
  try {
    const auto attributes = file.attributes("/");
    record["kind"] = text_of(attributes, "kind");
    record["schema"] = std::get<std::int64_t>(attributes.at("schema"));
    record["started"] = text_of(attributes, "started");
    record["status"] = text_of(attributes, "status");
    record["plan"] = parse_json(text_of(attributes, "plan"), path.string());
    record["machine"] = parse_json(text_of(attributes, "machine"), path.string());
    read_group(file, "curves", record["points"]);
    read_group(file, "copies", record["copies"]);
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw Error(Error::Kind::file, path.string(),
                "holds no results of a running-time comparison, or is damaged",
                "choose a timing.json or timing.h5");
  }
  return timing_from_json(json_line(record), path.string());
}

}  // namespace paralif
