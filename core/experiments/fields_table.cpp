// The entries of the table of fields: neuron, training and execution.
#include <fmt/format.h>

#include <charconv>

#include "core/experiments/field_entry.h"
#include "core/values/loss_names.h"

namespace paralif {
namespace {

using namespace field_entry;

/// Those that spike in the plainest ways first, then the others of ParaLIF.
std::vector<std::string> neuron_choices() {
  std::vector<std::string> names = neuron_model_names(&NeuronModelEntry::in_dense);
  const auto rank = [](const std::string& name) {
    static const std::vector<std::string> first{"ParaLIF-T",  "ParaLIF-D",   "ParaLIF-GS",
                                                "ParaLIF-SB", "ParaLIF-TRB"};
    const auto at = std::ranges::find(first, name) - first.begin();
    const bool others = at == std::ssize(first) && !is_neuron_of(name, NeuronFamily::paralif);
    return at + (others ? 1 : 0);
  };
  std::ranges::stable_sort(names, std::less<>{}, rank);
  return names;
}

std::vector<std::string> loss_choices() {
  std::vector<std::string> names;
  for (const ChoiceMeaning& loss : loss_names()) names.push_back(loss.choice);
  return names;
}

/// What is wrong with a text that is not cpu, cuda or cuda:N.
std::optional<std::string> device_problem(const ParameterValue& value) {
  const std::string& text = std::get<std::string>(value);
  if (text == "cpu" || text == "cuda") return std::nullopt;
  if (text.starts_with("cuda:")) {
    int number = -1;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + 5, end, number);
    if (read.ec == std::errc() && read.ptr == end && number >= 0) return std::nullopt;
  }
  return fmt::format("'{}' is unknown: choose cpu, cuda or cuda:N", text);
}

std::vector<Field> neuron_fields() {
  constexpr auto group = FieldGroup::neuron;
  return {
      field(group, {.key = "neuron.name", .flag = "neuron", .label = marked("Neuron"),
             .explanation = marked("LIF resets after each spike and so must run step by step. ParaLIF has no "
                        "reset and runs over the whole sequence at once; the letters say how it "
                        "spikes: T by threshold, D by change of the membrane, SB and TRB by "
                        "chance, GS by Gumbel-softmax; S, T or TR before T or D squash the "
                        "membrane by sigmoid, tanh or rectified tanh first."),
             .choices = neuron_choices()},
            MEMBER(neuron.name), dense),
      field(group, {.key = "neuron.tau_mem", .flag = "tau_mem", .label = marked("Membrane time constant"), .unit = symbol("s"),
             .explanation = marked("How long the membrane potential remembers: it falls to 37 % in this "
                        "time. One value, or one a layer. 'none' is no memory; 0 is none that "
                        "can be learnt, from a decay of 0.5 on."),
             .minimum = 0, .maximum = 1000, .absent = marked("none"), .display_factor = 1e3,
             .display_unit = symbol("ms")},
            MEMBER(neuron.tau_mem_s), spiking),
      field(group, {.key = "neuron.tau_syn", .flag = "tau_syn", .label = marked("Synaptic time constant"), .unit = symbol("s"),
             .explanation = marked("How long the synaptic current of an input spike lasts: it falls to 37 % "
                        "in this time. One value, or one a layer. 'none' is no current; 0 is "
                        "none that can be learnt, from a decay of 0.5 on."),
             .minimum = 0, .maximum = 1000, .absent = marked("none"), .display_factor = 1e3,
             .display_unit = symbol("ms")},
            MEMBER(neuron.tau_syn_s), spiking),
      field(group, {.key = "neuron.learn_tau", .flag = "learn_tau", .label = marked("Learn time constants"),
             .explanation = marked("Train the time constants together with the weights.")},
            MEMBER(neuron.learn_tau), spiking),
      field(group, {.key = "neuron.tau_per_neuron", .flag = "tau_per_neuron", .label = marked("One per neuron"),
             .explanation = marked("Learn a time constant for every neuron, not one for the layer.")},
            MEMBER(neuron.tau_per_neuron),
            [](const Experiment& e) { return spiking(e) && e.neuron.learn_tau; }),
      field(group, {.key = "neuron.tau_init", .flag = "tau_init", .label = marked("Learning starts at"),
             .explanation = marked("logit: learning starts at the time constants above. reference: as in "
                        "the published code, where the sigmoid is applied once more."),
             .choices = {"logit", "reference"}, .advanced = true},
            MEMBER(neuron.tau_init),
            [](const Experiment& e) { return spiking(e) && e.neuron.learn_tau; }),
      field(group, {.key = "neuron.threshold", .flag = "spk_threshold", .label = marked("Threshold"),
             .explanation = marked("Membrane potential (T, LIF) above which the neuron spikes. With D it is "
                        "the change of the membrane within one step that counts: at a shorter "
                        "time step the same change takes more steps, so that at 0.1 ms the usual "
                        "threshold is never reached. The published default is 1, or 0.1 for "
                        "modes with D. It is learnt by every neuron but LIF."),
             .minimum = 0, .maximum = 1000, .absent = marked("published")},
            MEMBER(neuron.threshold), has_threshold),
      field(group, {.key = "neuron.refractory", .flag = "refractory", .label = marked("Refractory period"), .unit = symbol("s"),
             .explanation = marked("After a spike the neuron ignores its input for this long."), .minimum = 0,
             .maximum = 10, .zero_word = marked("none"), .display_factor = 1e3, .display_unit = symbol("ms")},
            MEMBER(neuron.refractory_s), is_lif),
      field(group, {.key = "neuron.time_step", .flag = "time_step", .label = marked("Time step"), .unit = symbol("s"),
             .explanation = marked("Duration of one step, for the decays. The published code keeps 1 ms "
                        "whatever the window. The change in one step that ParaLIF-D looks at "
                        "shrinks with it."),
             .minimum = 0, .maximum = 10, .minimum_excluded = true, .display_factor = 1e3,
             .display_unit = symbol("ms"), .advanced = true},
            MEMBER(neuron.time_step_s), spiking),
      field(group, {.key = "neuron.surrogate", .flag = "surrogate", .label = marked("Surrogate gradient"),
             .explanation = marked("The smooth slope that stands for the step function when the network "
                        "learns: fast sigmoid or arc tangent."),
             .choices = {"fastsig", "atan"}, .advanced = true},
            MEMBER(neuron.surrogate), has_threshold),
      field(group, {.key = "neuron.surrogate_scale", .flag = "surrogate_scale", .label = marked("Surrogate steepness"),
             .explanation = marked("The larger, the narrower the surrogate's slope. Defaults: 100 for "
                        "fastsig, 2 for atan."),
             .minimum = 0, .maximum = 1e6, .absent = marked("default"), .advanced = true},
            MEMBER(neuron.surrogate_scale), has_threshold),
  };
}

std::vector<Field> training_fields() {
  constexpr auto group = FieldGroup::training;
  const auto regularised = [](const Experiment& e) {
    return spiking(e) &&
           (e.training.reg_threshold || e.training.reg_threshold_recurrent);
  };
  const auto stepped = [](const Experiment& e) { return e.training.schedule == "step"; };
  return {
      field(group, {.key = "training.epochs", .flag = "nb_epochs", .label = marked("Epochs"),
             .explanation = marked("How often the network sees the whole training set."), .minimum = 1,
             .maximum = 100000, .live = true, .on_resume = true},
            MEMBER(training.epochs)),
      field(group, {.key = "training.batch_size", .flag = "batch_size", .label = marked("Batch size"), .unit = marked("samples"),
             .explanation = marked("Samples between two changes of the weights."), .minimum = 1,
             .maximum = 65536},
            MEMBER(training.batch_size)),
      field(group, {.key = "training.learning_rate", .flag = "lr", .label = marked("Learning rate"), .explanation = marked("Size of each change of the weights."),
             .minimum = 0, .maximum = 100, .minimum_excluded = true,
             .live = true},
            MEMBER(training.learning_rate)),
      field(group, {.key = "training.loss", .flag = "loss_mode", .label = marked("Loss over time"),
             .explanation = marked("How the read-out becomes one score a class, for the cross-entropy where no "
                        "other is named."),
             .choices = loss_choices(), .meanings = loss_names()},
            MEMBER(training.loss)),
      field(group, {.key = "training.label_smoothing", .flag = "label_smoothing", .label = marked("Label smoothing"),
             .explanation = marked("Share of the target that is spread over all classes."), .minimum = 0,
             .maximum = 0.999, .advanced = true},
            MEMBER(training.label_smoothing)),
      field(group, {.key = "training.drop_last", .flag = "drop_last", .label = marked("Drop the last batch"),
             .explanation = marked("Leave out the last batch of an epoch where it is incomplete."),
             .advanced = true},
            MEMBER(training.drop_last)),
      field(group, {.key = "training.optimizer", .flag = "optimizer", .label = marked("Optimiser"), .explanation = marked("How gradients become changes of the weights."),
             .choices = {"adamax", "adam", "adamw", "sgd"}, .advanced = true},
            MEMBER(training.optimizer)),
      field(group, {.key = "training.momentum", .flag = "momentum", .label = marked("Momentum"),
             .explanation = marked("Fraction of the last change carried into the next."), .minimum = 0,
             .maximum = 0.9999, .advanced = true},
            MEMBER(training.momentum),
            [](const Experiment& e) { return e.training.optimizer == "sgd"; }),
      field(group, {.key = "training.weight_decay", .flag = "weight_decay", .label = marked("Weight decay"), .explanation = marked("Pulls all weights towards zero."), .minimum = 0,
             .maximum = 10, .advanced = true, .live = true},
            MEMBER(training.weight_decay)),
      field(group, {.key = "training.schedule", .flag = "schedule", .label = marked("Learning-rate schedule"),
             .explanation = marked("step: multiply the learning rate by gamma after every so many epochs, as "
                        "every published training of the dense network does. cosine: down to 0 "
                        "along half a cosine. one_cycle: up to the learning rate in 30 % of the "
                        "period, then down to nearly 0, momentum the other way round. none: "
                        "keep it."),
             .choices = {"step", "cosine", "one_cycle", "none"}, .advanced = true},
            MEMBER(training.schedule)),
      field(group, {.key = "training.schedule_period_epochs", .flag = "schedule_period_epochs",
             .label = marked("Period"), .unit = marked("epochs"),
             .explanation = marked("Epochs until the schedule has reached its end."), .minimum = 1,
             .maximum = 100000, .absent = marked("all"), .advanced = true},
            MEMBER(training.schedule_period_epochs),
            [](const Experiment& e) {
              return e.training.schedule == "cosine" || e.training.schedule == "one_cycle";
            }),
      field(group, {.key = "training.delay_learning_rate", .flag = "delay_lr", .label = marked("Learning rate of delays"),
             .explanation = marked("Of learned delays, in steps; it falls to 0 along half a cosine."),
             .minimum = 0, .maximum = 100},
            MEMBER(training.delay_learning_rate), learns_delays),
      field(group, {.key = "training.schedule_step_epochs", .flag = "schedule_step_epochs", .aliases = {"scheduler_epochs"},
             .label = marked("Step size"), .unit = marked("epochs"),
             .explanation = marked("Epochs between two reductions of the learning rate. Published: 25."),
             .minimum = 1, .maximum = 100000, .advanced = true},
            MEMBER(training.schedule_step_epochs), stepped),
      field(group, {.key = "training.schedule_gamma", .flag = "schedule_gamma", .aliases = {"scheduler_factor"}, .label = marked("Gamma"),
             .explanation = marked("What the learning rate is multiplied by. Published: 0.5."),
             .minimum = 0, .maximum = 1, .minimum_excluded = true, .advanced = true},
            MEMBER(training.schedule_gamma), stepped),
      field(group, {.key = "training.reg_threshold", .flag = "reg_thr", .label = marked("Rate threshold"), .unit = marked("spikes/neuron/step"),
             .explanation = marked("Firing-rate regularisation: mean firing of the hidden neurons above which the loss grows with the "
                        "square of the excess."),
             .minimum = 0, .maximum = 1, .minimum_excluded = true, .absent = marked("none"),
             .zero_flag_is_absent = true, .advanced = true},
            MEMBER(training.reg_threshold), spiking),
      field(group, {.key = "training.reg_threshold_recurrent", .flag = "reg_thr_r", .label = marked("Recurrent rate threshold"), .unit = marked("spikes/neuron/step"),
             .explanation = marked("The same for the spikes fed back."), .minimum = 0, .maximum = 1,
             .minimum_excluded = true, .absent = marked("none"), .zero_flag_is_absent = true,
             .advanced = true},
            MEMBER(training.reg_threshold_recurrent),
            [](const Experiment& e) { return spiking(e) && any_recurrent(e); }),
      field(group, {.key = "training.reg_strength", .flag = "reg_strength", .label = marked("Rate regularisation"),
             .explanation = marked("Weight of the squared excess of firing in the loss."), .minimum = 0,
             .maximum = 1e6, .advanced = true},
            MEMBER(training.reg_strength), regularised),
      field(group, {.key = "training.debug", .flag = "debug", .label = marked("Two batches only"),
             .explanation = marked("Train and test on the first 2 x batch size samples of both sets, to try "
                        "a setting out."),
             .advanced = true},
            MEMBER(training.debug)),
  };
}

std::vector<Field> recording_fields() {
  constexpr auto group = FieldGroup::recording;
  return {
      field(group, {.key = "recording.every", .flag = "record_every", .label = marked("Every"),
             .unit = marked("epochs"),
             .explanation = marked("Epochs from one that is kept for a replay to the next, the last one "
                            "besides; metrics are kept of every epoch. Recording takes 2 % of the "
                            "time at most: epochs that would take more are left out."),
             .minimum = 0, .maximum = 1000000, .zero_word = marked("never"), .advanced = true, .live = true,
             .on_resume = true},
            MEMBER(recording.every)),
      field(group, {.key = "recording.keep", .flag = "record", .label = marked("Keep"),
             .explanation = marked("What is kept of such an epoch: all, none, or some of spikes, membranes, "
                            "confusion, decision_map, weights, layers, constants, kernels, "
                            "feature_maps, separated by commas."),
             .advanced = true, .live = true, .on_resume = true},
            MEMBER(recording.keep)),
      field(group, {.key = "training.save_model", .flag = "save_model", .label = marked("Keep the weights"), .explanation = marked("Save the final weights with the run."),
             .advanced = true, .on_resume = true},
            MEMBER(training.save_model)),
      field(group, {.key = "training.tensorboard", .flag = "tensorboard",
             .label = marked("TensorBoard events"),
             .explanation = marked("Write metrics as an event file into the run's folder while it trains, "
                            "for tensorboard --logdir."),
             .advanced = true, .on_resume = true},
            MEMBER(training.tensorboard)),
  };
}

std::vector<Field> execution_fields() {
  constexpr auto group = FieldGroup::execution;
  return {
      field(group, {.key = "seed", .flag = "seed", .label = marked("Seed"),
             .explanation = marked("Everything random follows from it: the same seed gives the same run."),
             .minimum = 0, .maximum = 4294967295.0},
            MEMBER(seed)),
      field(group, {.key = "backend", .flag = "backend", .aliases = {"evaluation"}, .label = marked("Backend"),
             .explanation = marked("How neurons are computed, with the same result: fused (one sweep over "
                        "the sequence, the fastest), fft (the published parallel form, ParaLIF "
                        "only), sequential (the published step by step form)."),
             .choices = {"fused", "fft", "sequential"}, .on_resume = true},
            MEMBER(backend), spiking),
      field(group, {.key = "precision", .flag = "precision", .label = marked("Precision"),
             .explanation = marked("Numbers in convolutions and matrix products. bfloat16 rounds weights to 8 "
                        "significant bits and leaves spikes as they are: about twice as fast on "
                        "processors with instructions for it."),
             .choices = {"float32", "bfloat16"}, .advanced = true, .on_resume = true},
            MEMBER(precision), layered),
      field(group, {.key = "device", .flag = "device", .label = marked("Device"),
             .explanation = marked("Where to compute: cpu, cuda (an NVIDIA GPU), or cuda:1 for the second."),
             .on_resume = true, .check = device_problem},
            MEMBER(device)),
      field(group, {.key = "title", .flag = "title", .label = marked("Title"),
             .explanation = marked("Name of the experiment and of its runs."), .advanced = true,
             .on_resume = true},
            MEMBER(title)),
  };
}

std::vector<Field> all_fields() {
  std::vector<Field> fields;
  for (auto make : {dataset_fields, network_fields, neuron_fields, training_fields,
                    recording_fields, execution_fields}) {
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
