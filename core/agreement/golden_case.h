// One case of a golden neurons file as settings and tensors.
#pragma once

#include <torch/nn/module.h>
#include <torch/types.h>

#include <map>
#include <string>

#include "core/networks/network.h"
#include "core/neurons/neuron_layer.h"
#include "datasets/hdf5_file.h"

namespace paralif::verification {

/// An array of the file as a float32 tensor.
torch::Tensor tensor_of(const Hdf5Reader& file, const std::string& name);

struct GoldenCase {
  std::string name;
  NeuronSettings settings;
  bool parallel = true;  ///< which form of the published code made it
  torch::Tensor input, membrane, spikes, grad_output, grad_input;  ///< (B, T, N)
  std::map<std::string, torch::Tensor> parameters;  ///< by our names
  std::map<std::string, torch::Tensor> gradients;   ///< by our names
};

/// Throws Error(file) that names the case and what is missing.
GoldenCase read_case(const Hdf5Reader& file, const std::string& group);

/// Copies parameters by name into a module; throws Error(file) for a missing or misshapen one.
void copy_parameters(const NamedTensors& parameters, const std::map<std::string, torch::Tensor>& values,
                     const std::string& origin);

}  // namespace paralif::verification
