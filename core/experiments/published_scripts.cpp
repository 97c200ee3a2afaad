#include "core/experiments/published_scripts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "core/experiments/presets.h"
#include "core/experiments/published_networks.h"
#include "core/kernels/cpu/neuron_models.h"
#include "datasets/error.h"

namespace paralif {
namespace {

/// Names of flags: those followed by a value, and those that stand alone.
struct Vocabulary {
  std::vector<std::string_view> valued;
  std::vector<std::string_view> alone;
};

class Flags {
 public:
  Flags(std::string script, const Vocabulary& known, const std::vector<std::string>& words)
      : script_(std::move(script)) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string name = words[i];
      name.erase(0, name.find_first_not_of('-'));
      std::optional<std::string> value;
      if (const auto at = name.find('='); at != std::string::npos) {
        value = name.substr(at + 1);
        name.erase(at);
      }
      const bool valued = std::ranges::find(known.valued, name) != known.valued.end();
      const bool alone = std::ranges::find(known.alone, name) != known.alone.end();
      if (words[i].empty() || words[i].front() != '-' || (!valued && !alone)) {
        throw Error(Error::Kind::setting, "experiment",
                    fmt::format("'{}' is no flag of {}", words[i], script_),
                    fmt::format("it has -{} and -{}", fmt::join(known.valued, ", -"),
                                fmt::join(known.alone, ", -")));
      }
      if (alone && value) refuse(name, "takes no value");
      if (valued && !value) {
        if (i + 1 == words.size()) refuse(name, "has no value");
        value = words[++i];
      }
      values_[name] = value.value_or("true");
    }
  }

  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] std::string text(const std::string& name, const std::string& otherwise) const {
    const auto at = values_.find(name);
    return at == values_.end() ? otherwise : at->second;
  }
  [[nodiscard]] double real(const std::string& name, double otherwise) const {
    const auto at = values_.find(name);
    if (at == values_.end()) return otherwise;
    std::size_t end = 0;
    double value = 0.0;
    try {
      value = std::stod(at->second, &end);
    } catch (const std::exception&) {
      end = 0;
    }
    if (end != at->second.size() || at->second.empty() || !std::isfinite(value)) {
      refuse(name, fmt::format("'{}' is not a number", at->second));
    }
    return value;
  }
  [[nodiscard]] std::int64_t whole(const std::string& name, std::int64_t otherwise,
                                   std::int64_t most) const {
    const double value = real(name, static_cast<double>(otherwise));
    if (value != std::floor(value) || value < 1 || value > static_cast<double>(most)) {
      refuse(name, fmt::format("'{}' is not a whole number from 1 to {}", text(name, ""), most));
    }
    return static_cast<std::int64_t>(value);
  }
  [[noreturn]] void refuse(const std::string& name, std::string problem,
                           std::string remedy = {}) const {
    throw Error::shown_as(Error::Kind::setting, name, fmt::format("-{} of {}", name, script_),
                          std::move(problem), std::move(remedy));
  }

 private:
  std::string script_;
  std::map<std::string, std::string> values_;
};

constexpr std::int64_t most_epochs = 1'000'000;
constexpr std::int64_t most_batch = 1'000'000;

/// The script's own "LIF" is SpikingJelly's; of ParaLIF the part behind the last '-' counts.
std::string model_named(const Flags& flags, const std::string& flag, const std::string& name,
                        std::string_view lif) {
  if (name == lif) return "SJ-LIF";
  const std::string kind = name.substr(0, name.find('-'));
  if (kind == "PLIF" && lif == "LIF") return "PLIF";
  std::string model = "ParaLIF-" + name.substr(name.rfind('-') + 1);
  if (kind != "ParaLIF" || !is_neuron_of(model, NeuronFamily::paralif)) {
    flags.refuse(flag, fmt::format("'{}' is unknown", name),
                 fmt::format("choose {}{}, ParaLIF-T or another mode of ParaLIF", lif,
                             lif == "LIF" ? ", PLIF" : ""));
  }
  return model;
}

