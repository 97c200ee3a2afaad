// Weights that the published code saved: the network built around them gives the recorded output.
#include <fmt/format.h>

#include <algorithm>

#include "core/agreement/golden_case.h"
#include "core/agreement/verification_parts.h"
#include "core/exchange/weights_reader.h"
#include "core/kernels/cpu/neuron_models.h"
#include "core/networks/network.h"
#include "core/training/network_of.h"
#include "datasets/error.h"

namespace paralif::verification {
namespace {

namespace fs = std::filesystem;
using torch::Tensor;

/// NAME.h5, or that of the longest beginning of NAME before an underscore.
fs::path outputs_beside(const fs::path& path) {
  std::string stem = path.stem().string();
  std::error_code code;
  while (!stem.empty()) {
    const fs::path beside = path.parent_path() / (stem + ".h5");
    if (fs::exists(beside, code)) return beside;
    const auto cut = stem.rfind('_');
    stem.resize(cut == std::string::npos ? 0 : cut);
  }
  throw Error(Error::Kind::file, path.string(), "has no .h5 of its name beside it to compare with",
              "put recorded inputs, outputs and settings there");
}

class Settings {
 public:
  explicit Settings(const Hdf5Reader& file) : file_(file), values_(file.attributes("/")) {}

  template <typename T>
  [[nodiscard]] T of(const std::string& name) const {
    const auto found = values_.find(name);
    if (found != values_.end() && std::holds_alternative<T>(found->second)) {
      return std::get<T>(found->second);
    }
    throw Error(Error::Kind::file, file_.path().string(),
                fmt::format("has no usable attribute '{}'", name));
  }

 private:
  const Hdf5Reader& file_;
  std::map<std::string, Hdf5Attribute> values_;
};

Experiment experiment_in(const Hdf5Reader& file) {
  const Settings settings(file);
  const auto layers = std::clamp<std::int64_t>(settings.of<std::int64_t>("nb_layers"), 0, 1000);
  Experiment e;
  e.network.hidden.assign(static_cast<std::size_t>(layers),
                          settings.of<std::int64_t>("hidden_size"));
  e.network.recurrent = {settings.of<bool>("recurrent")};
  e.network.recurrent_relu = settings.of<bool>("recurrent_relu");
  e.neuron.name = settings.of<std::string>("neuron");
  e.neuron.tau_mem_s = settings.of<double>("tau_mem");
  e.neuron.tau_syn_s = settings.of<double>("tau_syn");
  e.neuron.learn_tau = settings.of<bool>("learn_tau");
  e.neuron.tau_init = "reference";
  e.neuron.surrogate = settings.of<std::string>("surrogate");
  e.neuron.surrogate_scale = settings.of<double>("surrogate_scale");
  validate(e);
  return e;
}

}  // namespace

void verify_state_dict(const fs::path& path, const VerificationLimits& limits,
                       const Report& report) {
  const auto weights = read_weights(path);
  const fs::path beside = outputs_beside(path);
  const Hdf5Reader file(beside);
  const Experiment experiment = experiment_in(file);
  const Tensor input = tensor_of(file, "input");
  const Tensor output = tensor_of(file, "output");
  if (input.dim() != 3 || output.dim() != 3) {
    throw Error(Error::Kind::file, beside.string(), "has no input and output of three dimensions");
  }
  for (const Backend backend :
       {Backend::sequential, Backend::fft, Backend::fused}) {
    const bool lif = is_neuron_of(experiment.neuron.name, NeuronFamily::lif);
    if (lif && backend == Backend::fft) continue;
    const auto network =
        make_network(experiment, {0, {input.size(2)}}, Settings(file).of<std::int64_t>("nb_class"));
    take_weights(*network, weights, path.string());
    network->set_backend(backend);
    if (!lif) network->set_agreement(Agreement::published_parallel);
    network->eval();
    const torch::NoGradGuard no_grad;
    const Tensor ours = network->forward(input).readout;
    VerifiedCase result;
    result.name = path.stem().string();
    result.backend = to_string(backend);
    const double largest = std::max(1e-12, output.abs().max().item<double>());
    result.membrane = (ours - output).abs().max().item<double>() / largest;
    result.passed = result.membrane <= limits.exchange;
    if (beside.stem() != path.stem()) {
      result.note = fmt::format("compared with {}", beside.filename().string());
    }
    report(result);
  }
}

}  // namespace paralif::verification
