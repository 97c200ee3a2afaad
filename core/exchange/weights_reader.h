// Weights of other programs in a network of ours.
#pragma once

#include <torch/types.h>

#include <filesystem>
#include <map>
#include <string>

#include "core/networks/network.h"

namespace paralif {

/// "1._spk_threshold" as a network here has it: "1.threshold"; and back.
std::string our_parameter_name(const std::string& published);
std::string published_parameter_name(const std::string& ours);

/// Whether the file is another program's, by its ending, and no checkpoint of version 0.1.
bool is_foreign_weights(const std::filesystem::path& path);

/// The tensors of a file by name, on the CPU: .pt and .pth (a state_dict of torch.save), .npz,
/// .safetensors. Nothing in it is executed. Throws Error(file).
std::map<std::string, torch::Tensor> read_weights(const std::filesystem::path& path);

/// Puts them in by our names or the published ones; the published counters of spikes are passed
/// over. Numbers of another type are converted. Throws Error(file) that names `origin` and the
/// tensor that has no place, another shape, or is missing; the network is then as it was.
void take_weights(Network& network, const std::map<std::string, torch::Tensor>& given,
                  const std::string& origin);

}  // namespace paralif