Experiment plif_net_of(const std::vector<std::string>& words) {
  const Flags flags("plif_net",
                    {{"init_tau", "batch_size", "learning_rate", "T_max", "neu", "device",
                      "dataset_name", "log_dir_prefix", "T", "channels", "number_layer", "max_epoch",
                      "tau_mem", "tau_syn", "data_ratio", "shift", "scale"},
                     {"use_max_pool", "detach_reset", "data_aug", "save_model", "recurrent",
                      "learn_tau", "best_config"}},
                    words);
  if (!flags.has("dataset_name")) flags.refuse("dataset_name", "is missing", "give NMNIST or DVS128Gesture");
  const std::string data = flags.text("dataset_name", "");
  const bool digits = data == "NMNIST";
  if (!digits && data != "DVS128Gesture" && data != "DVSGesture") {
    flags.refuse("dataset_name", fmt::format("'{}' is unknown", data), "give NMNIST or DVS128Gesture");
  }
  const bool best = flags.has("best_config");
  if (!best) {
    for (const char* needed : {"T", "number_layer"}) {
      if (!flags.has(needed)) {
        flags.refuse(needed, "is missing, and has no default there", "give it, or -best_config");
      }
    }
  }
  Experiment e;
  e.dataset.name = digits ? "nmnist" : "dvsgesture";
  e.dataset.polarity = "both";
  if (!digits) e.dataset.resize = 128;
  PlifNet net;
  net.side = digits ? 34 : 128;
  net.channels = flags.whole("channels", 128, 65536);
  NetworkNeuron& n = net.neuron;
  n.tau_init = "reference";
  n.detach_reset = flags.has("detach_reset");
  n.tau_steps = flags.real("init_tau", 2.0);
  TrainingSettings& t = e.training;
  t.loss = "mse_rate";
  t.optimizer = "adam";
  t.schedule = "cosine";
  t.drop_last = true;
  if (best) {
    n.model = "ParaLIF-T";
    n.tau_mem_s = 0.0;
    n.learn_tau = true;
    e.dataset.bins = digits ? 10 : 20;
    net.stages = digits ? 2 : 5;
    t.batch_size = digits ? 64 : 3;
    t.epochs = digits ? 100 : 250;
    t.learning_rate = 1e-3;
    e.dataset.augmentation = true;
    e.dataset.shift = 0.15;
    e.dataset.scale = 0.0;
    t.save_model = true;
  } else {
    n.model = model_named(flags, "neu", flags.text("neu", "PLIF"), "LIF");
    n.tau_mem_s = flags.real("tau_mem", 1e-2);
    n.tau_syn_s = flags.real("tau_syn", 1e-4);
    n.learn_tau = flags.has("learn_tau");
    net.max_pool = flags.has("use_max_pool");
    net.stages = flags.whole("number_layer", 2, digits ? 5 : 7);
    e.dataset.bins = flags.whole("T", 10, 100'000);
    t.batch_size = flags.whole("batch_size", 16, most_batch);
    t.epochs = flags.whole("max_epoch", 1024, most_epochs);
    t.learning_rate = flags.real("learning_rate", 1e-4);
    e.dataset.augmentation = flags.has("data_aug");
    e.dataset.shift = flags.real("shift", 0.0);
    e.dataset.scale = flags.real("scale", 0.0);
    e.dataset.data_ratio = flags.real("data_ratio", 1.0);
    t.save_model = flags.has("save_model");
  }
  e.network.layers = plif_net(net);
  e.title = fmt::format("plif_net, {}, {}", e.dataset.name, n.model);
  return e;
}

Experiment sequential_of(const std::vector<std::string>& words) {
  const Flags flags("seqcifar10",
                    {{"device", "b", "epochs", "j", "data-dir", "out-dir", "resume", "opt",
                      "momentum", "lr", "channels", "neu", "class-num", "P", "tau_mem", "tau_syn",
                      "surrogate_mode", "surrogate_scale", "n_conv", "n_down"},
                     {"amp", "exp-init", "debug", "save_model", "recurrent", "recurrent_fire",
                      "best_config"}},
                    words);
  if (flags.has("resume")) {
    flags.refuse("resume", "names a checkpoint of the script", "continue runs of this program with --resume");
  }
  if (flags.text("class-num", "10") != "10") flags.refuse("class-num", "can only be 10, as there");
  const bool best = flags.has("best_config");
  Experiment e;
  e.dataset.name = "cifar10";
  e.dataset.augmentation = true;
  e.dataset.data_dir = flags.text("data-dir", "");
  SequentialCifar10 net;
  net.channels = flags.whole("channels", 128, 65536);
  net.convolutions = flags.whole("n_conv", 3, 100);
  net.groups = flags.whole("n_down", 2, 5);
  net.hidden = net.channels * (net.length >> net.groups) / 4;
  if (net.hidden == 0) flags.refuse("channels", "and -n_down leave no hidden units", "give more channels");
  NetworkNeuron& n = net.neuron;
  n.model = best ? "ParaLIF-GS" : model_named(flags, "neu", flags.text("neu", "lif"), "lif");
  n.tau_mem_s = best ? 5e-5 : flags.real("tau_mem", 1e-2);
  n.tau_syn_s = best ? 1e-3 : flags.real("tau_syn", 1e-4);
  n.recurrent = !best && flags.has("recurrent");
  n.feed_spikes = !best && flags.has("recurrent_fire");
  n.surrogate = flags.text("surrogate_mode", "atan");
  n.surrogate_scale = flags.real("surrogate_scale", 2.0);
  if (n.surrogate != "atan" && n.surrogate != "fastsig") {
    flags.refuse("surrogate_mode", fmt::format("'{}' is unknown", n.surrogate), "give atan or fastsig");
  }
  // The script's lif has a surrogate of its own.
  if (n.model == "SJ-LIF") {
    n.surrogate = "atan";
    n.surrogate_scale.reset();
  }
  TrainingSettings& t = e.training;
  t.loss = "mean";
  t.label_smoothing = 0.1;
  t.optimizer = best ? "sgd" : flags.text("opt", "sgd");
  if (t.optimizer != "sgd" && t.optimizer != "adamw") {
    flags.refuse("opt", fmt::format("'{}' is unknown", t.optimizer), "give sgd or adamw");
  }
  t.momentum = t.optimizer == "sgd" ? (best ? 0.9 : flags.real("momentum", 0.9)) : 0.0;
  t.learning_rate = best ? 0.1 : flags.real("lr", 0.1);
  t.schedule = "cosine";
  t.batch_size = flags.whole("b", 128, most_batch);
  t.epochs = best ? 300 : flags.whole("epochs", 200, most_epochs);
  t.drop_last = true;
  t.debug = flags.has("debug");
  t.save_model = best || flags.has("save_model");
  e.network.layers = sequential_cifar10(net);
  e.title = fmt::format("seqcifar10, {}", n.model);
  return e;
}

Experiment delays_of(const std::vector<std::string>& words) {
  const Flags flags("snn_delays", {{"dataset", "neuron"}, {}}, words);
  const std::string data = flags.text("dataset", "shd");
  if (data != "shd" && data != "ntidigits") {
    flags.refuse("dataset", fmt::format("'{}' is unknown", data), "give shd or ntidigits");
  }
  const std::string neuron = flags.text("neuron", "paralif");
  const std::map<std::string, std::string> models{
      {"paralif", "ParaLIF-T"}, {"lif", "SJ-LIF"}, {"plif", "PLIF"}};
  const auto model = models.find(neuron);
  if (model == models.end()) {
    flags.refuse("neuron", fmt::format("'{}' is unknown", neuron), "give paralif, lif or plif");
  }
  const std::string name = data == "shd" ? "delays-heidelberg" : "delays-ntidigits";
  Experiment e = std::ranges::find(presets(), name, &Preset::id)->experiment;
  DelayNet net;
  net.classes = data == "shd" ? 20 : 11;
  net.neuron.model = model->second;
  net.neuron.tau_mem_s = 3.2e-4;
  e.network.layers = delay_net(net);
  e.title = fmt::format("snn_delays, {}, {}", e.dataset.name, model->second);
  return e;
}

}  // namespace

std::span<const std::string_view> published_scripts() {
  static constexpr std::array<std::string_view, 3> names{"plif_net", "seqcifar10", "snn_delays"};
  return names;
}

Experiment experiment_of_script(const std::string& script, const std::vector<std::string>& flags) {
  if (script == "plif_net") return plif_net_of(flags);
  if (script == "seqcifar10") return sequential_of(flags);
  if (script == "snn_delays") return delays_of(flags);
  throw Error(Error::Kind::setting, "experiment", fmt::format("'{}' is no published script", script),
              fmt::format("choose {}; that of the dense network needs no name",
                          fmt::join(published_scripts(), ", ")));
}

}  // namespace paralif
