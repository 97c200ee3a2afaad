// The whole record as JSON, and back.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/timing/timing_files.h"
#include "core/values/json_document.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema = 1;
constexpr double longest_ms = 1e12;  // thirty years

Json json_of(const TimingPlan& plan) {
  Json curves = Json::array();
  for (const TimingCurve& curve : plan.curves) {
    curves.push_back(curve_text(curve));
  }
  Json devices = Json::array();
  for (const TimingDevice& device : plan.devices) devices.push_back(to_string(device));
  return {{"title", plan.title},     {"curves", std::move(curves)}, {"devices", std::move(devices)},
          {"threads", plan.threads}, {"batch", plan.batch},         {"neurons", plan.neurons},
          {"lengths", plan.lengths}, {"trials", plan.trials},       {"budget_s", plan.budget_s},
          {"limit_s", plan.limit_s}};
}

/// A whole number: nlohmann converts real numbers of any size without a word.
template <typename T>
T whole(const Json& json) {
  if (!json.is_number_integer() || !std::in_range<T>(json.get<std::int64_t>())) {
    throw Error(Error::Kind::setting, json_line(json), "is no whole number of its range");
  }
  return static_cast<T>(json.get<std::int64_t>());
}

TimingPlan plan_of(const Json& json) {
  TimingPlan plan;
  json.at("title").get_to(plan.title);
  for (const Json& curve : json.at("curves")) {
    plan.curves.push_back(timing_curve(curve));
  }
  plan.devices.clear();
  for (const Json& device : json.at("devices")) plan.devices.push_back(timing_device(device));
  plan.threads = whole<int>(json.at("threads"));
  plan.batch = whole<std::int64_t>(json.at("batch"));
  plan.neurons = whole<std::int64_t>(json.at("neurons"));
  plan.lengths.clear();
  for (const Json& length : json.at("lengths")) {
    plan.lengths.push_back(whole<std::int64_t>(length));
  }
  plan.trials = whole<int>(json.at("trials"));
  json.at("budget_s").get_to(plan.budget_s);
  json.at("limit_s").get_to(plan.limit_s);
  validate(plan);
  return plan;
}

Json json_of(const TimingMachine& m) {
  return {{"cpu", m.host.cpu},
          {"cores", m.host.cores},
          {"threads", m.host.threads},
          {"memory_gib", m.host.memory_gib},
          {"instruction_set", m.host.instruction_set},
          {"libtorch", m.host.libtorch},
          {"compiler", m.host.compiler},
          {"system", m.host.system},
          {"gpus", m.gpus},
          {"copy_gb_s", m.copy_gb_s},
          {"load", m.load}};
}

TimingMachine machine_of(const Json& json) {
  TimingMachine m;
  json.at("cpu").get_to(m.host.cpu);
  m.host.cores = whole<int>(json.at("cores"));
  m.host.threads = whole<int>(json.at("threads"));
  json.at("memory_gib").get_to(m.host.memory_gib);
  json.at("instruction_set").get_to(m.host.instruction_set);
  json.at("libtorch").get_to(m.host.libtorch);
  json.at("compiler").get_to(m.host.compiler);
  json.at("system").get_to(m.host.system);
  json.at("gpus").get_to(m.gpus);
  json.at("copy_gb_s").get_to(m.copy_gb_s);
  json.at("load").get_to(m.load);
  return m;
}

Json json_of(const std::vector<TimingResult>& results) {
  Json all = Json::array();
  for (const TimingResult& result : results) {
    Json one{{"neuron", result.point.curve.neuron},
             {"evaluation", result.point.curve.backend},
             {"pass", to_string(result.point.curve.pass)},
             {"device", to_string(result.point.device)},
             {"steps", result.point.steps},
             {"trials_ms", result.trials_ms}};
    if (!result.problem.empty()) one["problem"] = result.problem;
    all.push_back(std::move(one));
  }
  return all;
}

TimingPass pass_of(const Json& json) {
  const auto pass = timing_pass(json.at("pass").get<std::string>());
  if (!pass) throw Error(Error::Kind::setting, "pass", "is unknown");
  return *pass;
}

std::vector<TimingResult> results_of(const Json& json, const TimingPlan& plan) {
  std::vector<TimingResult> results;
  for (const Json& one : json) {
    TimingResult result;
    result.point = {{one.at("neuron"), one.at("evaluation"), pass_of(one)},
                    timing_device(one.at("device")),
                    plan.batch,
                    whole<std::int64_t>(one.at("steps")),
                    plan.neurons};
    one.at("trials_ms").get_to(result.trials_ms);
    for (const double ms : result.trials_ms) {
      if (!(ms >= 0.0 && ms < longest_ms)) {
        throw Error(Error::Kind::setting, "trials_ms", "holds an impossible time");
      }
    }
    result.problem = one.value("problem", "");
    results.push_back(std::move(result));
  }
  return results;
}

}  // namespace

std::string timing_record_json(const TimingResults& results) {
  const Json json{{"schema", schema},
                  {"kind", "timing"},
                  {"started", results.started},
                  {"status", results.status},
                  {"plan", json_of(results.plan)},
                  {"machine", json_of(results.machine)},
                  {"points", json_of(results.points)},
                  {"copies", json_of(results.copies)}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

TimingResults timing_from_json(const std::string& text, const std::string& origin) {
  const auto reject = [&](const std::string& problem, const std::string& remedy) {
    throw Error(Error::Kind::file, origin, problem, remedy);
  };
  const Json json = parse_json(text, origin);
  TimingResults results;
  if (json.is_object() && json.contains("machine") && json.contains("results")) {
    reject("is a printed summary without the single trials", "open the timing.json of its folder");
  }
  const Json kind = json.is_object() ? json.value("kind", Json()) : Json();
  if (kind != "timing") {
    reject("holds no results of a running-time comparison", "choose a timing.json or timing.h5");
  }
  try {
    if (whole<std::int64_t>(json.at("schema")) > schema) {
      reject("is from a newer version of the program", "update ParaLIF Studio");
    }
    json.at("started").get_to(results.started);
    json.at("status").get_to(results.status);
    results.plan = plan_of(json.at("plan"));
    results.machine = machine_of(json.at("machine"));
    results.points = results_of(json.at("points"), results.plan);
    results.copies = results_of(json.at("copies"), results.plan);
  } catch (const nlohmann::json::exception&) {
    reject("is damaged", "choose another file");
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::file) throw;
    reject(fmt::format("is damaged: {} {}", error.subject(), error.problem()),
           "choose another file");
  }
  return results;
}

}  // namespace paralif
