// `paralif bench`: how fast this machine runs every form of the neurons and whole training steps.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "core/bench/suite.h"
#include "core/bench/this_machine.h"
#include "datasets/error.h"

namespace paralif::cli {
namespace {

using namespace paralif::bench;
using Json = nlohmann::ordered_json;

struct BenchOptions {
  bool quick = false;
  bool networks = false;
  std::string only;
  bool as_json = false;
  int threads = 0;
  std::string device = "cpu";
};

/// a / b, NaN where b is absent.
double ratio(double a, const Result* b) { return b == nullptr ? NAN : a / b->samples.median_ms(); }
double speedup(double ms, const Result* published) {
  return published == nullptr ? NAN : published->samples.median_ms() / ms;
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string text(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "-";
}

Json machine_json(const Machine& m) {
  return {{"cpu", m.cpu},           {"cores", m.cores},
          {"memory_gib", m.memory_gib}, {"instruction_set", m.instruction_set},
          {"threads", m.threads},   {"libtorch", m.libtorch},
          {"compiler", m.compiler}, {"system", m.system}};
}

Json pass_json(const NeuronPass& pass, double ms, const std::vector<Result>& all) {
  return {{"neuron", pass.neuron},
          {"evaluation", pass.backend},
          {"pass", to_string(pass.pass)},
          {"batch", pass.batch},
          {"steps", pass.steps},
          {"neurons", pass.neurons},
          {"device", pass.device},
          {"median_ms", number(ms)},
          {"ratio_to_copy", number(ratio(ms, copy_of(pass, all)))},
          {"speedup_over_published", number(speedup(ms, published_form_of(pass, all)))}};
}

Json step_json(const TrainingStep& step, const Result& result, const std::vector<Result>& all) {
  const double ms = result.samples.median_ms();
  const Result* published = published_form_of(step, all);
  if (!step.network.empty()) {
    return {{"network", step.network},
            {"neuron", step.neuron},
            {"evaluation", step.backend},
            {"precision", step.precision},
            {"batch", step.batch},
            {"steps", step.steps},
            {"density", step.density},
            {"device", step.device},
            {"median_ms", number(ms)},
            {"ratio_to_relu", number(ratio(ms, relu_form_of(step, all)))},
            {"peak_mib", number(result.peak_mib)}};
  }
  return {{"neuron", step.neuron},
          {"evaluation", step.backend},
          {"batch", step.batch},
          {"steps", step.steps},
          {"inputs", step.inputs},
          {"density", step.density},
          {"layers", step.layers},
          {"hidden", step.hidden},
          {"recurrent", step.recurrent},
          {"device", step.device},
          {"median_ms", number(ms)},
          {"speedup_over_published", number(speedup(ms, published))},
          {"peak_mib", number(result.peak_mib)},
          {"memory_of_published",
           number(published == nullptr ? NAN : result.peak_mib / published->peak_mib)}};
}

/// The arrays of the JSON document, by the kind of request.
struct Documents {
  Json copies = Json::array();
  Json passes = Json::array();
  Json linear = Json::array();
  Json convolutions = Json::array();
  Json steps = Json::array();

  void add(const Result& result, const std::vector<Result>& all) {
    const double ms = result.samples.median_ms();
    if (const auto* pass = std::get_if<NeuronPass>(&result.request)) {
      passes.push_back(pass_json(*pass, ms, all));
    } else if (const auto* copy = std::get_if<StreamingCopy>(&result.request)) {
      copies.push_back({{"batch", copy->batch}, {"steps", copy->steps},
                        {"neurons", copy->neurons}, {"device", copy->device},
                        {"median_ms", number(ms)}});
    } else if (const auto* one = std::get_if<LinearPass>(&result.request)) {
      linear.push_back({{"sparse", one->sparse}, {"batch", one->batch}, {"steps", one->steps},
                        {"inputs", one->inputs}, {"outputs", one->outputs},
                        {"density", one->density}, {"median_ms", number(ms)}});
    } else if (const auto* passed = std::get_if<ConvolutionPass>(&result.request)) {
      convolutions.push_back({{"pass", to_string(passed->pass)}, {"frames", passed->frames},
                              {"inputs", passed->inputs}, {"side", passed->side},
                              {"outputs", passed->outputs}, {"density", passed->density},
                              {"median_ms", number(ms)},
                              {"ratio_to_copy", number(ratio(ms, copy_of(*passed, all)))}});
    } else if (const auto* step = std::get_if<TrainingStep>(&result.request)) {
      steps.push_back(step_json(*step, result, all));
    }
  }
};

void print_row(const Result& result, const std::vector<Result>& all) {
  const double ms = result.samples.median_ms();
  const auto row = [&](const std::string& name, const std::string& pass, double to_copy,
                       double faster) {
    fmt::print("  {:<32} {:<17} {:>11} {:>9} {:>11} {:>10} {:>8}\n", name, pass, text(ms, 3),
               text(to_copy, 1), text(faster, 1), text(result.peak_mib, 0),
               result.samples.ms.size());
  };
  if (const auto* pass = std::get_if<NeuronPass>(&result.request)) {
    row(pass->neuron + " " + pass->backend, std::string(to_string(pass->pass)),
        ratio(ms, copy_of(*pass, all)), speedup(ms, published_form_of(*pass, all)));
  } else if (std::holds_alternative<StreamingCopy>(result.request)) {
    row("streaming copy", "", 1.0, NAN);
  } else if (const auto* linear = std::get_if<LinearPass>(&result.request)) {
    row(fmt::format("{} to {}, {:.0f} % spikes", linear->inputs, linear->outputs,
                    100 * linear->density),
        linear->sparse ? "sparse" : "dense", NAN, NAN);
  } else if (const auto* one = std::get_if<ConvolutionPass>(&result.request)) {
    row(fmt::format("{} to {} channels", one->inputs, one->outputs),
        std::string(to_string(one->pass)), ratio(ms, copy_of(*one, all)), NAN);
  } else if (const auto* step = std::get_if<TrainingStep>(&result.request)) {
    if (step->network.empty()) {
      row(step->neuron + " " + step->backend, "step", NAN,
          speedup(ms, published_form_of(*step, all)));
    } else {
      row(step->neuron + (step->precision == "float32" ? "" : " " + step->precision), fmt::format("{} x ReLU", text(ratio(ms, relu_form_of(*step, all)), 2)), NAN,
          NAN);
    }
  }
}

int bench(const BenchOptions& options) {
  auto groups = options.quick      ? quick_suite(options.threads, options.device)
                      : options.networks ? network_suite(options.threads, options.device)
                                         : full_suite(options.threads, options.device);
  std::erase_if(groups, [&](const Group& group) {
    return group.title.find(options.only) == std::string::npos;
  });
  if (groups.empty()) {
    throw Error(Error::Kind::setting, "only",
                fmt::format("'{}' is in no title of a group", options.only),
                "the titles are printed above each group's table");
  }
  Machine machine = this_machine();
  if (options.threads > 0) machine.threads = options.threads;
  if (!options.as_json) {
    fmt::print("{}, {} cores, {:.0f} GiB, {}; LibTorch {}, {} threads\n", machine.cpu,
               machine.cores, machine.memory_gib, machine.instruction_set, machine.libtorch,
               machine.threads);
  }
  Documents documents;
  ProgressLine progress;
  for (const Group& group : groups) {
    progress.show("measuring " + group.title);
    const std::vector<Result> results = run_group(group);
    progress.clear();
    if (!options.as_json) {
      fmt::print("\n{}\n  {:<32} {:<17} {:>11} {:>9} {:>11} {:>10} {:>8}\n", group.title, "", "",
                 "median ms", "x copy", "speed-up", "peak MiB", "samples");
    }
    for (const Result& result : results) {
      documents.add(result, results);
      if (!options.as_json) print_row(result, results);
    }
    std::fflush(stdout);
  }
  if (options.as_json) {
    Json all{{"machine", machine_json(machine)},
             {"results", documents.passes},
             {"copies", documents.copies}};
    if (!options.quick) {
      all["linear"] = documents.linear;
      all["convolutions"] = documents.convolutions;
      all["training_steps"] = documents.steps;
    }
    fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
  }
  return success;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "bench", "Measure every form of the neurons against a streaming copy and each other.");
  auto options = std::make_shared<BenchOptions>();
  command->add_flag("--quick", options->quick,
                    "Two shapes, no training steps; under a minute instead of several");
  command->add_flag("--networks", options->networks,
                    "Only training steps of the published convolutional and delay networks")
      ->excludes("--quick");
  command->add_option("--only", options->only, "Only the groups whose titles have this in them");
  command->add_flag("--json", options->as_json, "Print the results as JSON");
  command->add_option("--threads", options->threads, "Threads to use; 0: as many as cores")
      ->check(CLI::Range(0, 1024));
  command->add_option("--device", options->device, "cpu, cuda or cuda:N")->capture_default_str();
  command->callback([&action, options] { action = [options] { return bench(*options); }; });
}

}  // namespace paralif::cli
