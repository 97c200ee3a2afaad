"""Stands for snnTorch in tests: Synaptic with a reset to zero in the step of the spike, or none, as its
documentation has it. Written for the tests; no part of that package."""
import torch
from torch import nn

from . import surrogate


class Synaptic(nn.Module):
    def __init__(self, alpha, beta, threshold=1.0, spike_grad=None, learn_alpha=False, learn_beta=False,
                 learn_threshold=False, reset_mechanism="subtract", reset_delay=True):
        super().__init__()
        assert reset_mechanism in ("zero", "none") and not reset_delay
        self.zero, self.spike_grad = reset_mechanism == "zero", spike_grad
        for name, values, learned in (("alpha", alpha, learn_alpha), ("beta", beta, learn_beta),
                                      ("threshold", threshold, learn_threshold)):
            if learned:
                setattr(self, name, nn.Parameter(torch.as_tensor(values)))
            else:
                self.register_buffer(name, torch.as_tensor(values))
        self.register_buffer("graded_spikes_factor", torch.tensor(1.0))  # a setting, as there

    def forward(self, x, syn, mem):
        syn = self.alpha.clamp(0, 1) * syn + x
        mem = self.beta.clamp(0, 1) * mem + syn
        spikes = self.spike_grad(mem - self.threshold)
        return spikes, syn, mem - spikes * mem if self.zero else mem
