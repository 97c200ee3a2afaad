#include "core/experiments/experiment_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/experiments/experiment_migration.h"
#include "core/experiments/fields.h"
#include "core/experiments/presets.h"
#include "core/values/json_document.h"
#include "core/values/parameter_json.h"
#include "core/values/parameter_text.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif {
namespace {

using Json = nlohmann::json;

/// As a JSON pointer is written.
std::string path_of(std::string_view key) {
  std::string path = "/";
  for (const char c : key) path += c == '.' ? '/' : c;
  return path;
}

constexpr auto largest_integer =
    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

/// As written, or its beginning.
std::string shortened(const Json& json) {
  if (json.is_array()) return fmt::format("a list of {} entries", json.size());
  if (json.is_object()) return "an object";
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= 60 ? text : "a text of " + std::to_string(text.size()) + " bytes";
}

[[noreturn]] void reject(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, "mend the file or choose another one");
}

/// One value of a field's kind, or of one layer.
LayerValue one_value(const Json& json, const Field& field, const std::string& origin) {
  const auto mismatch = [&](const char* wanted) {
    reject(origin, fmt::format("{} is {}, not {}", field.key, shortened(json), wanted));
  };
  if (json.is_null() && !field.absent.empty()) return Absent{};
  switch (field.type) {
    case ParameterType::flag:
      if (!json.is_boolean()) mismatch("true or false");
      return json.get<bool>();
    case ParameterType::whole:
    case ParameterType::wholes:
      if (!json.is_number_integer()) mismatch("a whole number");
      if (json.is_number_unsigned() && json.get<std::uint64_t>() > largest_integer) {
        mismatch("a whole number of this size");
      }
      return json.get<std::int64_t>();
    case ParameterType::real:
    case ParameterType::reals:
    case ParameterType::text:
    case ParameterType::layers:
      break;
  }
  if (!json.is_number()) mismatch("a number");
  return json.get<double>();
}

ParameterValue value_from(const Json& json, const Field& field, const std::string& origin) {
  const auto limited = [&] {
    if (json.size() <= most_list_values) return;
    reject(origin, fmt::format("{} has {} entries, at most {} are possible", field.key, json.size(),
                               most_list_values));
  };
  if (field.type == ParameterType::layers) return layers_text(network_from_json(json, origin));
  if (field.type == ParameterType::text) {
    if (!json.is_string()) {
      reject(origin, fmt::format("{} is {}, not a text", field.key, shortened(json)));
    }
    return json.get<std::string>();
  }
  if (field.type == ParameterType::wholes) {
    if (!json.is_array()) {
      reject(origin, fmt::format("{} is {}, not a list of whole numbers", field.key,
                                 shortened(json)));
    }
    limited();
    std::vector<std::int64_t> list;
    for (const Json& entry : json) {
      list.push_back(std::get<std::int64_t>(one_value(entry, field, origin)));
    }
    return list;
  }
  if (field.per_layer && json.is_array() && json.size() != 1) {
    limited();
    std::vector<LayerValue> list;
    for (const Json& entry : json) list.push_back(one_value(entry, field, origin));
    return list;
  }
  const LayerValue one =
      one_value(field.per_layer && json.is_array() ? json.front() : json, field, origin);
  return std::visit([](const auto& value) -> ParameterValue { return value; }, one);
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
      if (field != nullptr && (field->key == key || std::ranges::count(field->aliases, key) > 0)) {
        continue;
      }
      const bool group = std::ranges::any_of(
          experiment_fields(), [&](const Field& one) { return one.key.starts_with(key + "."); });
      reject(origin, group ? fmt::format("{} must be an object with fields", key)
                           : fmt::format("unknown field {}", key));
    }
  }
}

/// As one word of a shell.
std::string quoted(const std::string& text) {
  if (!text.empty() &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                             "-_.,:/") == std::string::npos) {
    return text;
  }
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace

