#include "core/sweeps/sweep_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/values/counter_random.h"
#include "core/values/json_document.h"
#include "core/values/parameter_text.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

constexpr int schema = 1;
constexpr const char* mode_names[] = {"grid", "random", "list"};

[[noreturn]] void refuse(const std::string& key, const std::string& problem,
                         const std::string& remedy = {}) {
  throw Error(Error::Kind::setting, key, problem, remedy);
}

void check_count(std::size_t count) {
  if (count == 0) refuse("vary", "names no setting with several values", "give --vary NAME=A|B");
  if (count > SweepPlan::most_trials) {
    refuse("vary", fmt::format("makes more than {} runs", SweepPlan::most_trials),
           "leave out values");
  }
}

std::vector<Settings> grid_of(const SweepPlan& plan) {
  check_count(plan.axes.size());
  std::size_t count = 1;
  for (const SweepAxis& axis : plan.axes) {
    if (axis.range) refuse(axis.key, "is a range, of which a grid has no values", "list them, or draw --random N");
    count *= axis.values.size();
    check_count(count);
  }
  std::vector<Settings> all;
  for (std::size_t i = 0; i < count; ++i) {
    Settings one(plan.axes.size());
    std::size_t rest = i;
    for (std::size_t a = plan.axes.size(); a-- > 0;) {
      const SweepAxis& axis = plan.axes[a];
      one[a] = {axis.key, axis.values[rest % axis.values.size()]};
      rest /= axis.values.size();
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<Settings> drawn_of(const SweepPlan& plan) {
  if (plan.trials < 1) refuse("random", "draws no trial", "draw at least one");
  check_count(plan.axes.empty() ? 0 : static_cast<std::size_t>(plan.trials));
  std::vector<Settings> all;
  for (std::int64_t t = 0; t < plan.trials; ++t) {
    Settings one;
    for (std::size_t a = 0; a < plan.axes.size(); ++a) {
      const SweepAxis& axis = plan.axes[a];
      const double share =
          uniform_at(keyed(static_cast<std::uint64_t>(plan.seed), a), static_cast<std::uint64_t>(t));
      const auto count = static_cast<double>(axis.values.size());
      one.emplace_back(axis.key, axis.range ? value_at(axis, share)
                                            : axis.values[static_cast<std::size_t>(share * count)]);
    }
    all.push_back(std::move(one));
  }
  return all;
}

/// Those of every trial.
std::vector<Settings> settings_of(const SweepPlan& plan) {
  for (std::size_t a = 0; a < plan.axes.size(); ++a) {
    check(plan.axes[a]);
    for (std::size_t b = 0; b < a; ++b) {
      if (plan.axes[a].key != plan.axes[b].key) continue;
      refuse(plan.axes[a].key, "varies twice", "list all its values once");
    }
  }
  if (plan.mode == SweepMode::random) return drawn_of(plan);
  if (plan.mode == SweepMode::grid) return grid_of(plan);
  check_count(plan.list.size());
  return plan.list;
}

std::string name_of(const std::string& key) {
  const Field* field = find_field(key);
  return field != nullptr && !field->flag.empty() ? std::string(field->flag) : key;
}

SweepAxis axis_from(const nlohmann::json& json) {
  SweepAxis axis;
  axis.key = json.at("key").get<std::string>();
  if (json.contains("from")) {
    axis.range = SweepAxis::Range{json.at("from").get<double>(), json.at("to").get<double>(),
                                  json.value("scale", "linear") == "log"};
  } else {
    axis.values = json.at("values").get<std::vector<std::string>>();
  }
  check(axis);
  return axis;
}

}  // namespace

std::vector<std::string> varied_keys(const SweepPlan& plan) {
  std::vector<std::string> keys;
  const auto add = [&](const std::string& key) {
    if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  };
  if (plan.mode == SweepMode::list) {
    for (const Settings& one : plan.list) {
      for (const auto& [key, value] : one) add(key);
    }
  } else {
    for (const SweepAxis& axis : plan.axes) add(axis.key);
  }
  return keys;
}

std::size_t trial_count(const SweepPlan& plan) { return settings_of(plan).size(); }

std::vector<SweepTrial> trials_of(const SweepPlan& plan, std::size_t most) {
  std::vector<Settings> all = settings_of(plan);
  if (all.size() > most) all.resize(most);
  std::vector<SweepTrial> trials;
  trials.reserve(all.size());
  for (const Settings& settings : all) {
    SweepTrial trial;
    trial.number = static_cast<std::int64_t>(trials.size()) + 1;
    trial.settings = settings;
    trial.experiment = plan.base;
    for (const auto& [key, value] : settings) {
      const Field* field = find_field(key);
      if (field == nullptr) refuse(key, "is no setting of an experiment");
      field->set(trial.experiment, parse_parameter(*field, value));
    }
    trial.experiment.title = fmt::format("{}: {}", plan.name, text_of(settings));
    const auto problems = problems_of(trial.experiment);
    if (!problems.empty()) {
      refuse(problems.front().key, fmt::format("cannot be run with {}: {}", text_of(settings),
                                               problems.front().sentence));
    }
    trials.push_back(std::move(trial));
  }
  return trials;
}

std::string text_of(const Settings& settings) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : settings) parts.push_back(fmt::format("{} {}", name_of(key), value));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string to_json(const SweepPlan& plan) {
  using Json = nlohmann::ordered_json;
  Json axes = Json::array();
  for (const SweepAxis& axis : plan.axes) {
    if (axis.range) {
      axes.push_back({{"key", axis.key},
                      {"from", axis.range->low},
                      {"to", axis.range->high},
                      {"scale", axis.range->logarithmic ? "log" : "linear"}});
    } else {
      axes.push_back({{"key", axis.key}, {"values", axis.values}});
    }
  }
  Json json{{"schema", schema},
            {"name", plan.name},
            {"mode", mode_names[static_cast<int>(plan.mode)]},
            {"axes", axes}};
  if (plan.mode == SweepMode::random) json.update({{"trials", plan.trials}, {"seed", plan.seed}});
  if (plan.mode == SweepMode::list) {
    Json list = Json::array();
    for (const Settings& settings : plan.list) {
      Json one = Json::object();
      for (const auto& [key, value] : settings) one[key] = value;
      list.push_back(std::move(one));
    }
    json["list"] = std::move(list);
  }
  json["threads"] = plan.threads;
  json["base"] = Json::parse(to_json(plan.base));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

SweepPlan sweep_from_json(const std::string& text, const std::string& origin) {
  const nlohmann::json json = parse_json(text, origin);
  SweepPlan plan;
  try {
    if (json.at("schema").get<int>() > schema) {
      throw Error(Error::Kind::file, origin, "is from a newer version of the program",
                  "update ParaLIF Studio");
    }
    plan.name = json.value("name", "sweep");
    const auto mode = json.value("mode", "grid");
    const auto found = std::ranges::find(mode_names, mode);
    if (found == std::end(mode_names)) {
      throw Error(Error::Kind::file, origin, "'mode' is not grid, random or list");
    }
    plan.mode = static_cast<SweepMode>(found - std::begin(mode_names));
    for (const auto& axis : json.value("axes", nlohmann::json::array())) plan.axes.push_back(axis_from(axis));
    plan.trials = json.value("trials", std::int64_t{0});
    plan.seed = json.value("seed", std::int64_t{0});
    plan.threads = json.value("threads", std::int64_t{1});
    if (plan.threads < 1 || plan.threads > 4096) {
      throw Error(Error::Kind::file, origin, "'threads' is not 1 to 4096");
    }
    for (const auto& one : json.value("list", nlohmann::json::array())) {
      Settings settings;
      for (const auto& [key, value] : one.items()) settings.emplace_back(key, value.get<std::string>());
      plan.list.push_back(std::move(settings));
    }
    plan.base = experiment_from_json(json.at("base").dump(), origin);
  } catch (const nlohmann::json::exception&) {
    throw Error(Error::Kind::file, origin, "is not the plan of a sweep",
                "its members are described in docs/runs.md");
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::file) throw;
    throw Error(Error::Kind::file, origin, error.what());
  }
  return plan;
}

}  // namespace paralif
