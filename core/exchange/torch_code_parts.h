// The classes that a program of torch_code() begins with. Private to it.
#pragma once

#include <string_view>

namespace paralif::code {

inline constexpr std::string_view head = R"(import math
import os

import torch
from torch import nn
from torch.nn import functional as F
)";

inline constexpr std::string_view step = R"(

class Step(torch.autograd.Function):
    """1 where x > 0, or x >= 0 where that is asked for; backward the slope of a smooth step."""

    @staticmethod
    def forward(ctx, x, kind, scale, at_zero=False):
        ctx.save_for_backward(x)
        ctx.kind, ctx.scale = kind, scale
        return ((x >= 0) if at_zero else (x > 0)).to(x.dtype)

    @staticmethod
    def backward(ctx, grad):
        (x,), scale = ctx.saved_tensors, ctx.scale
        if ctx.kind == "atan":
            slope = scale / 2 / (1 + (math.pi / 2 * scale * x) ** 2)
        else:
            slope = 1 / (scale * x.abs() + 1) ** 2
        return grad * slope, None, None, None
)";

inline constexpr std::string_view neurons = R"(

def over_neurons(values, neurons):
    """One value, or one a neuron, as it is; one a channel for each of its neurons."""
    if values.numel() in (1, neurons):
        return values
    return values.repeat_interleave(neurons // values.numel())


class Neurons(nn.Module):
    """LIF (reset) or ParaLIF (no reset) over (batch, time, ...), from zero state.

    alpha and beta are the decays of synapse and membrane, as sigmoid of a parameter where they are
    learned; the threshold is relu of one.
    """

    def __init__(self, reset, squash, spikes, fire, shapes, learned, surrogate,
                 recurrent=0, feed_spikes=True, refractory=0.0):
        super().__init__()
        self.reset, self.squash, self.spikes, self.fire = reset, squash, spikes, fire
        self.learned, self.surrogate = learned, surrogate
        self.feed_spikes, self.refractory = feed_spikes, refractory
        for name, shape in shapes.items():
            values = torch.zeros(shape)
            if name in learned:
                setattr(self, name, nn.Parameter(values))
            else:
                self.register_buffer(name, values)
        self.recurrent = nn.Linear(recurrent, recurrent) if recurrent else None

    def value(self, name, neurons):
        stored = over_neurons(getattr(self, name), neurons)
        if name not in self.learned:
            return stored
        return F.relu(stored) if name == "threshold" else torch.sigmoid(stored)

    def forward(self, x):
        shape, x = x.shape, x.flatten(2)
        neurons = x.shape[2]
        decays = self.value("alpha", neurons), self.value("beta", neurons)
        threshold = self.value("threshold", neurons)
        out = self.with_reset(x, *decays, threshold) if self.reset else self.parallel(x, *decays, threshold)
        return out.reshape(shape)

    def with_reset(self, x, alpha, beta, threshold):
        current = membrane = back = torch.zeros_like(x[:, 0])
        wait = torch.zeros_like(current)
        out = []
        for t in range(x.shape[1]):
            drive = x[:, t] + self.recurrent(back) if self.recurrent else x[:, t]
            wait = (wait - 1).clamp(min=0)
            current = alpha * current + drive
            membrane = beta * membrane + (1 - beta) * current * (wait <= 0)
            if self.fire:
                spike = Step.apply(membrane - threshold, *self.surrogate)
                membrane = membrane * (1 - spike.detach())
                wait = torch.where(spike.detach() > 0, torch.full_like(wait, self.refractory), wait)
                back = spike if self.feed_spikes else F.relu(membrane)
            out.append(spike if self.fire else membrane)
        return torch.stack(out, 1)

    def filtered(self, x, alpha, beta):
        current = membrane = torch.zeros_like(x[:, 0])
        out = []
        for t in range(x.shape[1]):
            current = alpha * current + x[:, t]
            membrane = beta * membrane + (1 - beta) * current
            out.append(membrane)
        return torch.stack(out, 1)

    def parallel(self, x, alpha, beta, threshold):
        membrane = self.filtered(x, alpha, beta)
        if self.recurrent:
            earlier = F.pad(membrane, (0, 0, 1, 0))[:, :-1]
            back = self.fired(earlier, threshold) if self.feed_spikes else F.relu(earlier)
            membrane = membrane + self.filtered(x + self.recurrent(back), alpha, beta)
        return self.fired(membrane, threshold) if self.fire else membrane

    def fired(self, membrane, threshold):
        u = {"identity": lambda v: v, "sigmoid": torch.sigmoid, "tanh": torch.tanh,
             "relu_tanh": lambda v: F.relu(torch.tanh(v))}[self.squash](membrane)
        if self.spikes == "threshold":
            return Step.apply(u - threshold, *self.surrogate)
        if self.spikes == "delta":
            before = F.pad(u, (0, 0, 1, 0))[:, :-1]
            return Step.apply(u - before - threshold, *self.surrogate)
        if self.spikes == "bernoulli":
            spikes = torch.bernoulli(u.detach().clamp(0, 1))
            return spikes + (u * u - (u * u).detach()) / 2  # the gradient is u
        noise = [-torch.log(-torch.log(torch.rand_like(u))) for _ in range(2)]
        first = torch.softmax(torch.stack((u + noise[0], noise[1] - u)), 0)[0]
        return (first > 0.5).to(u.dtype) - first.detach() + first
)";

