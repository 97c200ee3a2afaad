// The kinds there are, one function each, defined in the file of the kind.
#pragma once

#include "core/layers/layer_kind.h"

namespace paralif {

/// Adds a kind of another library or of a test, before the first network is described; it must
/// outlive the program's use.
void register_layer_kind(const LayerKind& kind);

const LayerKind& linear_kind();
const LayerKind& conv1d_kind();
const LayerKind& conv2d_kind();
const LayerKind& batch_norm_kind();
const LayerKind& max_pool_kind();
const LayerKind& average_pool_kind();
const LayerKind& dropout_kind();
const LayerKind& flatten_kind();
const LayerKind& neuron_kind();
const LayerKind& recurrent_neuron_kind();
const LayerKind& fixed_delay_kind();
const LayerKind& learned_delay_kind();
const LayerKind& synapse_filter_kind();
const LayerKind& vote_kind();
const LayerKind& add_kind();

}  // namespace paralif
