// What another library adds is a choice like any other: a dataset, a kind of layer, a loss and a
// recorder that nothing else in the tree names, found by fields, files and help, and trained.
#include <torch/nn/functional/activation.h>
#include <torch/types.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

#include "core/experiments/experiment_file.h"
#include "core/experiments/fields.h"
#include "core/experiments/presets.h"
#include "core/layers/layer_kind_of.h"
#include "core/layers/layer_kinds.h"
#include "core/recording/recorder.h"
#include "core/runs/run_store.h"
#include "core/training/losses.h"
#include "core/values/loss_names.h"
#include "core/values/parameter_text.h"
#include "datasets/atomic_file.h"
#include "datasets/catalogue/catalogue.h"
#include "datasets/data_folder.h"
#include "tests/core/sessions/small.h"

using namespace paralif;
using torch::Tensor;

namespace {

/// Sample i is of class i % 2 and has six spikes of the channels of its class.
class ToyRecordings final : public RecordedSet {
 public:
  explicit ToyRecordings(const PartRequest& request)
      : RecordedSet({.dataset = "toy",
                     .sensor = {4, 1, 1},
                     .classes = 2,
                     .tick_s = 1e-3,
                     .path = request.found,
                     .options = request.options,
                     .class_names = {"low", "high"}}) {}
  [[nodiscard]] std::int64_t size() const override { return 20; }
  [[nodiscard]] std::int64_t label(std::int64_t sample) const override { return sample % 2; }
  [[nodiscard]] std::string origin(std::int64_t sample) const override {
    return "sample " + std::to_string(sample);
  }

 private:
  [[nodiscard]] Recording load(std::int64_t sample) const override {
    Recording recording;
    for (int i = 0; i < 6; ++i) {
      recording.time.push_back(i);
      recording.unit.push_back(static_cast<std::uint16_t>(2 * (sample % 2) + i % 2));
    }
    return recording;
  }
};

Dataset toy_dataset() {
  Dataset set;
  set.name = "toy";
  set.title = "Toy recordings";
  set.kind = DataKind::audio;
  set.classes = 2;
  set.parts = {DataPart::train, DataPart::test};
  set.files = "toy_train.txt, toy_test.txt";
  set.sensor = {4, 1, 1};
  set.part_files = [](DataPart part) -> std::vector<std::string> {
    if (part == DataPart::validation) return {};
    return {std::string("toy_") + name_of(part) + ".txt"};
  };
  set.open = [](const PartRequest& request) -> std::unique_ptr<RecordedSet> {
    return std::make_unique<ToyRecordings>(request);
  };
  set.write_samples = [](const std::filesystem::path& folder, const SampleOptions&) {
    write_file(folder / "toy_train.txt", "toy");
    write_file(folder / "toy_test.txt", "toy");
  };
  return set;
}

struct GainSettings {
  double gain = 2.0;
};

class GainModule final : public LayerModule {
 public:
  explicit GainModule(double gain) : gain_(gain) {}
  Tensor forward(const Tensor& x, LayerPass&) override { return x * gain_; }

 private:
  double gain_;
};

class GainKind final : public LayerKindOf<GainSettings> {
 public:
  [[nodiscard]] std::string_view name() const override { return "toy_gain"; }
  [[nodiscard]] Text title() const override { return marked("Toy gain"); }
  [[nodiscard]] Text explanation() const override { return marked("Multiplies."); }
  [[nodiscard]] std::vector<Parameter<GainSettings>> table() const override {
    return {parameter<GainSettings>(
        {.key = "gain", .label = marked("Gain"), .minimum = 0, .maximum = 10},
        &GainSettings::gain)};
  }
  [[nodiscard]] SignalShape shape(const LayerDescription&, const GainSettings&,
                                  const ShapeInference& from) const override {
    return from.input;
  }
  [[nodiscard]] std::shared_ptr<LayerModule> module(const GainSettings& settings,
                                                    const LayerMaking&) const override {
    return std::make_shared<GainModule>(settings.gain);
  }
};

class WeightSumRecorder final : public Recorder {
 public:
  [[nodiscard]] std::string_view id() const override { return "toy_weight_sum"; }
  [[nodiscard]] bool applies(const Network&) const override { return true; }
  [[nodiscard]] Record look(Moment& moment) const override {
    double sum = 0;
    for (const auto& layer : moment.network().layers()) {
      for (const Tensor& parameter : layer->parameters()) sum += parameter.sum().item<double>();
    }
    Record record;
    record.arrays.push_back({"sum", {1}, {static_cast<float>(sum)}});
    return record;
  }
};

bool offers(const char* key, const char* choice) {
  const auto& choices = find_field(key)->choices;
  return std::ranges::find(choices, choice) != choices.end();
}

}  // namespace