inline constexpr std::string_view multi_step = R"(

class MultiStep(nn.Module):
    """SpikingJelly's LIFNode, and with a learned time constant its ParametricLIFNode."""

    def __init__(self, learned, decay_input, fire, threshold, soft, detach, surrogate):
        super().__init__()
        self.decay_input, self.fire, self.threshold = decay_input, fire, threshold
        self.soft, self.detach, self.surrogate = soft, detach, surrogate
        if learned:
            self.w = nn.Parameter(torch.zeros(()))
        else:
            self.register_buffer("rate", torch.zeros(()))

    def forward(self, x):
        rate = torch.sigmoid(self.w) if hasattr(self, "w") else self.rate
        v = torch.zeros_like(x[:, 0])
        out = []
        for t in range(x.shape[1]):
            v = v + (x[:, t] - v) * rate if self.decay_input else v * (1 - rate) + x[:, t]
            if self.fire:
                spike = Step.apply(v - self.threshold, *self.surrogate, True)
                through = spike.detach() if self.detach else spike
                v = v - through * self.threshold if self.soft else v * (1 - through)
            out.append(spike if self.fire else v)
        return torch.stack(out, 1)
)";

inline constexpr std::string_view learned_delay = R"(

class LearnedDelay(nn.Module):
    """A linear layer whose every connection has a delay: dilated convolution with learned spacings.

    SIG, the width of a tap, narrows over a training in the studio; here it stays.
    """

    def __init__(self, units, inputs, taps, before, after, gauss, learned, sparse):
        super().__init__()
        self.taps, self.before, self.after, self.gauss = taps, before, after, gauss
        self.weight = nn.Parameter(torch.zeros(units, inputs, 1))
        position = torch.zeros(1, units, inputs, 1)
        if learned:
            self.P = nn.Parameter(position)
        else:
            self.register_buffer("P", position)
        self.register_buffer("SIG", torch.zeros(1, units, inputs, 1))
        if sparse:
            self.register_buffer("mask", torch.ones(units, inputs, 1))

    def kernel(self):
        position = self.P if self.training else self.P.round()
        away = torch.arange(self.taps, device=position.device) - (position[0] + self.taps // 2)
        if not self.training:
            g = F.relu(1 - away.abs())
        elif self.gauss:
            g = torch.exp(-0.5 * (away / (self.SIG[0].abs() + 0.27)) ** 2)
        else:
            g = F.relu(self.SIG[0].abs() + 1 - away.abs())
        weight = self.weight * self.mask if hasattr(self, "mask") else self.weight
        return weight * (g / (g.sum(2, keepdim=True) + 1e-7))

    def forward(self, x):
        x = F.pad(x.transpose(1, 2), (self.before, self.after))
        return F.conv1d(x, self.kernel()).transpose(1, 2)
)";

inline constexpr std::string_view published_import = R"(
from ParaLIF import LIF, ParaLIF
)";

inline constexpr std::string_view published_neurons = R"(

