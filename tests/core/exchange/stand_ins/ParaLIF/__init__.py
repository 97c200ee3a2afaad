"""Stands for the published package in tests: the names, arguments and state of its modules, and their
equations step by step. Written for the tests; no part of that package."""
import math

import torch
from torch import nn
from torch.nn import functional as F


class Step(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, mode, scale):
        ctx.save_for_backward(x)
        ctx.mode, ctx.scale = mode, scale
        return (x > 0).to(x.dtype)

    @staticmethod
    def backward(ctx, grad):
        (x,), scale = ctx.saved_tensors, ctx.scale
        if ctx.mode == "atan":
            return grad * scale / 2 / (1 + (math.pi / 2 * scale * x) ** 2), None, None
        return grad / (scale * x.abs() + 1) ** 2, None, None


class Layer(nn.Module):
    def __init__(self, n_neuron, recurrent=False, fire=True, recurrent_fire=True, spk_threshold=1.0,
                 learn_threshold=False, tau_mem=1e-3, tau_syn=1e-3, time_step=1e-3, learn_tau=False,
                 surrogate_mode="fastsig", surrogate_scale=100.0):
        super().__init__()
        self.fire, self.recurrent_fire = fire, recurrent_fire
        self.surrogate = surrogate_mode, surrogate_scale
        self.learned = set()
        self.keep("_spk_threshold", torch.tensor(spk_threshold), learn_threshold)
        alpha = torch.tensor(0.0) if tau_syn is None else torch.exp(-time_step / torch.tensor(tau_syn))
        self.keep("_alpha", alpha, learn_tau and tau_syn is not None)
        self.keep("_beta", torch.exp(-time_step / torch.tensor(tau_mem)), learn_tau)
        self.register_buffer("nb_spike_per_neuron", torch.zeros(n_neuron))
        self.fc_recu = nn.Linear(n_neuron, n_neuron) if recurrent else None

    def keep(self, name, values, learned):
        if learned:
            self.learned.add(name)
            setattr(self, name, nn.Parameter(values))
        else:
            self.register_buffer(name, values)

    def decay(self, name):
        return torch.sigmoid(getattr(self, name)) if name in self.learned else getattr(self, name)

    def threshold(self):
        return F.relu(self._spk_threshold) if "_spk_threshold" in self.learned else self._spk_threshold


class LIF(Layer):
    def __init__(self, n_neuron, refractory=None, time_step=1e-3, **others):
        super().__init__(n_neuron, time_step=time_step, **others)
        self.refractory = refractory / time_step if refractory else 0

    def forward(self, x):
        current = membrane = back = wait = torch.zeros_like(x[:, 0])
        out = []
        for t in range(x.shape[1]):
            drive = x[:, t] if self.fc_recu is None else x[:, t] + self.fc_recu(back)
            wait = (wait - 1).clamp(min=0)
            beta = self.decay("_beta")
            current = self.decay("_alpha") * current + drive
            membrane = beta * membrane + (1 - beta) * current * (wait <= 0)
            if self.fire:
                spikes = Step.apply(membrane - self.threshold(), *self.surrogate)
                membrane = membrane * (1 - spikes.detach())
                wait = torch.where(spikes.detach() > 0, torch.full_like(wait, self.refractory), wait)
                back = spikes if self.recurrent_fire else F.relu(membrane)
            out.append(spikes if self.fire else membrane)
        return torch.stack(out, 1)


class ParaLIF(Layer):
    def __init__(self, n_neuron, spike_mode, **others):
        super().__init__(n_neuron, **others)
        self.spike_mode = spike_mode
        self.register_buffer("nb_spike_per_neuron_rec", torch.zeros(n_neuron))

    def filtered(self, x):
        current = membrane = torch.zeros_like(x[:, 0])
        beta, out = self.decay("_beta"), []
        for t in range(x.shape[1]):
            current = self.decay("_alpha") * current + x[:, t]
            membrane = beta * membrane + (1 - beta) * current
            out.append(membrane)
        return torch.stack(out, 1)

    def spikes(self, u):
        if self.spike_mode == "TT":
            u = torch.tanh(u)
        if self.spike_mode == "D":
            u = u - F.pad(u, (0, 0, 1, 0))[:, :-1]
        return Step.apply(u - self.threshold(), *self.surrogate)

    def forward(self, x):
        membrane = self.filtered(x)
        if self.fc_recu is not None:
            earlier = F.pad(membrane, (0, 0, 1, 0))[:, :-1]
            back = self.spikes(earlier) if self.recurrent_fire else F.relu(earlier)
            membrane = membrane + self.filtered(x + self.fc_recu(back))
        return self.spikes(membrane) if self.fire else membrane
