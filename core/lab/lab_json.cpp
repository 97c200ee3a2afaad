// Members by name, both ways.
#include "core/lab/lab_json.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/lab/lab_parameters.h"

namespace paralif::lab {
namespace {

constexpr std::array shapes{SegmentShape::level, SegmentShape::ramp,  SegmentShape::noise,
                            SegmentShape::sine,  SegmentShape::chirp, SegmentShape::poisson,
                            SegmentShape::points};

[[noreturn]] void reject(const std::string& sentence) {
  throw std::invalid_argument(sentence);
}

double number(const Json& json, const std::string& key) {
  if (!json.is_number()) reject(key + " is " + json.dump() + ", not a number");
  return json.get<double>();
}

std::uint64_t count(const Json& json, const std::string& key) {
  if (!json.is_number_unsigned()) reject(key + " is " + json.dump() + ", not a whole number");
  return json.get<std::uint64_t>();
}

constexpr std::pair<const char*, double ProtocolSettings::*> protocol_members[]{
    {"time_step_s", &ProtocolSettings::time_step_s}, {"lead_ms", &ProtocolSettings::lead_ms},
    {"hold_ms", &ProtocolSettings::hold_ms},         {"tail_ms", &ProtocolSettings::tail_ms},
    {"amplitude", &ProtocolSettings::amplitude},     {"width_ms", &ProtocolSettings::width_ms},
    {"gap_ms", &ProtocolSettings::gap_ms},           {"second", &ProtocolSettings::second}};

constexpr std::pair<const char*, double Segment::*> segment_members[]{
    {"begin_s", &Segment::begin_s},
    {"end_s", &Segment::end_s},
    {"from", &Segment::from},
    {"to", &Segment::to},
    {"frequency_hz", &Segment::frequency_hz},
    {"frequency_end_hz", &Segment::frequency_end_hz}};

Json json_of(const Segment& segment) {
  Json json{{"shape", to_string(segment.shape)}};
  for (const auto& [key, member] : segment_members) json[key] = segment.*member;
  json["seed"] = segment.seed;
  if (segment.shape == SegmentShape::points) {
    json["points"] = Json::array();
    for (const StimulusPoint& p : segment.points) json["points"].push_back({p.time_s, p.value});
  }
  return json;
}

Segment segment_from(const Json& json) {
  Segment segment;
  if (!json.is_object()) reject("a segment is not an object");
  for (const auto& [key, value] : json.items()) {
    bool known = true;
    if (key == "shape") {
      const auto* found = std::ranges::find_if(shapes, [&value = value](SegmentShape shape) {
        return value == std::string(to_string(shape));
      });
      if (found == shapes.end()) reject("unknown shape " + value.dump());
      segment.shape = *found;
    } else if (key == "seed") {
      segment.seed = count(value, key);
    } else if (key == "points") {
      if (!value.is_array()) reject("points is not a list");
      for (const Json& point : value) {
        if (!point.is_array() || point.size() != 2) reject("a point is not [time_s, value]");
        segment.points.push_back({number(point[0], "points"), number(point[1], "points")});
      }
    } else {
      known = false;
      for (const auto& [name, member] : segment_members) {
        if (key != name) continue;
        segment.*member = number(value, key);
        known = true;
      }
    }
    if (!known) reject("unknown member " + key + " of a segment");
  }
  return segment;
}

}  // namespace

Json json_of(const LabNeuron& neuron) {
  Json json{{"model", name_of(neuron)}};
  for (const LabParameter& p : lab_parameters()) {
    if (!p.applies(neuron)) continue;
    json[std::string(p.key)] = p.stored(neuron);
  }
  if (neuron.has_refractory_time()) json["refractory_rule"] = to_string(neuron.refractory_rule);
  if (neuron.model == LabModel::izhikevich && neuron.biological.anchored) json["anchored"] = true;
  if (neuron.stochastic()) json["seed"] = neuron.seed;
  return json;
}

LabNeuron neuron_from(const Json& json) {
  if (!json.is_object() || !json.contains("model") || !json["model"].is_string()) {
    reject("a neuron has no model");
  }
  const auto named = neuron_named(json["model"].get<std::string>());
  if (!named) reject("unknown model " + json["model"].dump());
  LabNeuron neuron = *named;
  neuron.refractory_rule = RefractoryRule::reference;  // files without the member were made so
  for (const auto& [key, value] : json.items()) {
    if (key == "model") continue;
    if (key == "seed") {
      neuron.seed = count(value, key);
    } else if (key == "refractory_rule") {
      const auto rule =
          value.is_string() ? refractory_rule_named(value.get<std::string>()) : std::nullopt;
      if (!rule) reject("refractory_rule is " + value.dump() + ", not reference or exact");
      neuron.refractory_rule = *rule;
    } else if (key == "anchored") {
      if (!value.is_boolean()) reject("anchored is neither true nor false");
      neuron.biological.anchored = value.get<bool>();
    } else if (const LabParameter* p = find_lab_parameter(key)) {
      p->store(neuron, number(value, key));
    } else {
      reject("unknown member " + key + " of a neuron");
    }
  }
  return neuron;
}

Json json_of(const Stimulus& stimulus) {
  Json json{{"title", stimulus.title},
            {"time_step_s", stimulus.time_step_s},
            {"duration_s", stimulus.duration_s},
            {"baseline", stimulus.baseline},
            {"segments", Json::array()}};
  for (const Segment& segment : stimulus.segments) json["segments"].push_back(json_of(segment));
  return json;
}

Stimulus stimulus_from(const Json& json) {
  if (!json.is_object()) reject("stimulus is not an object");
  Stimulus stimulus;
  for (const auto& [key, value] : json.items()) {
    if (key == "title") {
      if (!value.is_string()) reject("title is not a text");
      stimulus.title = value.get<std::string>();
    } else if (key == "time_step_s") {
      stimulus.time_step_s = number(value, key);
    } else if (key == "duration_s") {
      stimulus.duration_s = number(value, key);
    } else if (key == "baseline") {
      stimulus.baseline = number(value, key);
    } else if (key == "segments") {
      if (!value.is_array()) reject("segments is not a list");
      for (const Json& segment : value) stimulus.segments.push_back(segment_from(segment));
    } else {
      reject("unknown member " + key + " of the stimulus");
    }
  }
  return stimulus;
}

Json json_of(const ProtocolSettings& settings) {
  Json json;
  for (const auto& [key, member] : protocol_members) json[key] = settings.*member;
  return json;
}

ProtocolSettings protocol_from(const Json& json) {
  ProtocolSettings settings;
  for (const auto& [key, member] : protocol_members) settings.*member = number(json.at(key), key);
  return settings;
}

}  // namespace paralif::lab
