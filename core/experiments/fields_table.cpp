// The entries of the table of fields.
#include <string>

#include "core/experiments/fields.h"
#include "core/experiments/presets.h"

namespace paralif {
namespace {

using Applies = std::function<bool(const Experiment&)>;

bool always(const Experiment&) { return true; }
bool spiking(const Experiment& e) { return e.neuron.name != "ReLU"; }
bool is_lif(const Experiment& e) { return e.neuron.name.starts_with("LIF"); }
bool is_paralif(const Experiment& e) { return e.neuron.name.starts_with("ParaLIF"); }
bool has_threshold(const Experiment& e) {
  return is_lif(e) || (is_paralif(e) && !e.neuron.name.ends_with("SB") &&
                       !e.neuron.name.ends_with("TRB") && !e.neuron.name.ends_with("GS"));
}
bool from_files(const Experiment& e) { return e.dataset.name != "yinyang"; }
bool rate_coded(const Experiment& e) {
  return e.dataset.name == "yinyang" || e.dataset.name == "points";
}
bool camera(const Experiment& e) {
  return e.dataset.name == "nmnist" || e.dataset.name == "dvsgesture";
}
bool images(const Experiment& e) { return e.dataset.name == "cifar10"; }
bool recorded(const Experiment& e) { return !rate_coded(e) && !images(e); }
bool audio(const Experiment& e) { return recorded(e) && !camera(e); }
bool augmented(const Experiment& e) { return recorded(e) && e.dataset.augmentation; }

/// Fills in the accessors from a function that names the member.
template <typename Member>
Field field(Field entry, Member member, Applies applies = always) {
  using T = std::remove_cvref_t<decltype(member(std::declval<Experiment&>()))>;
  entry.get = [member](const Experiment& e) -> FieldValue {
    return member(const_cast<Experiment&>(e));  // reads only
  };
  entry.set = [member](Experiment& e, const FieldValue& value) { member(e) = std::get<T>(value); };
  entry.applies = std::move(applies);
  return entry;
}

// NOLINTNEXTLINE(bugprone-macro-parentheses): a member's name takes none
#define MEMBER(path) [](Experiment& e) -> auto& { return e.path; }

std::vector<Field> dataset_fields() {
  constexpr auto group = FieldGroup::dataset;
  return {
      field({.key = "dataset.name", .flag = "dataset", .group = group, .label = "Dataset",
             .tooltip = "What the network learns to tell apart.",
             .choices = trainable_datasets()},
            MEMBER(dataset.name)),
      field({.key = "dataset.steps", .flag = "steps", .group = group, .label = "Time steps",
             .unit = "steps",
             .tooltip = "Length of every spike train. Each coordinate of a point becomes a train "
                        "that fires in each step with that probability: longer trains carry it "
                        "more exactly and take longer to learn from.",
             .minimum = 1, .maximum = 1000000},
            MEMBER(dataset.steps), rate_coded),
      field({.key = "dataset.window", .flag = "window_size", .group = group,
             .label = "Time window", .unit = "s",
             .tooltip = "Width of a time bin: all spikes within it count as one step.",
             .minimum = 1e-6, .maximum = 10, .display_factor = 1e3, .display_unit = "ms"},
            MEMBER(dataset.window_s),
            [](const Experiment& e) { return recorded(e) && e.dataset.bins == 0; }),
      field({.key = "dataset.bins", .flag = "bins", .group = group, .label = "Time bins",
             .unit = "steps",
             .tooltip = "Divide every sample into this many bins, whatever its length, instead of "
                        "bins of one width.",
             .minimum = 0, .maximum = 100000, .zero_means = "by window", .advanced = true},
            MEMBER(dataset.bins), recorded),
      field({.key = "dataset.group_units", .flag = "group_units", .group = group,
             .label = "Channels an input", .unit = "channels",
             .tooltip = "Sum this many neighbouring channels of the cochlea into one input.",
             .minimum = 1, .maximum = 700, .advanced = true},
            MEMBER(dataset.group_units), audio),
      field({.key = "dataset.polarity", .flag = "polarity", .group = group, .label = "Polarity",
             .tooltip = "Which events of the camera count: those of falling brightness (off), "
                        "of rising brightness (on), both apart, or both merged. Published: off "
                        "for N-MNIST, both for DVS Gesture.",
             .choices = {"published", "off", "on", "both", "merged"}, .advanced = true},
            MEMBER(dataset.polarity), camera),
      field({.key = "dataset.resize", .flag = "resize", .group = group, .label = "Frame side",
             .unit = "pixels",
             .tooltip = "Shrink the camera's frames to this side, by the nearest pixel. "
                        "Published: 34 for N-MNIST, 64 for DVS Gesture.",
             .minimum = 0, .maximum = 128, .zero_means = "published", .advanced = true},
            MEMBER(dataset.resize), camera),
      field({.key = "dataset.augmentation", .flag = "data_augmentation", .group = group,
             .label = "Augmentation",
             .tooltip = "Move and scale every training sample at random (images: flip and erase), "
                        "so that the network sees more variety than was recorded."},
            MEMBER(dataset.augmentation),
            [](const Experiment& e) { return recorded(e) || images(e); }),
      field({.key = "dataset.shift", .flag = "shift", .group = group, .label = "Largest shift",
             .tooltip = "Largest random translation, as a fraction of the extent.",
             .minimum = 0, .maximum = 1, .display_factor = 100, .display_unit = "%"},
            MEMBER(dataset.shift), augmented),
      field({.key = "dataset.scale", .flag = "scale", .group = group, .label = "Largest scaling",
             .tooltip = "Largest random change of scale of both axes.", .minimum = 0,
             .maximum = 0.99, .display_factor = 100, .display_unit = "%"},
            MEMBER(dataset.scale), augmented),
      field({.key = "dataset.time_mask", .flag = "time_mask", .group = group,
             .label = "Longest time mask",
             .tooltip = "Empty one random run of time steps, of up to this share of them, in "
                        "every training sample.",
             .minimum = 0, .maximum = 1, .zero_means = "none", .display_factor = 100,
             .display_unit = "%", .advanced = true},
            MEMBER(dataset.time_mask), augmented),
      field({.key = "dataset.unit_mask", .flag = "unit_mask", .group = group,
             .label = "Widest channel mask",
             .tooltip = "Empty one random run of channels, of up to this share of them, in every "
                        "training sample.",
             .minimum = 0, .maximum = 1, .zero_means = "none", .display_factor = 100,
             .display_unit = "%", .advanced = true},
            MEMBER(dataset.unit_mask),
            [](const Experiment& e) { return augmented(e) && audio(e); }),
      field({.key = "dataset.validation", .flag = "validation", .group = group,
             .label = "Held-out share",
             .tooltip = "Hold out this share of the training samples of every class and test on "
                        "them, so that the test set stays unseen while settings are tried. Your "
                        "own points are one file: there, a fifth is held out unless said "
                        "otherwise.",
             .minimum = 0, .maximum = 0.9, .zero_means = "none", .display_factor = 100,
             .display_unit = "%", .advanced = true},
            MEMBER(dataset.validation), from_files),
      field({.key = "dataset.preload", .flag = "preload", .group = group,
             .label = "Read all at once",
             .tooltip = "Read all recordings into memory before training: faster epochs, for 4 to "
                        "10 bytes a spike.",
             .advanced = true},
            MEMBER(dataset.preload), recorded),
      field({.key = "dataset.data_dir", .flag = "data-dir", .group = group,
             .label = "Data folder",
             .tooltip = "Folder with the downloaded recordings, or with points.csv. Empty: the "
                        "folder in PARALIF_DATA, or else ~/.local/share/paralif/data.",
             .advanced = true},
            MEMBER(dataset.data_dir), from_files),
  };
}

std::vector<Field> network_fields() {
  constexpr auto group = FieldGroup::network;
  return {
      field({.key = "network.hidden", .flag = "layers", .group = group,
             .label = "Hidden layers", .unit = "neurons",
             .tooltip = "Neurons of each hidden layer, from input to output, such as 128, 64.",
             .minimum = 1, .maximum = 65536},
            MEMBER(network.hidden)),
      field({.key = "network.recurrent", .flag = "recurrent", .group = group,
             .label = "Recurrent",
             .tooltip = "Neurons of a hidden layer also receive their own layer's output of the "
                        "step before."},
            MEMBER(network.recurrent), spiking),
      field({.key = "network.recurrent_relu", .flag = "recurrent_relu", .group = group,
             .label = "Feed back membrane",
             .tooltip = "Feed back the rectified membrane potential instead of the spikes."},
            MEMBER(network.recurrent_relu),
            [](const Experiment& e) { return spiking(e) && e.network.recurrent; }),
      field({.key = "network.delay_max", .flag = "delay_max", .group = group,
             .label = "Longest delay", .unit = "steps",
             .tooltip = "Delay the output of each hidden neuron by a fixed random number of "
                        "steps, up to this one.",
             .minimum = 0, .maximum = 10000, .zero_means = "no delays", .advanced = true},
            MEMBER(network.delay_max), spiking),
      field({.key = "network.delay_distribution", .flag = "delay_distribution", .group = group,
             .label = "Delays drawn from",
             .tooltip = "normal: |N(0, half of the longest)|, cut at the longest; uniform: every "
                        "delay is as likely.",
             .choices = {"normal", "uniform"}, .advanced = true},
            MEMBER(network.delay_distribution),
            [](const Experiment& e) { return spiking(e) && e.network.delay_max > 0; }),
  };
}

std::vector<Field> neuron_fields() {
  constexpr auto group = FieldGroup::neuron;
  return {
      field({.key = "neuron.name", .flag = "neuron", .group = group, .label = "Neuron",
             .tooltip = "LIF resets after each spike and so must run step by step. ParaLIF has no "
                        "reset and runs over the whole sequence at once; the letters say how it "
                        "spikes: T by threshold, D by change of the membrane, SB and TRB by "
                        "chance, GS by Gumbel-softmax; S, T or TR before T or D squash the "
                        "membrane by sigmoid, tanh or rectified tanh first.",
             .choices = {"ParaLIF-T", "ParaLIF-D", "ParaLIF-GS", "ParaLIF-SB", "ParaLIF-TRB",
                         "ParaLIF-SD", "ParaLIF-TD", "ParaLIF-TRD", "ParaLIF-ST", "ParaLIF-TT",
                         "ParaLIF-TRT", "LIF", "LIF-LT", "ReLU"}},
            MEMBER(neuron.name)),
      field({.key = "neuron.tau_mem", .flag = "tau_mem", .group = group,
             .label = "Membrane time constant", .unit = "s",
             .tooltip = "How long the membrane potential remembers: it falls to 37 % in this time.",
             .minimum = 0, .maximum = 1000, .zero_means = "none", .display_factor = 1e3,
             .display_unit = "ms"},
            MEMBER(neuron.tau_mem_s), spiking),
      field({.key = "neuron.tau_syn", .flag = "tau_syn", .group = group,
             .label = "Synaptic time constant", .unit = "s",
             .tooltip = "How long the synaptic current of an input spike lasts: it falls to 37 % "
                        "in this time.",
             .minimum = 0, .maximum = 1000, .zero_means = "none", .display_factor = 1e3,
             .display_unit = "ms"},
            MEMBER(neuron.tau_syn_s), spiking),
      field({.key = "neuron.learn_tau", .flag = "learn_tau", .group = group,
             .label = "Learn time constants",
             .tooltip = "Train the time constants together with the weights."},
            MEMBER(neuron.learn_tau), spiking),
      field({.key = "neuron.tau_per_neuron", .flag = "tau_per_neuron", .group = group,
             .label = "One per neuron",
             .tooltip = "Learn a time constant for every neuron, not one for the layer."},
            MEMBER(neuron.tau_per_neuron),
            [](const Experiment& e) { return spiking(e) && e.neuron.learn_tau; }),
      field({.key = "neuron.tau_init", .flag = "tau_init", .group = group,
             .label = "Learning starts at",
             .tooltip = "logit: learning starts at the time constants above. reference: as in "
                        "the published code, where the sigmoid is applied once more.",
             .choices = {"logit", "reference"}, .advanced = true},
            MEMBER(neuron.tau_init),
            [](const Experiment& e) { return spiking(e) && e.neuron.learn_tau; }),
      field({.key = "neuron.threshold", .flag = "spk_threshold", .group = group,
             .label = "Threshold",
             .tooltip = "Membrane potential (T, LIF) or its change in one step (D) above which "
                        "the neuron spikes. The published default is 1, or 0.1 for modes with D. "
                        "It is learnt by every neuron but LIF.",
             .minimum = 0, .maximum = 1000, .zero_means = "published"},
            MEMBER(neuron.threshold), has_threshold),
      field({.key = "neuron.refractory", .flag = "refractory", .group = group,
             .label = "Refractory period", .unit = "s",
             .tooltip = "After a spike the neuron ignores its input for this long.", .minimum = 0,
             .maximum = 10, .zero_means = "none", .display_factor = 1e3, .display_unit = "ms"},
            MEMBER(neuron.refractory_s), is_lif),
      field({.key = "neuron.time_step", .flag = "time_step", .group = group,
             .label = "Time step", .unit = "s",
             .tooltip = "Duration of one step, for the decays. The published code keeps 1 ms "
                        "whatever the window.",
             .minimum = 0, .maximum = 10, .minimum_excluded = true, .display_factor = 1e3,
             .display_unit = "ms", .advanced = true},
            MEMBER(neuron.time_step_s), spiking),
      field({.key = "neuron.surrogate", .flag = "surrogate", .group = group,
             .label = "Surrogate gradient",
             .tooltip = "The smooth slope that stands for the step function when the network "
                        "learns: fast sigmoid or arc tangent.",
             .choices = {"fastsig", "atan"}, .advanced = true},
            MEMBER(neuron.surrogate), has_threshold),
      field({.key = "neuron.surrogate_scale", .flag = "surrogate_scale", .group = group,
             .label = "Surrogate steepness",
             .tooltip = "The larger, the narrower the surrogate's slope. Defaults: 100 for "
                        "fastsig, 2 for atan.",
             .minimum = 0, .maximum = 1e6, .zero_means = "default", .advanced = true},
            MEMBER(neuron.surrogate_scale), has_threshold),
  };
}

std::vector<Field> training_fields() {
  constexpr auto group = FieldGroup::training;
  const auto regularised = [](const Experiment& e) {
    return spiking(e) &&
           (e.training.reg_threshold > 0 || e.training.reg_threshold_recurrent > 0);
  };
  return {
      field({.key = "training.epochs", .flag = "nb_epochs", .group = group, .label = "Epochs",
             .tooltip = "How often the network sees the whole training set.", .minimum = 1,
             .maximum = 100000, .live = true},
            MEMBER(training.epochs)),
      field({.key = "training.batch_size", .flag = "batch_size", .group = group,
             .label = "Batch size", .unit = "samples",
             .tooltip = "Samples between two changes of the weights.", .minimum = 1,
             .maximum = 65536},
            MEMBER(training.batch_size)),
      field({.key = "training.learning_rate", .flag = "lr", .group = group,
             .label = "Learning rate", .tooltip = "Size of each change of the weights.",
             .minimum = 0, .maximum = 100, .minimum_excluded = true, .live = true},
            MEMBER(training.learning_rate)),
      field({.key = "training.loss", .flag = "loss_mode", .group = group, .label = "Loss over time",
             .tooltip = "How the read-out's membrane over time becomes one score a class: its "
                        "mean, its maximum, its last value, or the sum of its softmax.",
             .choices = {"mean", "max", "last", "cumsum"}},
            MEMBER(training.loss)),
      field({.key = "training.optimizer", .flag = "optimizer", .group = group,
             .label = "Optimiser", .tooltip = "How gradients become changes of the weights.",
             .choices = {"adamax", "adam", "sgd"}, .advanced = true},
            MEMBER(training.optimizer)),
      field({.key = "training.momentum", .flag = "momentum", .group = group, .label = "Momentum",
             .tooltip = "Fraction of the last change carried into the next.", .minimum = 0,
             .maximum = 0.9999, .advanced = true},
            MEMBER(training.momentum),
            [](const Experiment& e) { return e.training.optimizer == "sgd"; }),
      field({.key = "training.weight_decay", .flag = "weight_decay", .group = group,
             .label = "Weight decay", .tooltip = "Pulls all weights towards zero.", .minimum = 0,
             .maximum = 10, .advanced = true, .live = true},
            MEMBER(training.weight_decay)),
      field({.key = "training.scheduler", .flag = "scheduler", .group = group,
             .label = "Lower the rate", .tooltip = "Reduce the learning rate in steps.",
             .advanced = true},
            MEMBER(training.scheduler)),
      field({.key = "training.scheduler_epochs", .flag = "scheduler_epochs", .group = group,
             .label = "Every", .unit = "epochs",
             .tooltip = "Epochs between two reductions of the learning rate.", .minimum = 1,
             .maximum = 100000, .advanced = true},
            MEMBER(training.scheduler_epochs),
            [](const Experiment& e) { return e.training.scheduler; }),
      field({.key = "training.scheduler_factor", .flag = "scheduler_factor", .group = group,
             .label = "By a factor of", .tooltip = "What the learning rate is multiplied by.",
             .minimum = 0, .maximum = 1, .minimum_excluded = true, .advanced = true},
            MEMBER(training.scheduler_factor),
            [](const Experiment& e) { return e.training.scheduler; }),
      field({.key = "training.reg_threshold", .flag = "reg_thr", .group = group,
             .label = "Free firing", .unit = "spikes/neuron/step",
             .tooltip = "Mean firing of the hidden neurons above which the loss grows with the "
                        "square of the excess.",
             .minimum = 0, .maximum = 1, .zero_means = "no limit", .advanced = true},
            MEMBER(training.reg_threshold), spiking),
      field({.key = "training.reg_threshold_recurrent", .flag = "reg_thr_r", .group = group,
             .label = "Free recurrent firing", .unit = "spikes/neuron/step",
             .tooltip = "The same for the spikes fed back.", .minimum = 0, .maximum = 1,
             .zero_means = "no limit", .advanced = true},
            MEMBER(training.reg_threshold_recurrent),
            [](const Experiment& e) { return spiking(e) && e.network.recurrent; }),
      field({.key = "training.reg_strength", .flag = "reg_strength", .group = group,
             .label = "Firing cost",
             .tooltip = "Weight of the squared excess of firing in the loss.", .minimum = 0,
             .maximum = 1e6, .advanced = true},
            MEMBER(training.reg_strength), regularised),
      field({.key = "training.debug", .flag = "debug", .group = group, .label = "Two batches only",
             .tooltip = "Train and test on two batches an epoch, to try a setting out.",
             .advanced = true},
            MEMBER(training.debug)),
      field({.key = "training.save_model", .flag = "save_model", .group = group,
             .label = "Keep the weights", .tooltip = "Save the final weights with the run.",
             .advanced = true},
            MEMBER(training.save_model)),
  };
}

std::vector<Field> execution_fields() {
  constexpr auto group = FieldGroup::execution;
  return {
      field({.key = "seed", .flag = "seed", .group = group, .label = "Seed",
             .tooltip = "Everything random follows from it: the same seed gives the same run.",
             .minimum = 0, .maximum = 4294967295.0},
            MEMBER(seed)),
      field({.key = "evaluation", .flag = "evaluation", .group = group, .label = "Evaluation",
             .tooltip = "How neurons are computed, with the same result: fused (one sweep over "
                        "the sequence, the fastest), fft (the published parallel form, ParaLIF "
                        "only), sequential (the published step by step form).",
             .choices = {"fused", "fft", "sequential"}},
            MEMBER(evaluation), spiking),
      field({.key = "device", .flag = "device", .group = group, .label = "Device",
             .tooltip = "Where to compute: cpu, cuda (an NVIDIA GPU), or cuda:1 for the second."},
            MEMBER(device)),
      field({.key = "title", .flag = "title", .group = group, .label = "Title",
             .tooltip = "Name of the experiment and of its runs.", .advanced = true},
            MEMBER(title)),
  };
}

#undef MEMBER

std::vector<Field> all_fields() {
  std::vector<Field> fields;
  for (auto make : {dataset_fields, network_fields, neuron_fields, training_fields,
                    execution_fields}) {
    for (Field& entry : make()) fields.push_back(std::move(entry));
  }
  return fields;
}

}  // namespace

std::span<const Field> experiment_fields() {
  static const std::vector<Field> fields = all_fields();
  return fields;
}

}  // namespace paralif
