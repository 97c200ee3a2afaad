// Rounds of draws, then confirmation and robustness of the clearest.
#include "core/lab/search.h"

#include <algorithm>
#include <map>

#include "core/lab/expressible.h"
#include "core/lab/population.h"
#include "core/lab/search_draws.h"

namespace paralif::lab {
namespace {

constexpr std::size_t candidates_kept = 8;  // clearest of the search, to be confirmed
constexpr std::size_t neighbours = 64;
constexpr int patience = 8;  // times the rounds, while nothing was found and it is not impossible

struct Candidate {
  LabNeuron neuron;
  ProtocolSettings protocol;
  double score;
};

/// Findings of a population; a stochastic neuron must show the feature in nine of ten trials.
std::vector<Finding> judged(Feature feature, const ProtocolSettings& protocol,
                            Population& population, const std::atomic<bool>* cancelled,
                            std::int64_t& neuron_steps) {
  std::vector<Finding> findings = judge(feature, protocol, population);
  neuron_steps += population.neuron_steps();
  if (!population.neuron(0).stochastic()) return findings;
  std::vector<std::size_t> left;
  std::vector<LabNeuron> survivors;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!findings[i].shown) continue;
    left.push_back(i);
    survivors.push_back(population.neuron(i));
  }
  if (survivors.empty()) return findings;
  Population again(std::move(survivors), cancelled);
  std::vector<int> shown(left.size(), 1);
  for (int trial = 1; trial < stochastic_trials; ++trial) {
    again.set_seed(static_cast<std::uint64_t>(trial));
    const auto repeated = judge(feature, protocol, again);
    for (std::size_t i = 0; i < left.size(); ++i) shown[i] += repeated[i].shown ? 1 : 0;
  }
  neuron_steps += again.neuron_steps();
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (shown[i] < stochastic_needed) findings[left[i]] = {false, 0.0, "only by chance"};
  }
  return findings;
}

/// Adds those of a round, keeping the clearest.
void keep_clearest(std::vector<Candidate>& all, const Candidate& one) {
  const auto place = std::ranges::upper_bound(all, one.score, std::greater{}, &Candidate::score);
  all.insert(place, one);
  if (all.size() > candidates_kept) all.pop_back();
}

}  // namespace

std::string_view to_string(Answer answer) {
  switch (answer) {
    case Answer::found:
      return "found";
    case Answer::not_found:
      return "not found";
    case Answer::impossible:
      return "impossible";
  }
  return {};
}

CellResult search_cell(const std::string& model, Feature feature, const SearchSettings& settings,
                       const std::atomic<bool>* cancelled,
                       const std::function<void(const CellResult&)>& progress) {
  const LabNeuron kind = neuron_named(model).value();
  CellResult result;
  result.model = model;
  result.feature = feature;
  std::uint64_t seed = settings.seed * 1000003 + static_cast<std::uint64_t>(feature);
  for (const char c : model) seed = seed * 131 + static_cast<unsigned char>(c);
  SearchDraws draws(seed);
  std::vector<Candidate> clearest;
  std::map<std::string_view, std::int64_t> faults;

  // The excitability features try two dozen currents where others need one to seven runs.
  const bool excitability = feature == Feature::class_1 || feature == Feature::class_2;
  const int rounds = excitability ? std::max(1, settings.rounds / 3) : settings.rounds;
  const auto reason = impossible(kind, feature);
  const int most = reason || excitability ? rounds : patience * rounds;
  for (int round = 0; round < (result.shown > 0 ? std::max(rounds, round) : most); ++round) {
    const ProtocolSettings protocol =
        round == 0 ? usual_settings(feature) : draws.protocol(feature);
    std::vector<LabNeuron> neurons;
    for (int i = 0; i < settings.neurons; ++i) neurons.push_back(draws.neuron(kind));
    Population population(std::move(neurons), cancelled);
    const auto findings = judged(feature, protocol, population, cancelled, result.neuron_steps);
    std::vector<Candidate> round_best;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      const LabNeuron& n = population.neuron(i);
      const Finding& finding = findings[i];
      result.samples.push_back({static_cast<float>(n.tau_mem_s), static_cast<float>(n.tau_syn_s),
                                static_cast<float>(n.threshold), static_cast<float>(n.gain),
                                static_cast<float>(n.background), finding.shown});
      ++result.tried;
      if (finding.shown) {
        ++result.shown;
        keep_clearest(round_best, {n, protocol, finding.score});
      } else {
        ++faults[finding.reason];
      }
    }
    // At most two of a round, so that several stimuli are represented.
    for (std::size_t i = 0; i < std::min<std::size_t>(2, round_best.size()); ++i) {
      keep_clearest(clearest, round_best[i]);
    }
    if (progress) progress(result);
  }

  for (const Candidate& candidate : clearest) {
    const Verdict verdict = judge_neuron(feature, candidate.protocol, candidate.neuron);
    if (!verdict.finding.shown) continue;
    std::vector<LabNeuron> around;
    for (std::size_t i = 0; i < neighbours; ++i)
      around.push_back(draws.neighbour(candidate.neuron));
    Population population(std::move(around), cancelled);
    const auto findings =
        judged(feature, candidate.protocol, population, cancelled, result.neuron_steps);
    const auto good = std::ranges::count_if(findings, &Finding::shown);
    const FoundSetting found{candidate.neuron, candidate.protocol, verdict.finding.score,
                             static_cast<double>(good) / static_cast<double>(neighbours)};
    if (!result.best || found.score > result.best->score) result.best = found;
    if (!result.most_robust || found.robustness > result.most_robust->robustness) {
      result.most_robust = found;
    }
  }
  if (result.best) {
    result.answer = Answer::found;
  } else if (reason) {
    result.answer = Answer::impossible;
    result.reason = *reason;
  } else if (!faults.empty()) {
    result.reason =
        std::string("most often: ") +
        std::ranges::max_element(faults, {}, [](const auto& f) { return f.second; })->first.data();
  }
  if (progress) progress(result);
  return result;
}

}  // namespace paralif::lab