class InOneRow(nn.Module):
    """Neurons of (batch, time, channels, ...), which the package has as (batch, time, neurons)."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        return self.module(x.flatten(2)).reshape(x.shape)
)";

inline constexpr std::string_view snntorch_import = R"(
import snntorch as snn
)";

inline constexpr std::string_view snntorch_neurons = R"(

class OverSteps(nn.Module):
    """snntorch.Synaptic over (batch, time, ...), from zero state.

    Its membrane adds the whole current, so that the input is scaled by 1 - beta; its reset acts at
    the end of the step of the spike. Where values are learned, snnTorch learns the decays
    themselves, and lets gradients pass through the reset.
    """

    def __init__(self, reset, fire, shapes, learned, surrogate, recurrent=0, feed_spikes=True):
        super().__init__()
        self.fire, self.feed_spikes = fire, feed_spikes
        alpha, beta, threshold = (torch.zeros(shape) for shape in shapes)
        self.neuron = snn.Synaptic(
            alpha=alpha, beta=beta, threshold=threshold, spike_grad=surrogate,
            learn_alpha=learned[0], learn_beta=learned[1], learn_threshold=learned[2],
            reset_mechanism="zero" if reset else "none", reset_delay=False)
        self.recurrent = nn.Linear(recurrent, recurrent) if recurrent else None

    def forward(self, x):
        gain = 1 - self.neuron.beta.clamp(0, 1)
        current = membrane = back = torch.zeros_like(x[:, 0])
        out = []
        for t in range(x.shape[1]):
            drive = x[:, t] + self.recurrent(back) if self.recurrent else x[:, t]
            spikes, current, membrane = self.neuron(gain * drive, current, membrane)
            back = spikes if self.feed_spikes else F.relu(membrane)
            out.append(spikes if self.fire else membrane)
        return torch.stack(out, 1)
)";

inline constexpr std::string_view layers = R"(

class OverTime(nn.Module):
    """A module of pictures or rows for every time step."""

    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, x):
        y = self.module(x.flatten(0, 1))
        return y.reshape(x.shape[:2] + y.shape[1:])


class Delay(nn.Module):
    """Each unit a whole number of steps later; the sequence grows by the longest."""

    def __init__(self, units, longest):
        super().__init__()
        self.longest = longest
        self.register_buffer("delays", torch.zeros(units, dtype=torch.long))

    def forward(self, x):
        at = torch.arange(x.shape[1] + self.longest, device=x.device)[:, None] - self.delays
        inside = (at >= 0) & (at < x.shape[1])
        units = torch.arange(x.shape[2], device=x.device)
        return x[:, at.clamp(0, x.shape[1] - 1), units] * inside


class SharedDropout(nn.Module):
    """The same units at every time step."""

    def __init__(self, probability):
        super().__init__()
        self.probability = probability

    def forward(self, x):
        if not self.training:
            return x
        return x * F.dropout(torch.ones_like(x[:, :1]), self.probability)


class Vote(nn.Module):
    """The mean of each group of neighbours."""

    def __init__(self, group):
        super().__init__()
        self.group = group

    def forward(self, x):
        return x.reshape(x.shape[:2] + (-1, self.group)).mean(3)


class Add(nn.Module):
    """Adds what an earlier layer gave."""

    def __init__(self, source):
        super().__init__()
        self.source = source
)";

inline constexpr std::string_view network = R"(

class Network(nn.Module):
    """(batch, time, {input}) to (batch, time, {output})."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleDict({{
{entries}        }})

    def forward(self, x):
        outputs = {{}}
        for name, layer in self.layers.items():
            x = x + outputs[layer.source] if isinstance(layer, Add) else layer(x)
            outputs[name] = x
        return x


def load():
    """The network with its weights."""
    network = Network()
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "{weights}")
    {load}
    return network.eval()
)";

inline constexpr std::string_view load_strictly = "network.load_state_dict(torch.load(path))";

/// snnTorch keeps settings of its own among the buffers, others in each version.
inline constexpr std::string_view load_snntorch =
    R"(missing, unexpected = network.load_state_dict(torch.load(path), strict=False)
    assert not unexpected, unexpected
    own = ("alpha", "beta", "threshold", "weight", "bias")
    assert not [name for name in missing if name.split(".")[-1] in own], missing)";

inline constexpr std::string_view training = R"(

def loss_of(readout, labels):
    """The read-out (batch, time, classes) becomes one score a class, compared with the labels."""
    scores = {scores}
    return {loss}


def train(network, batches, epochs={epochs}):
    """`batches` gives (spikes (batch, time, ...), labels (batch)) and is gone through once an epoch.

    The experiment has batches of {batch}.{left_out}
    """
    optimizer = {optimizer}{schedule}
    for _ in range(epochs):
        network.train()
        for spikes, labels in batches:
            optimizer.zero_grad()
            loss_of(network(spikes), labels).backward()
            optimizer.step(){next}
    return network.eval()
)";

inline constexpr std::string_view demonstration = R"(

if __name__ == "__main__":
    spikes = (torch.rand(2, 50, {input}) < 0.1).float()
    with torch.no_grad():
        print("read-out of two random samples, mean over time:")
        print(load()(spikes).mean(1))
)";

}  // namespace paralif::code
