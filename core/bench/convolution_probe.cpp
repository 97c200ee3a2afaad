#include "core/bench/convolution_probe.h"

#include <torch/autograd.h>
#include <torch/types.h>

#include "core/kernels/tensor_memory.h"
#include "core/kernels/threads.h"
#include "core/neurons/initialisation.h"

namespace paralif::bench {
namespace {

using torch::Tensor;

class ConvolutionProbe final : public Probe {
 public:
  explicit ConvolutionProbe(const ConvolutionPass& request) : request_(request) {
    pool_tensor_memory();
    torch::Generator random = weight_generator(1);
    const auto& r = request_;
    input_ = torch::empty({r.frames, r.inputs, r.side, r.side})
                 .bernoulli_(r.density, random);
    weight_ = torch::empty({r.outputs, r.inputs, 3, 3})
                  .normal_(0, 0.1, random)
                  .set_requires_grad(true);
    grad_ = torch::empty({r.frames, r.outputs, r.side, r.side}).normal_(0, 1, random);
  }

  void run() override {
    use_threads(request_.threads);
    const Tensor output = torch::conv2d(input_, weight_, {}, 1, 1);
    if (request_.pass == Pass::forward) return;
    torch::autograd::grad({output}, {weight_}, {grad_});
  }

 private:
  ConvolutionPass request_;
  Tensor input_, weight_, grad_;
};

}  // namespace

std::unique_ptr<Probe> convolution_probe(const ConvolutionPass& request) {
  return std::make_unique<ConvolutionProbe>(request);
}

}  // namespace paralif::bench
