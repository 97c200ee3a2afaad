// Reading with errors that name the file, writing aside.
#include "core/lab/lab_file.h"

#include <fmt/format.h>

#include "core/lab/lab_json.h"
#include "core/values/json_document.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif::lab {
namespace {

constexpr const char* remedy = "mend the file or choose another one";

[[noreturn]] void reject(const std::string& origin, const std::string& problem) {
  throw Error(Error::Kind::file, origin, problem, remedy);
}

Json parsed(const std::string& text, const std::string& origin) {
  return parse_json(text, origin);
}

/// Runs `read` and turns what goes wrong into an Error about `origin`.
template <typename Read>
auto with_origin(const std::string& origin, Read&& read) {
  try {
    return read();
  } catch (const Error& error) {
    if (error.kind() == Error::Kind::file) throw;
    reject(origin, error.subject() + " " + error.problem());
  } catch (const std::exception& error) {
    reject(origin, error.what());
  }
}

Json json_of(const FoundSetting& found) {
  return {{"neuron", json_of(found.neuron)},
          {"protocol", json_of(found.protocol)},
          {"score", found.score},
          {"robustness", found.robustness}};
}

FoundSetting found_from(const Json& json) {
  FoundSetting found;
  found.neuron = neuron_from(json.at("neuron"));
  found.protocol = protocol_from(json.at("protocol"));
  found.score = json.at("score").get<double>();
  found.robustness = json.at("robustness").get<double>();
  validate(found.neuron);
  return found;
}

Answer answer_from(const std::string& text) {
  for (const Answer answer : {Answer::found, Answer::not_found, Answer::impossible}) {
    if (text == to_string(answer)) return answer;
  }
  throw std::invalid_argument("unknown answer " + text);
}

}  // namespace

std::string to_json(const LabScene& scene) {
  Json json{{"lab", Stimulus::schema_version}, {"neurons", Json::array()}};
  for (const LabNeuron& neuron : scene.neurons) json["neurons"].push_back(json_of(neuron));
  json["stimulus"] = json_of(scene.stimulus);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

LabScene scene_from_json(const std::string& text, const std::string& origin) {
  const Json json = parsed(text, origin);
  if (!json.is_object() || !json.contains("lab") || !json["lab"].is_number_integer()) {
    reject(origin, "is not a scene of the neuron lab: it has no lab number");
  }
  if (json["lab"].get<std::int64_t>() > Stimulus::schema_version) {
    reject(origin, "was written by a newer version");
  }
  return with_origin(origin, [&] {
    LabScene scene;
    if (!json.contains("neurons") || !json["neurons"].is_array() || json["neurons"].empty()) {
      reject(origin, "has no neurons");
    }
    if (json["neurons"].size() > most_neurons) {
      reject(origin, fmt::format("has more than {} neurons", most_neurons));
    }
    for (const Json& neuron : json["neurons"]) {
      scene.neurons.push_back(neuron_from(neuron));
      validate(scene.neurons.back());
    }
    if (!json.contains("stimulus")) reject(origin, "has no stimulus");
    scene.stimulus = stimulus_from(json["stimulus"]);
    validate(scene.stimulus);
    return scene;
  });
}

LabScene load_scene(const std::filesystem::path& path) {
  return scene_from_json(read_file(path), path.string());
}

void save_scene(const LabScene& scene, const std::filesystem::path& path) {
  write_file(path, to_json(scene));
}

std::string answers_to_json(const std::vector<CellResult>& results, double seconds) {
  std::int64_t neuron_steps = 0;
  Json cells = Json::array();
  for (const CellResult& result : results) {
    neuron_steps += result.neuron_steps;
    Json cell{{"model", result.model},
              {"feature", std::string(1, text_of(result.feature).letter)},
              {"answer", to_string(result.answer)},
              {"reason", result.reason},
              {"tried", result.tried},
              {"shown", result.shown}};
    if (result.best) cell["best"] = json_of(*result.best);
    if (result.most_robust) cell["most_robust"] = json_of(*result.most_robust);
    cells.push_back(std::move(cell));
  }
  const Json json{{"seconds", seconds},
                  {"neuron_runs", static_cast<double>(neuron_steps) / 100.0},
                  {"cells", std::move(cells)}};
  return json.dump(1) + "\n";
}

std::vector<CellResult> answers_from_json(const std::string& text, const std::string& origin) {
  const Json json = parsed(text, origin);
  return with_origin(origin, [&] {
    std::vector<CellResult> results;
    for (const Json& cell : json.at("cells")) {
      CellResult result;
      result.model = cell.at("model").get<std::string>();
      const auto letter = cell.at("feature").get<std::string>();
      const auto feature = letter.size() == 1 ? feature_of(letter[0]) : std::nullopt;
      if (!feature) throw std::invalid_argument("unknown feature " + letter);
      result.feature = *feature;
      result.answer = answer_from(cell.at("answer").get<std::string>());
      result.reason = cell.at("reason").get<std::string>();
      result.tried = cell.at("tried").get<std::int64_t>();
      result.shown = cell.at("shown").get<std::int64_t>();
      if (cell.contains("best")) result.best = found_from(cell["best"]);
      if (cell.contains("most_robust")) result.most_robust = found_from(cell["most_robust"]);
      results.push_back(std::move(result));
    }
    return results;
  });
}

}  // namespace paralif::lab
