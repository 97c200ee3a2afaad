// What the lab shows, as a JSON file: neurons and stimulus.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/lab/lab_neuron.h"
#include "core/lab/protocol.h"
#include "core/lab/search.h"
#include "core/lab/stimulus.h"

namespace paralif::lab {

struct LabScene {
  std::vector<LabNeuron> neurons;
  Stimulus stimulus;

  bool operator==(const LabScene&) const = default;
};
inline constexpr std::size_t most_neurons = 8;

std::string to_json(const LabScene& scene);

/// Throws Error(file) that names `origin` and the member at fault.
LabScene scene_from_json(const std::string& text, const std::string& origin);

LabScene load_scene(const std::filesystem::path& path);
void save_scene(const LabScene& scene, const std::filesystem::path& path);

/// The answers of a search without its samples, as the command line prints them: {"seconds",
/// "neuron_runs", "cells": [{"model", "feature", "answer", "reason", "tried", "shown", "best",
/// "most_robust"}]}.
std::string answers_to_json(const std::vector<CellResult>& results, double seconds);
/// Throws Error(file) as scene_from_json.
std::vector<CellResult> answers_from_json(const std::string& text, const std::string& origin);

}  // namespace paralif::lab
