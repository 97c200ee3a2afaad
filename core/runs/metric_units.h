// Units of the columns of metrics.h5, as their attribute "unit" says.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace paralif {

/// By the array's path. Losses are those of the experiment's task, without a unit.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 16> metric_units{{
    {"batches/step", "optimiser steps, counted from 1"},
    {"batches/epoch", "epochs, counted from 1"},
    {"batches/batch", "batches of the epoch, counted from 1"},
    {"batches/accuracy", "share, 0 to 1"},
    {"epochs/epoch", "epochs, counted from 1"},
    {"epochs/step", "optimiser steps at its end"},
    {"epochs/train_accuracy", "share, 0 to 1"},
    {"epochs/validation_accuracy", "share, 0 to 1; NaN: not known"},
    {"epochs/test_accuracy", "share, 0 to 1"},
    {"epochs/train_seconds", "s"},
    {"epochs/test_seconds", "s"},
    {"epochs/learning_rate", "1 a step"},
    {"epochs/layer_rates", "spikes a neuron and time step, by hidden layer"},
    {"epochs/layer_spikes", "spikes a sample, by hidden layer"},
    {"epochs/layer_step_spikes", "spikes a time step of the layer, by hidden layer"},
    {"epochs/feedback_step_spikes", "spikes fed back a time step, by hidden layer"},
}};

}  // namespace paralif
