// The GPU's passes as Torch operations: what fused.h calls for tensors on a GPU. Without a LibTorch
// that has CUDA each throws Error(device) instead.
#pragma once

#include "core/kernels/cpu/model_args.h"
#include "core/kernels/cpu/sweeps.h"
#include "core/kernels/fused.h"

namespace paralif {

FilterPass fused_filter_on_gpu(const torch::Tensor& input, const torch::Tensor& base,
                               const torch::Tensor& alpha, const torch::Tensor& beta,
                               const torch::Tensor& threshold, const SpikeRule& rule, bool shifted,
                               bool want_membrane);

LifPass fused_lif_on_gpu(const torch::Tensor& input, const torch::Tensor& alpha,
                         const torch::Tensor& beta, const torch::Tensor& threshold,
                         const SpikeRule& rule, double refractory_steps, bool want_membrane);

/// On the current stream of the current device.
void lif_step_forward_on_gpu(const cpu::LifStepForward<float>& step);
void lif_step_forward_on_gpu(const cpu::LifStepForward<double>& step);
void lif_step_backward_on_gpu(const cpu::LifStepBackward<float>& step);
void lif_step_backward_on_gpu(const cpu::LifStepBackward<double>& step);

/// A neuron model by its place in steps/models.h, on the current stream.
void model_forward_on_gpu(int model, const cpu::ModelForward<float>& pass);
void model_forward_on_gpu(int model, const cpu::ModelForward<double>& pass);
void model_backward_on_gpu(int model, const cpu::ModelBackward<float>& pass);
void model_backward_on_gpu(int model, const cpu::ModelBackward<double>& pass);

}  // namespace paralif
