#include "core/experiments/experiment_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/experiments/fields.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Json = nlohmann::ordered_json;

Json::json_pointer pointer_of(std::string_view key) {
  std::string path = "/";
  for (const char c : key) path += c == '.' ? '/' : c;
  return Json::json_pointer(path);
}

[[noreturn]] void reject(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, "mend the file or choose another one");
}

FieldValue value_from(const Json& json, const Field& field, const std::string& origin) {
  const FieldValue kind = field.get(Experiment{});
  const auto mismatch = [&](const char* wanted) {
    reject(origin, fmt::format("{} is {}, not {}", field.key, json_line(json), wanted));
  };
  if (std::holds_alternative<bool>(kind)) {
    if (!json.is_boolean()) mismatch("true or false");
    return json.get<bool>();
  }
  if (std::holds_alternative<std::int64_t>(kind)) {
    if (!json.is_number_integer()) mismatch("a whole number");
    return json.get<std::int64_t>();
  }
  if (std::holds_alternative<double>(kind)) {
    if (!json.is_number()) mismatch("a number");
    return json.get<double>();
  }
  if (std::holds_alternative<std::string>(kind)) {
    if (!json.is_string()) mismatch("a text");
    return json.get<std::string>();
  }
  if (!json.is_array()) mismatch("a list of whole numbers");
  std::vector<std::int64_t> list;
  for (const Json& entry : json) {
    if (!entry.is_number_integer()) mismatch("a list of whole numbers");
    list.push_back(entry.get<std::int64_t>());
  }
  return list;
}

/// Names the first member that no field has, such as a misspelt one.
void check_members(const Json& json, const std::string& prefix, const std::string& origin) {
  for (const auto& [name, member] : json.items()) {
    const std::string key = prefix.empty() ? name : prefix + "." + name;
    if (key == "schema") continue;
    if (member.is_object()) {
      check_members(member, key, origin);
    } else {
      const Field* field = find_field(key);
      if (field != nullptr && field->key == key) continue;
      const bool group = std::ranges::any_of(
          experiment_fields(), [&](const Field& one) { return one.key.starts_with(key + "."); });
      reject(origin, group ? fmt::format("{} must be an object with fields", key)
                           : fmt::format("unknown field {}", key));
    }
  }
}

}  // namespace

std::string to_json(const Experiment& experiment) {
  Json json;
  json["schema"] = Experiment::schema_version;
  for (const Field& field : experiment_fields()) {
    std::visit([&](const auto& value) { json[pointer_of(field.key)] = value; },
               field.get(experiment));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Experiment experiment_from_json(const std::string& text, const std::string& origin) {
  const Json json = parse_json(text, origin);
  if (!json.is_object() || !json.contains("schema") || !json["schema"].is_number_integer()) {
    reject(origin, "is not an experiment: it has no schema number");
  }
  const auto schema = json["schema"].get<std::int64_t>();
  if (schema < 1 || schema > Experiment::schema_version) {
    reject(origin, fmt::format("has schema {}, this version reads up to {}", schema,
                               Experiment::schema_version));
  }
  check_members(json, "", origin);
  Experiment experiment;
  for (const Field& field : experiment_fields()) {
    const auto pointer = pointer_of(field.key);
    if (!json.contains(pointer)) continue;
    const FieldValue value = value_from(json[pointer], field, origin);
    if (const auto problem = field_problem(field, value)) {
      reject(origin, fmt::format("{}: {}", field.key, *problem));
    }
    field.set(experiment, value);
  }
  return experiment;
}

Experiment load_experiment(const std::filesystem::path& path) {
  return experiment_from_json(read_file(path), path.string());
}

void save_experiment(const Experiment& experiment, const std::filesystem::path& path) {
  write_file(path, to_json(experiment));
}

std::string command_line_of(const Experiment& experiment) {
  const Experiment defaults;
  std::string line = "paralif train";
  for (const Field& field : experiment_fields()) {
    const FieldValue value = field.get(experiment);
    // The command line keeps the published defaults, which differ from the window's for these.
    const bool always_said = field.key == "dataset.name" || field.key == "neuron.name" ||
                             field.key == "network.hidden" || field.key == "training.epochs" ||
                             field.key == "training.save_model" || field.key == "title";
    if (!always_said && (value == field.get(defaults) || !field.applies(experiment))) continue;
    std::string text = format_field(field, value);
    if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "-_.,:/") != std::string::npos ||
        text.empty()) {
      std::string quoted = "'";
      for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
      text = quoted + "'";
    }
    line += fmt::format(" --{} {}", field.flag, text);
  }
  return line;
}

}  // namespace paralif