std::string to_json(const Experiment& experiment) {
  nlohmann::ordered_json json;
  json["schema"] = Experiment::schema_version;
  for (const Field& field : experiment_fields()) {
    if (field.type == ParameterType::layers) {
      // Files of the dense network stay as they were.
      if (!experiment.network.layers.layers.empty()) {
        json["network"]["layers"] = to_json(experiment.network.layers);
      }
      continue;
    }
    json[nlohmann::ordered_json::json_pointer(path_of(field.key))] = json_of(field.get(experiment));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

namespace {

/// By its key or, in files of earlier versions, an alias; null where it is left out.
const Json* member_of(const Json& json, const Field& field) {
  std::vector<std::string_view> names{field.key};
  names.insert(names.end(), field.aliases.begin(), field.aliases.end());
  for (const std::string_view name : names) {
    const Json::json_pointer pointer(path_of(name));
    if (json.contains(pointer)) return &json.at(pointer);
  }
  return nullptr;
}

Experiment experiment_of(Json json, const std::string& origin) {
  if (!json.is_object() || !json.contains("schema") || !json["schema"].is_number_integer()) {
    reject(origin, "is not an experiment: it has no schema number");
  }
  const auto schema = json["schema"].get<std::int64_t>();
  if (schema < 1 || schema > Experiment::schema_version) {
    throw Error(Error::Kind::file, origin,
                fmt::format("has schema {}, this version reads 1 to {}", schema,
                            Experiment::schema_version),
                "open it with the version of the program that wrote it, or a newer one");
  }
  if (schema == 1) migrate_first_schema(json);
  check_members(json, "", origin);
  Experiment experiment;
  for (const Field& field : experiment_fields()) {
    const Json* member = member_of(json, field);
    if (member == nullptr) continue;
    const ParameterValue value = value_from(*member, field, origin);
    if (const auto problem = value_problem(field, value)) {
      reject(origin, fmt::format("{}: {}", field.key, *problem));
    }
    field.set(experiment, value);
  }
  return experiment;
}

}  // namespace

Experiment experiment_from_json(const std::string& text, const std::string& origin) {
  return experiment_of(parse_json(text, origin), origin);
}

Experiment load_experiment(const std::filesystem::path& path) {
  return experiment_of(read_json(path), path.string());
}

namespace {

/// The schema of the experiment that a file holds; 0: it holds none that can be read.
std::int64_t schema_in(const std::filesystem::path& path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) return 0;
  try {
    const Json json = read_json(path);
    const bool known = json.is_object() && json.contains("schema") &&
                       json["schema"].is_number_integer();
    return known ? json["schema"].get<std::int64_t>() : 0;
  } catch (const Error&) {
    return 0;
  }
}

}  // namespace

void save_experiment(const Experiment& experiment, const std::filesystem::path& path) {
  const std::int64_t earlier = schema_in(path);
  if (earlier > 0 && earlier < Experiment::schema_version) {
    // Programs of its time cannot read what is written now.
    std::filesystem::path copy = path;
    copy.replace_extension(fmt::format(".schema{}{}", earlier, path.extension().string()));
    std::error_code code;
    std::filesystem::copy_file(path, copy, std::filesystem::copy_options::skip_existing, code);
    if (code) {
      throw Error(Error::Kind::file, copy.string(),
                  "cannot be written, and the file of an earlier version is not replaced without it",
                  "save under another name");
    }
  }
  write_file(path, to_json(experiment));
}

std::string command_line_of(const Experiment& experiment) {
  const Experiment defaults = published_defaults();
  std::string line = "paralif train";
  for (const Field& field : experiment_fields()) {
    const ParameterValue value = field.get(experiment);
    // Said even where they are the default, so that a line tells what it trains.
    const bool always_said = field.key == "dataset.name" || field.key == "neuron.name" ||
                             field.key == "network.hidden" || field.key == "training.epochs" ||
                             field.key == "title";
    if (field.type == ParameterType::layers ? std::get<std::string>(value).empty()
                                        : !field.applies(experiment)) {
      continue;
    }
    if (!always_said && (value == field.get(defaults) || !field.applies(experiment))) continue;
    const std::string text = format_parameter(field, value);
    line += fmt::format(" --{} {}", field.flag, quoted(text));
  }
  return line;
}

}  // namespace paralif
