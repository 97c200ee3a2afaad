// The entries of the table of fields: what the network learns from, and its layers.
#include "core/experiments/field_entry.h"
#include "core/experiments/network_presets.h"
#include "core/experiments/presets.h"

namespace paralif {

using namespace field_entry;

std::vector<Field> dataset_fields() {
  constexpr auto group = FieldGroup::dataset;
  return {
      field(group, {.key = "dataset.name", .flag = "dataset", .label = marked("Dataset"),
             .explanation = marked("What the network learns to tell apart."),
             .choices = trainable_datasets()},
            MEMBER(dataset.name)),
      field(group, {.key = "dataset.steps", .flag = "steps", .label = marked("Time steps"),
             .unit = marked("steps"),
             .explanation = marked("Length of every spike train. Each coordinate of a point becomes a train "
                        "that fires in each step with that probability: longer trains carry it "
                        "more exactly and take longer to learn from."),
             .minimum = 1, .maximum = 1000000},
            MEMBER(dataset.steps), rate_coded),
      field(group, {.key = "dataset.window", .flag = "window_size", .aliases = {"window-size"}, .label = marked("Time window"), .unit = symbol("s"),
             .explanation = marked("Width of a time bin: all spikes within it count as one step. The "
                        "published flag is the number of steps where there are no recordings, "
                        "as for Yin-Yang."),
             .minimum = 1e-6, .maximum = 10, .display_factor = 1e3, .display_unit = symbol("ms")},
            MEMBER(dataset.window_s),
            [](const Experiment& e) { return recorded(e) && !e.dataset.bins; }),
      field(group, {.key = "dataset.bins", .flag = "bins", .label = marked("Time bins"),
             .unit = marked("steps"),
             .explanation = marked("Divide every sample into this many bins, whatever its length, instead of "
                        "bins of one width."),
             .minimum = 1, .maximum = 100000, .absent = marked("by window"), .advanced = true},
            MEMBER(dataset.bins), recorded),
      field(group, {.key = "dataset.group_units", .flag = "group_units", .label = marked("Channels an input"), .unit = marked("channels"),
             .explanation = marked("Sum this many neighbouring channels of the cochlea into one input."),
             .minimum = 1, .maximum = 700, .advanced = true},
            MEMBER(dataset.group_units), audio),
      field(group, {.key = "dataset.polarity", .flag = "polarity", .label = marked("Polarity"),
             .explanation = marked("Which events of the camera count: those of falling brightness (off), "
                        "of rising brightness (on), both apart, or both merged. Published: off "
                        "for N-MNIST, both for DVS Gesture."),
             .choices = {"published", "off", "on", "both", "merged"}, .advanced = true},
            MEMBER(dataset.polarity), camera),
      field(group, {.key = "dataset.resize", .flag = "resize", .label = marked("Frame side"),
             .unit = marked("pixels"),
             .explanation = marked("Shrink the camera's frames to this side, by the nearest pixel. "
                        "Published: 34 for N-MNIST, 64 for DVS Gesture."),
             .minimum = 1, .maximum = 128, .absent = marked("published"), .advanced = true},
            MEMBER(dataset.resize), camera),
      field(group, {.key = "dataset.augmentation", .flag = "data_augmentation", .label = marked("Augmentation"),
             .explanation = marked("Move and scale every training sample at random (images: flip and erase), "
                        "so that the network sees more variety than was recorded.")},
            MEMBER(dataset.augmentation),
            [](const Experiment& e) { return recorded(e) || images(e); }),
      field(group, {.key = "dataset.shift", .flag = "shift", .label = marked("Largest shift"),
             .explanation = marked("Largest random translation, as a fraction of the extent."),
             .minimum = 0, .maximum = 1, .display_factor = 100, .display_unit = symbol("%")},
            MEMBER(dataset.shift), augmented),
      field(group, {.key = "dataset.scale", .flag = "scale", .label = marked("Largest scaling"),
             .explanation = marked("Largest random change of scale of both axes."), .minimum = 0,
             .maximum = 0.99, .display_factor = 100, .display_unit = symbol("%")},
            MEMBER(dataset.scale), augmented),
      field(group, {.key = "dataset.time_mask", .flag = "time_mask", .label = marked("Longest time mask"),
             .explanation = marked("Empty one random run of time steps, of up to this share of them, in "
                        "every training sample."),
             .minimum = 0, .maximum = 1, .zero_word = marked("none"), .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.time_mask), augmented),
      field(group, {.key = "dataset.unit_mask", .flag = "unit_mask", .label = marked("Widest channel mask"),
             .explanation = marked("Empty one random run of channels, of up to this share of them, in every "
                        "training sample."),
             .minimum = 0, .maximum = 1, .zero_word = marked("none"), .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.unit_mask),
            [](const Experiment& e) { return augmented(e) && audio(e); }),
      field(group, {.key = "dataset.mask_probability", .flag = "mask_probability", .label = marked("Chance of a mask"),
             .explanation = marked("How likely each of the two masks is for a training sample."), .minimum = 0,
             .maximum = 1, .display_factor = 100, .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.mask_probability),
            [](const Experiment& e) {
              return augmented(e) && (e.dataset.time_mask > 0 || e.dataset.unit_mask > 0);
            }),
      field(group, {.key = "dataset.cut_mix", .flag = "cut_mix", .label = marked("Cut-mix in time"),
             .explanation = marked("How likely a training sample is to have one random run of steps of the next "
                        "one of its batch in place of its own; its label is then shared with that "
                        "one's by the length of the run."),
             .minimum = 0, .maximum = 1, .zero_word = marked("none"), .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.cut_mix), [](const Experiment& e) { return augmented(e) && audio(e); }),
      field(group, {.key = "dataset.data_ratio", .flag = "data_ratio", .label = marked("Share of the data"),
             .explanation = marked("Train and test on this share of the samples of every class, always the same "
                        "ones, to try settings out."),
             .minimum = 0, .maximum = 1, .minimum_excluded = true, .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.data_ratio),
            [](const Experiment& e) { return from_files(e) && !own_points(e); }),
      field(group, {.key = "dataset.redraw", .flag = "redraw", .label = marked("Draw anew each epoch"),
             .explanation = marked("Draw the spike trains of the training samples anew in every epoch, so "
                        "that the network sees more variety. The published code draws them once."),
             .advanced = true},
            MEMBER(dataset.redraw), rate_coded),
      field(group, {.key = "dataset.validation", .flag = "validation", .label = marked("Validation share"),
             .explanation = marked("Keep this share of every class of the training set out of the training "
                        "and report it as validation; the best weights are those of the best "
                        "validation. The test set stays the test set. Without a share, a dataset that "
                        "is published with a validation part, as SSC is, uses that."),
             .minimum = 0, .maximum = 0.9, .zero_word = marked("none"), .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.validation)),
      field(group, {.key = "dataset.test_share", .flag = "test_share", .label = marked("Test share"),
             .explanation = marked("Own points are one file: this share of every class is kept out as the "
                        "test set."),
             .minimum = 0, .maximum = 0.9, .minimum_excluded = true, .display_factor = 100,
             .display_unit = symbol("%"), .advanced = true},
            MEMBER(dataset.test_share),
            own_points),
      field(group, {.key = "dataset.preload", .flag = "preload", .label = marked("Read all at once"),
             .explanation = marked("Read all recordings into memory before training: faster epochs, for 4 to "
                        "10 bytes a spike."),
             .advanced = true, .on_resume = true},
            MEMBER(dataset.preload), recorded),
      field(group, {.key = "dataset.padding", .flag = "padding", .label = marked("Padding"),
             .explanation = marked("Where the empty steps of samples that are shorter than the longest of "
                        "their batch stand: at the start of time, as most published experiments "
                        "have them, or at its end, as the one with learnable delays."),
             .choices = {"start", "end"}, .advanced = true},
            MEMBER(dataset.padding), recorded),
      field(group, {.key = "dataset.time_unit", .flag = "time-unit", .label = marked("Time unit of the files"),
             .explanation = marked("What the times in the files count. Published: seconds in recordings of "
                        "sound, milliseconds in arrays of gestures (microseconds where these "
                        "have named fields of whole numbers)."),
             .choices = {"published", "s", "ms", "us"}, .advanced = true},
            MEMBER(dataset.time_unit),
            [](const Experiment& e) { return recorded(e) && !has_fixed_unit(e); }),
      field(group, {.key = "dataset.skip_bad", .flag = "skip-bad", .label = marked("Leave out if bad"),
             .explanation = marked("What may be left out where it cannot be right: nothing, so that the file "
                        "is refused; events of recordings, such as those outside the sensor; "
                        "or rows of a table of points. They are counted and reported."),
             .choices = {"none", "events", "rows"}, .advanced = true},
            MEMBER(dataset.skip_bad),
            [](const Experiment& e) { return recorded(e) || own_points(e); }),
      field(group, {.key = "dataset.data_dir", .flag = "data-dir", .aliases = {"data_dir"}, .label = marked("Data folder"),
             .explanation = marked("Folder with the downloaded recordings, or with points.csv. Empty: the "
                        "folder in PARALIF_DATA, or else ~/.local/share/paralif/data."),
             .advanced = true, .on_resume = true},
            MEMBER(dataset.data_dir), from_files),
  };
}

namespace {

/// A preset's name, a file or the layers themselves.
ParameterValue layers_named(const std::string& text) {
  return layers_text(network_named(text));
}

std::string layers_name(const ParameterValue& value) {
  const std::string& text = std::get<std::string>(value);
  if (text.empty()) return "dense";
  const std::string_view preset = preset_name_of(layers_from_text(text));
  return preset.empty() ? text : std::string(preset);
}

}  // namespace

std::vector<Field> network_fields() {
  constexpr auto group = FieldGroup::network;
  return {
      field(group, {.key = "network.layers", .flag = "network", .label = marked("Network"),
             .explanation = marked("The dense network of the fields below, a published network by its name, "
                        "or a list of layers from a file: each with an id, a kind and its "
                        "parameters. 'paralif layers' lists the kinds."),
             .read = layers_named, .write = layers_name},
            MEMBER(network.layers)),
      field(group, {.key = "network.hidden", .flag = "layers", .aliases = {"hidden"}, .label = marked("Hidden layers"), .unit = marked("neurons"),
             .explanation = marked("Neurons of each hidden layer, from input to output, such as 128, 64."),
             .minimum = 1, .maximum = 65536},
            MEMBER(network.hidden), dense),
      field(group, {.key = "network.recurrent", .flag = "recurrent", .label = marked("Recurrent"),
             .explanation = marked("Neurons of a hidden layer also receive their own layer's output of the "
                        "step before. One value, or one a hidden layer.")},
            MEMBER(network.recurrent), spiking),
      field(group, {.key = "network.recurrent_relu", .flag = "recurrent_relu", .label = marked("Feed back membrane"),
             .explanation = marked("Feed back the rectified membrane potential instead of the spikes.")},
            MEMBER(network.recurrent_relu),
            [](const Experiment& e) { return spiking(e) && any_recurrent(e); }),
      field(group, {.key = "network.delay_max", .flag = "delay_max", .label = marked("Longest delay"), .unit = marked("steps"),
             .explanation = marked("Delay the output of each hidden neuron by a fixed random number of "
                        "steps, up to this one. One value, or one a hidden layer."),
             .minimum = 0, .maximum = 10000, .zero_word = marked("none"), .advanced = true},
            MEMBER(network.delay_max), spiking),
      field(group, {.key = "network.delay_distribution", .flag = "delay_distribution", .label = marked("Delays drawn from"),
             .explanation = marked("normal: |N(0, half of the longest)|, cut at the longest; uniform: every "
                        "delay is as likely."),
             .choices = {"normal", "uniform"}, .advanced = true},
            MEMBER(network.delay_distribution),
            [](const Experiment& e) { return spiking(e) && !e.network.delay_max.all(0); }),
  };
}

}  // namespace paralif
