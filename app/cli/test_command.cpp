// `paralif test`: what a finished run's network makes of a part of its data.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/terminal.h"
#include "core/exchange/test_run.h"
#include "datasets/atomic_file.h"
#include "datasets/error.h"
#include "datasets/text.h"

namespace paralif::cli {
namespace {

struct TestOptions {
  RunTestPlan plan;
  std::string run;
  std::string predictions;
  std::string confusion;
  std::string weights;
  std::string spikes;
  bool json = false;
};

void print_table(const RunTest& test) {
  fmt::print("{} {} samples with {}: accuracy {:.2f} %, loss {:.4f}\n", test.samples, test.part,
             test.weights, 100 * test.accuracy, test.loss);
  if (test.recorded) fmt::print("recorded after the last epoch: {:.2f} %\n", 100 * *test.recorded);
  fmt::print("\n{:<20} {:>8} {:>9}   {}\n", "class", "samples", "right", "mostly taken for");
  const std::vector<ClassResult> rows = by_class(test);
  for (std::int64_t truth = 0; truth < test.confusion.classes; ++truth) {
    const ClassResult& row = rows[static_cast<std::size_t>(truth)];
    const auto name = [&](std::int64_t label) {
      return printable(test.class_names[static_cast<std::size_t>(label)]);
    };
    const std::string right =
        row.samples == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * static_cast<double>(row.right) /
                                                             static_cast<double>(row.samples));
    const std::string other = row.other < 0 ? "" : fmt::format("{} ({})", name(row.other), row.taken);
    fmt::print("{:<20} {:>8} {:>9}   {}\n", name(truth), row.samples, right, other);
  }
  fmt::print("\n{:<20} {:>14} {:>22}\n", "layer", "spikes/sample", "spikes/neuron and step");
  for (const auto& layer : test.layers) {
    fmt::print("{:<20} {:>14.1f} {:>22.4f}\n", layer.id, layer.spikes, layer.rate);
  }
  if (test.rounded.empty()) return;
  fmt::print("\n{:<14} {:<20} {:>9}\n", "bits a weight", "of layer", "accuracy");
  for (const auto& one : test.rounded) {
    fmt::print("{:<14} {:<20} {:>7.2f} %\n", one.bits, one.layer.empty() ? "all" : printable(one.layer),
               100 * one.accuracy);
  }
}

nlohmann::ordered_json json_of(const RunTest& test, const RunTestPlan& plan) {
  nlohmann::ordered_json json{{"part", test.part},         {"weights", test.weights},
                              {"samples", test.samples},   {"accuracy", test.accuracy},
                              {"loss", test.loss},         {"classes", test.class_names},
                              {"confusion", test.confusion.counts}};
  json["noise_db"] = plan.noise_db ? nlohmann::ordered_json(*plan.noise_db) : nullptr;
  json["lost"] = plan.lost;
  json["jitter"] = plan.jitter;
  json["weight_noise"] = plan.weight_noise;
  json["recorded_accuracy"] = test.recorded ? nlohmann::ordered_json(*test.recorded) : nullptr;
  json["layers"] = nlohmann::ordered_json::array();
  for (const auto& layer : test.layers) {
    json["layers"].push_back({{"id", layer.id}, {"spikes", layer.spikes}, {"rate", layer.rate}});
  }
  json["rounded"] = nlohmann::ordered_json::array();
  for (const auto& one : test.rounded) {
    nlohmann::ordered_json row{{"bits", one.bits}, {"accuracy", one.accuracy}};
    if (!one.layer.empty()) row["layer"] = one.layer;
    json["rounded"].push_back(row);
  }
  return json;
}

/// Before the work: every file to write is another one, in a folder that is there.
void require_outputs(const std::vector<std::string>& files) {
  std::set<std::string> seen;
  for (const std::string& file : files) {
    if (file.empty()) continue;
    if (!seen.insert(file).second) {
      throw Error(Error::Kind::setting, file, "is to hold two results", "give two names");
    }
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    std::error_code none;
    if (std::filesystem::is_directory(folder, none)) continue;
    throw Error(Error::Kind::file, file, "cannot be written: there is no folder " + folder.string(),
                "make it first");
  }
}

int test_network(const TestOptions& options) {
  RunTestPlan plan = options.plan;
  plan.run = options.run;
  plan.weights = options.weights;
  plan.spikes = options.spikes;
  if (plan.bits_by_layer && plan.bits.empty()) {
    throw Error(Error::Kind::setting, "--bits_by_layer", "needs --bits", "give numbers of bits too");
  }
  require_outputs({options.predictions, options.confusion, options.spikes});
  const InterruptGuard guard;
  ProgressLine line;
  const auto tested = unless_interrupted(line, [&] {
    return test_run(plan, [&](double part) {
      line.show(fmt::format("{} testing", bar(part, 20)));
      return InterruptGuard::count() == 0;
    });
  });
  if (!tested) return InterruptGuard::status();
  const RunTest& test = *tested;
  line.clear();
  if (!options.predictions.empty()) write_file(options.predictions, predictions_csv(test));
  if (!options.confusion.empty()) write_file(options.confusion, confusion_csv(test));
  if (options.json) {
    fmt::print("{}\n", json_of(test, plan).dump(2));
  } else {
    print_table(test);
  }
  return success;
}

}  // namespace

void add_test(CLI::App& app, Action& action) {
  auto options = std::make_shared<TestOptions>();
  CLI::App* command =
      app.add_subcommand("test", "Test a run's network: by class, with noise, with rounded weights");
  command->add_option("RUN", options->run, "Folder of a run")->required();
  command->add_option("--part", options->plan.part,
                      "Part of the data: test, validation or training. Default: test.");
  command
      ->add_option("--noise", options->plan.noise_db,
                   "Flip bins of the input at this signal to noise ratio in dB, as the "
                   "robustness test does. Default: no noise.")
      ->check(finite_between(-200.0, 200.0));
  command
      ->add_option("--lost", options->plan.lost,
                   "Chance of an event of the input to be left out. Default: 0.")
      ->check(finite_between(0.0, 1.0));
  command
      ->add_option("--jitter", options->plan.jitter,
                   "Steps by which an event of the input may come early or late. Default: 0.")
      ->check(CLI::Range(0, 100000));
  command
      ->add_option("--weight_noise", options->plan.weight_noise,
                   "Normal noise on the weights, in units of each layer's own deviation. Default: 0.")
      ->check(finite_between(0.0, 100.0));
  command->add_option(
      "--weights", options->weights,
      "Weights of another file than the run's own: a checkpoint, weights.h5, or another "
      "program's .pt, .npz or .safetensors");
  command->add_flag("--bits_by_layer", options->plan.bits_by_layer,
                    "With --bits, also each layer alone");
  command->add_option("--spikes", options->spikes,
                      "Write the spikes of every layer for some samples to this HDF5 file");
  command
      ->add_option("--spike_samples", options->plan.spike_samples,
                   "How many samples --spikes writes, from the first. Default: 20.")
      ->check(CLI::Range(1, 1000000));
  command
      ->add_option("--bits", options->plan.bits,
                   "Also with each layer's weights rounded to so many bits, such as 8,6,4,3")
      ->delimiter(',');
  command->add_option("--predictions", options->predictions,
                      "Write sample, label and prediction to this CSV file");
  command->add_option("--confusion", options->confusion, "Write the confusion matrix to this CSV file");
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->callback([&action, options] { action = [options] { return test_network(*options); }; });
}

}  // namespace paralif::cli
