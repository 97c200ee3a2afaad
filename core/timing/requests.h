// What can be measured, as plain values: neuron passes, a streaming copy, training steps.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace paralif::bench {

enum class Pass : std::uint8_t { forward, forward_backward };

constexpr std::string_view to_string(Pass pass) {
  return pass == Pass::forward ? "forward" : "forward+backward";
}

/// One pass of a layer of neurons over random input (batch, steps, neurons), float32.
struct NeuronPass {
  /// LIF or ParaLIF-<mode>; or SpikingJelly's: "SJ-LIF hard", "SJ-LIF soft", "PLIF hard", "PLIF soft".
  std::string neuron = "ParaLIF-T";
  std::string backend = "fused";    ///< sequential, fft (not LIF) or fused
  Pass pass = Pass::forward_backward;
  std::int64_t batch = 64;
  std::int64_t steps = 1000;
  std::int64_t neurons = 128;
  int threads = 0;             ///< 0: as many as the machine has cores
  std::string device = "cpu";  ///< cpu, cuda or cuda:N

  bool operator==(const NeuronPass&) const = default;
};

/// (batch, steps, neurons) floats read once and written once, into memory that exists already.
struct StreamingCopy {
  std::int64_t batch = 64;
  std::int64_t steps = 1000;
  std::int64_t neurons = 128;
  int threads = 0;
  std::string device = "cpu";

  bool operator==(const StreamingCopy&) const = default;
};

/// A Linear layer over (batch, steps, inputs) spikes, forward and backward.
struct LinearPass {
  bool sparse = true;  ///< event by event, or as a dense product
  std::int64_t batch = 64;
  std::int64_t steps = 1000;
  std::int64_t inputs = 128;
  std::int64_t outputs = 128;
  double density = 0.05;  ///< spikes a bin
  int threads = 0;

  bool operator==(const LinearPass&) const = default;
};

/// A convolution 3 x 3, padding 1, over (frames, inputs, side, side) spikes. Backward has the
/// gradient of its weights alone, as of a first layer.
struct ConvolutionPass {
  Pass pass = Pass::forward;
  std::int64_t frames = 640;
  std::int64_t inputs = 2;
  std::int64_t side = 34;
  std::int64_t outputs = 128;
  double density = 0.05;
  int threads = 0;

  bool operator==(const ConvolutionPass&) const = default;
};

/// One step of training a network on random spikes: forward, loss, backward, optimiser.
struct TrainingStep {
  /// A published network, such as "plif-net-nmnist", with its own inputs and classes; empty: the
  /// dense network of what follows.
  std::string network;
  std::string neuron = "ParaLIF-D";  ///< of the dense network, or of all layers of the published one
  std::string backend = "fused";
  std::string precision = "float32";  ///< of a published network
  std::int64_t batch = 64;
  std::int64_t steps = 1000;
  std::int64_t inputs = 700;
  double density = 0.012;  ///< of the input, spikes a bin
  std::int64_t layers = 3;
  std::int64_t hidden = 128;
  std::int64_t classes = 20;
  bool recurrent = false;
  int threads = 0;
  std::string device = "cpu";

  bool operator==(const TrainingStep&) const = default;
};

using Request = std::variant<StreamingCopy, NeuronPass, LinearPass, ConvolutionPass, TrainingStep>;

}  // namespace paralif::bench
