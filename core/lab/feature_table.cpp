// Markdown.
#include "core/lab/feature_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/lab/biological.h"
#include "core/lab/lab_parameters.h"
#include "core/lab/expressible.h"

namespace paralif::lab {
namespace {

const CellResult* cell_of(const std::vector<CellResult>& results, const std::string& model,
                          Feature feature) {
  const auto found = std::ranges::find_if(results, [&](const CellResult& cell) {
    return cell.model == model && cell.feature == feature;
  });
  return found == results.end() ? nullptr : &*found;
}

bool biological_shows(Feature feature) {
  const BiologicalPanel& panel = biological_panel(feature);
  return judge_neuron(feature, panel.settings, panel.neuron).finding.shown;
}

std::string mark(const CellResult* cell) {
  if (cell == nullptr) return "";
  switch (cell->answer) {
    case Answer::found:
      return "**+**";
    case Answer::not_found:
      return "-";
    case Answer::impossible:
      return "×";
  }
  return "";
}

void add_overview(const std::vector<CellResult>& results, std::string& text) {
  text += "| |";
  for (const std::string& model : model_names()) text += fmt::format(" {} |", short_name(model));
  text += "\n|---|";
  for (std::size_t i = 0; i < model_names().size(); ++i) text += ":-:|";
  text += "\n";
  std::vector<int> found(model_names().size(), 0);
  for (const FeatureText& feature : feature_texts()) {
    text += fmt::format("| {} {} |", feature.letter, feature.name.english());
    for (std::size_t i = 0; i < model_names().size(); ++i) {
      const std::string& model = model_names()[i];
      const CellResult* cell = cell_of(results, model, feature.feature);
      const bool shown = model == "Izhikevich" ? biological_shows(feature.feature)
                                               : cell != nullptr && cell->answer == Answer::found;
      found[i] += shown ? 1 : 0;
      text += fmt::format(" {} |", model == "Izhikevich" ? (shown ? "**+**" : "-") : mark(cell));
    }
    text += "\n";
  }
  text += "| of 20 |";
  for (const int count : found) text += fmt::format(" {} |", count);
  text += "\n\n";
}

void add_feature(const std::vector<CellResult>& results, const FeatureText& feature,
                 std::string& text) {
  text += fmt::format("### {} {}\n\nCriterion: {}.\n\n", feature.letter, feature.name.english(),
                      feature.criterion.english());
  bool heading = false;
  for (const std::string& model : model_names()) {
    const CellResult* cell = cell_of(results, model, feature.feature);
    if (cell == nullptr || cell->answer != Answer::found) continue;
    if (!heading) {
      text +=
          "| model | most robust parameters | stimulus | neighbours | of neurons tried |\n"
          "|---|---|---|--:|--:|\n";
      heading = true;
    }
    const FoundSetting& found = *cell->most_robust;
    text += fmt::format(
        "| {} | {} | {} | {:.0f} % | {:.3g} % |\n", model, parameters_text(found.neuron),
        protocol_text(feature.feature, found.protocol), 100.0 * found.robustness,
        100.0 * static_cast<double>(cell->shown) / static_cast<double>(cell->tried));
  }
  const BiologicalPanel& panel = biological_panel(feature.feature);
  text +=
      fmt::format("{}Izhikevich: {}; {}.\n\n", heading ? "\n" : "", parameters_text(panel.neuron),
                  protocol_text(feature.feature, panel.settings));
  // Reasons, each with the models it holds for.
  std::vector<std::pair<std::string, std::string>> reasons;
  for (const std::string& model : model_names()) {
    const CellResult* cell = cell_of(results, model, feature.feature);
    if (cell == nullptr || cell->answer == Answer::found) continue;
    const std::string reason =
        cell->answer == Answer::impossible
            ? "Impossible: " + cell->reason
            : fmt::format("Not found in {} neurons ({})", cell->tried, cell->reason);
    const auto same =
        std::ranges::find(reasons, reason, &std::pair<std::string, std::string>::first);
    if (same == reasons.end()) {
      reasons.emplace_back(reason, model);
    } else {
      same->second += ", " + model;
    }
  }
  for (const auto& [reason, models] : reasons) text += fmt::format("- {}. {}.\n", models, reason);
  for (const std::string& model : model_names()) {
    const auto note = claim_note(*neuron_named(model), feature.feature);
    if (note) text += fmt::format("- Against the published figure, {}: {}.\n", model, *note);
  }
  text += "\n";
}

}  // namespace

std::string parameters_text(const LabNeuron& neuron) {
  std::string text;
  for (const LabParameter& p : lab_parameters()) {
    if (!p.applies(neuron)) continue;
    const double value = p.shown(neuron);
    const bool background = p.key == "background";
    const bool refractory = p.key == "refractory_s";
    if ((background || refractory) && value == 0.0) continue;
    if (neuron.model == LabModel::izhikevich && p.key == "gain" && value == 1.0) {
      continue;
    }
    if (!text.empty()) text += ", ";
    text += p.zero_is_none() && value == 0.0
                ? fmt::format("no {}", p.symbol)
                : fmt::format("{} {:.4g}{}{}", p.symbol, value, p.shown_unit().empty() ? "" : " ",
                              p.shown_unit().english());
  }
  return text;
}

std::string protocol_text(Feature feature, const ProtocolSettings& s) {
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!text.empty()) text += ", ";
    text += part;
  };
  const std::string height = s.amplitude == 1.0 ? "" : fmt::format(" of {:g}", s.amplitude);
  switch (feature) {
    case Feature::accommodation:
      add(fmt::format("slow ramp{} over {:g} ms, fast ramp to {:.3g} of it over {:g} ms", height,
                      s.gap_ms, s.second, s.width_ms));
      break;
    case Feature::inhibition_spiking:
    case Feature::inhibition_bursting:
      add(fmt::format("inhibition{} for {:g} ms", height, s.hold_ms));
      break;
    case Feature::tonic_spiking:
    case Feature::phasic_spiking:
    case Feature::tonic_bursting:
    case Feature::phasic_bursting:
    case Feature::mixed_mode:
    case Feature::adaptation:
      add(fmt::format("step{} for {:g} ms", height, s.hold_ms));
      break;
    case Feature::class_1:
    case Feature::class_2:
      add(fmt::format("steps up to {:g} for {:g} ms", s.amplitude, s.hold_ms));
      break;
    default:
      add(fmt::format("pulse{} of {:g} ms", height, s.width_ms));
      break;
  }
  switch (feature) {
    case Feature::resonator:
    case Feature::integrator:
      add(fmt::format("gaps {:g} to {:g} ms", pair_gaps[0] * s.gap_ms, pair_gaps[4] * s.gap_ms));
      break;
    case Feature::threshold_variability:
      add(fmt::format("{:.3g} times it {:g} ms before", s.second, s.gap_ms));
      break;
    case Feature::bistability:
      add(fmt::format("second pulse {:g} times it after {:g} ms", s.second, s.gap_ms));
      break;
    case Feature::after_potential:
      add(fmt::format("weaker pulse {:.3g} of it", s.second));
      break;
    default:
      break;
  }
  return text;
}

std::string feature_table(const std::vector<CellResult>& results) {
  std::string text =
      "# Which model shows which feature of a biological neuron\n\n"
      "Izhikevich's twenty features (IEEE Trans. Neural Networks 15(5), 2004) against every neuron "
      "of the studio. Made by `paralif features --search --table docs/features.md`; judged by the "
      "criteria below, which the tests hold against trains that do and do not show each feature. "
      "Every setting can be opened in the neuron lab from the board.\n\n"
      "**+** found and confirmed in double precision; - not found; × impossible by the model's "
      "equations, with the reason below. Models without a prefix are ParaLIF's modes. Time "
      "constants from 1 to 50 ms (PLIF from 2), one step is 1 ms; stochastic modes must show the "
      "feature in nine of ten trials. Neighbours: the part of 64 neurons within 10 % of every "
      "parameter that shows it too.\n\n";
  add_overview(results, text);
  for (const FeatureText& feature : feature_texts()) add_feature(results, feature, text);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace paralif::lab
