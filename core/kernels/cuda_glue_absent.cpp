// Stands in for the GPU's passes where LibTorch has no CUDA.
#include "core/kernels/cuda_glue.h"
#include "datasets/error.h"

namespace paralif {
namespace {

[[noreturn]] void refuse() {
  throw Error(Error::Kind::device, "device", "this build has no fused passes for a GPU",
              "choose cpu, or the backend sequential or fft");
}

}  // namespace

FilterPass fused_filter_on_gpu(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&,
                               const torch::Tensor&, const torch::Tensor&, const SpikeRule&, bool,
                               bool) {
  refuse();
}
LifPass fused_lif_on_gpu(const torch::Tensor&, const torch::Tensor&, const torch::Tensor&,
                         const torch::Tensor&, const SpikeRule&, double, bool) {
  refuse();
}
void lif_step_forward_on_gpu(const cpu::LifStepForward<float>&) {
  refuse();
}
void lif_step_forward_on_gpu(const cpu::LifStepForward<double>&) {
  refuse();
}
void lif_step_backward_on_gpu(const cpu::LifStepBackward<float>&) {
  refuse();
}
void lif_step_backward_on_gpu(const cpu::LifStepBackward<double>&) {
  refuse();
}
void model_forward_on_gpu(int, const cpu::ModelForward<float>&) {
  refuse();
}
void model_forward_on_gpu(int, const cpu::ModelForward<double>&) {
  refuse();
}
void model_backward_on_gpu(int, const cpu::ModelBackward<float>&) {
  refuse();
}
void model_backward_on_gpu(int, const cpu::ModelBackward<double>&) {
  refuse();
}

}  // namespace paralif
