// `paralif features`: the published runs, the search over all models, and the figure.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/features_figure.h"
#include "app/cli/terminal.h"
#include "core/lab/feature_table.h"
#include "core/lab/lab_file.h"
#include "core/lab/published_runs.h"
#include "core/lab/search_job.h"
#include "core/lab/simulate.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

using namespace paralif::lab;

struct FeatureOptions {
  bool published = false;
  bool search = false;
  bool json = false;
  std::string figure;
  std::string table;
  std::string save;
  int rounds = SearchSettings{}.rounds;
  int neurons = SearchSettings{}.neurons;
  std::uint64_t seed = SearchSettings{}.seed;
  int threads = 0;
};

std::string spikes_text(const std::vector<std::int32_t>& steps) {
  std::string text;
  for (std::size_t i = 0; i < steps.size();) {
    std::size_t last = i;
    while (last + 1 < steps.size() && steps[last + 1] == steps[last] + 1) ++last;
    if (!text.empty()) text += " ";
    text += last > i ? fmt::format("{}-{}", steps[i], steps[last]) : fmt::format("{}", steps[i]);
    i = last + 1;
  }
  return text;
}

int show_published(bool as_json) {
  auto runs = nlohmann::ordered_json::array();
  std::size_t same = 0;
  if (!as_json) {
    fmt::print("{:<6} {:<27} {:>6} {:>8} {:>5}  {:<9} {:<4} {}\n", "", "stimulus", "gain",
               "tau_mem", "thr", "neuron", "", "spikes at step");
  }
  for (const PublishedRun& run : published_runs()) {
    const auto spikes = simulate(run.neuron, run.stimulus).spikes;
    const bool agrees = spikes == run.spike_steps;
    same += agrees ? 1 : 0;
    if (as_json) {
      runs.push_back({{"stimulus", run.stimulus.title},
                      {"gain", run.neuron.gain},
                      {"tau_mem_s", run.neuron.tau_mem_s},
                      {"threshold", run.neuron.threshold},
                      {"neuron", name_of(run.neuron)},
                      {"property", std::string(1, run.property)},
                      {"spike_steps", spikes}});
    } else {
      fmt::print("{:<6} {:<27} {:>6.1f} {:>5.1f} ms {:>5.1f}  {:<9} {:<4} {}\n",
                 agrees ? "same" : "OTHER", run.stimulus.title, run.neuron.gain,
                 run.neuron.tau_mem_s * 1e3, run.neuron.threshold, name_of(run.neuron),
                 run.property, spikes_text(spikes));
    }
  }
  const std::size_t all = published_runs().size();
  if (as_json) {
    fmt::print("{}\n", nlohmann::ordered_json{{"runs", runs}}.dump(1));
  } else {
    fmt::print("{} of {} runs fire in the recorded steps\n", same, all);
  }
  return same == all ? success : failure;
}

void print_answers(const std::vector<CellResult>& results) {
  fmt::print("{:<30}", "");
  for (const std::string& model : model_names()) {
    if (model != "Izhikevich") {
      fmt::print("{:>5}", short_name(model));
    }
  }
  Feature last = Feature::inhibition_bursting;
  for (const CellResult& result : results) {
    if (result.feature != last) {
      const FeatureText& text = text_of(result.feature);
      fmt::print("\n{} {:<28}", text.letter, text.name.english());
      last = result.feature;
    }
    fmt::print("{:>5}", result.answer == Answer::found        ? "+"
                        : result.answer == Answer::impossible ? "x"
                                                              : "-");
  }
  fmt::print("\n+ found   - not found   x impossible by the model's equations\n");
}

int search(const FeatureOptions& options) {
  SearchJob job;
  job.start(all_search_cells(), {options.rounds, options.neurons, options.seed}, options.threads);
  {
    const InterruptGuard guard;
    ProgressLine line;
    for (SearchProgress p = job.progress(); p.running; p = job.progress()) {
      if (InterruptGuard::count() > 0) job.cancel();
      line.show(fmt::format("{} of {} cells, {:.1f} million neuron-runs, {:.0f} s", p.cells_done,
                            p.cells, p.neuron_runs() * 1e-6, p.seconds));
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  job.wait();
  const SearchProgress done = job.progress();
  if (!done.error.empty()) throw std::runtime_error(done.error);
  if (done.cancelled) {
    fmt::print(stderr, "paralif: the search was interrupted; nothing was written\n");
    return InterruptGuard::status();
  }
  const auto results = job.results();
  const std::string json = answers_to_json(results, done.seconds);
  if (!options.save.empty()) write_file(options.save, json);
  if (!options.table.empty()) write_file(options.table, feature_table(results));
  if (options.json) {
    fmt::print("{}", json);
  } else {
    print_answers(results);
    fmt::print("{:.1f} million neuron-runs of 100 steps in {:.1f} s\n", done.neuron_runs() * 1e-6,
               done.seconds);
  }
  return success;
}

}  // namespace

void add_features(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "features", "Izhikevich's twenty features: the published runs, a search, the figure.");
  auto options = std::make_shared<FeatureOptions>();
  auto* published = command->add_flag("--published", options->published,
                                      "Run the 13 published settings and compare their spikes");
  auto* search_flag =
      command->add_flag("--search", options->search, "Look for every feature in every model");
  command->add_option("--figure", options->figure, "Draw the published figure (svg, pdf or png)");
  command->add_flag("--json", options->json, "Print the results as JSON");
  command->add_option("--table", options->table, "With --search: write the answer as Markdown")
      ->needs(search_flag);
  command->add_option("--save", options->save, "With --search: write the answer as JSON")
      ->needs(search_flag);
  command->add_option("--rounds", options->rounds, "Stimuli tried for a model and feature")
      ->check(CLI::Range(1, 10000))
      ->needs(search_flag);
  command->add_option("--neurons", options->neurons, "Neurons tried with each stimulus")
      ->check(CLI::Range(1, 100000))
      ->needs(search_flag);
  command->add_option("--seed", options->seed, "Of the search")
      ->check(CLI::Range(0.0, 9e15))
      ->needs(search_flag);
  command->add_option("--threads", options->threads, "Of the search; 0: one for each core")
      ->check(CLI::Range(0, 1024))
      ->needs(search_flag);
  published->excludes(search_flag);
  command->callback([&action, options] {
    if (!options->published && !options->search && options->figure.empty()) {
      throw CLI::RequiredError("one of --published, --search and --figure");
    }
    action = [options] {
      int status = success;
      if (!options->figure.empty()) draw_features_figure(options->figure);
      if (options->published) status = show_published(options->json);
      if (options->search) status = search(*options);
      return status;
    };
  });
}

}  // namespace paralif::cli