class TestToys : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    static const GainKind gain;
    static const WeightSumRecorder sum;
    register_dataset(toy_dataset());
    register_layer_kind(gain);
    register_recorder(sum);
    loss_names().push_back(ChoiceMeaning{
        "toy_margin", marked("its mean, by a margin of 1 between the classes.")});
    losses().push_back(
        {"toy_margin", [](const Tensor& readout) { return readout.mean(1); },
         [](const Tensor& scores, const Tensor& labels, double) {
           return torch::multi_margin_loss(scores, labels);
         },
         [](const Tensor& scores, const Tensor& targets, double) {
           return torch::multi_margin_loss(scores, targets.argmax(1));
         }});
  }

  void everyListKnowsThem() {
    QVERIFY(offers("dataset.name", "toy"));
    QVERIFY(offers("training.loss", "toy_margin"));
    QVERIFY(english_explanation(*find_field("training.loss")).find("toy_margin: its mean, by a margin") !=
            std::string_view::npos);
    QVERIFY(std::get<std::string>(parse_parameter(*find_field("dataset"), "toy")) == "toy");
    QVERIFY(find_layer_kind("toy_gain") != nullptr);
    QCOMPARE(class_title("toy", 1), std::string("1"));
    QCOMPARE(starting_point("toy").title, std::string("Toy recordings"));
    QVERIFY(std::ranges::find(sample_datasets(), "toy") != sample_datasets().end());
  }

  void theyTrainTogether() {
    const QTemporaryDir dir;
    const auto data = testing::path_in(dir, "data");
    write_sample_data("toy", data);
    QCOMPARE(identify(data).size(), std::size_t(2));
    QCOMPARE(inspect(*find_dataset("toy"), data)[1].samples, 20);

    Experiment experiment;
    experiment.title = "Toys";
    experiment.dataset.name = "toy";
    experiment.dataset.data_dir = data.string();
    experiment.training.loss = "toy_margin";
    experiment.training.epochs = 12;
    experiment.training.batch_size = 5;
    experiment.training.learning_rate = 0.05;
    experiment.network.layers = layers_from_text(
        R"([{"id": "in", "kind": "linear", "units": 8}, {"id": "n", "kind": "neuron"},
            {"id": "g", "kind": "toy_gain", "gain": 3},
            {"id": "out", "kind": "linear", "units": 2},
            {"id": "read", "kind": "neuron", "fire": false}])");
    save_experiment(experiment, testing::path_in(dir, "toys.json"));
    const Experiment read = load_experiment(testing::path_in(dir, "toys.json"));
    QVERIFY(read == experiment);

    SessionOptions options;
    options.runs_root = testing::path_in(dir, "runs");
    const auto outcome = testing::run(read, options);
    QCOMPARE(outcome.epochs.size(), std::size_t(12));
    QCOMPARE(outcome.epochs.back().test_accuracy, 1.0);
    const auto& record = outcome.last.records.at("toy_weight_sum");
    QCOMPARE(record->arrays[0].values.size(), std::size_t(1));
    QCOMPARE(outcome.last.class_names, (std::vector<std::string>{"low", "high"}));
  }

  void aWrongValueOfTheLayerIsNamed() {
    Experiment experiment = testing::small(1);
    experiment.network.layers =
        layers_from_text(R"([{"id": "g", "kind": "toy_gain", "gain": 11}])");
    const Snapshot last = testing::run(experiment, {}).last;
    QCOMPARE(last.state, SessionState::failed);
    QVERIFY2(last.message.find("toy_gain \"g\", gain") != std::string::npos, last.message.c_str());
    QVERIFY2(last.message.find("from 0 to 10") != std::string::npos, last.message.c_str());
  }
};

QTEST_GUILESS_MAIN(TestToys)
#include "tst_toys.moc"
