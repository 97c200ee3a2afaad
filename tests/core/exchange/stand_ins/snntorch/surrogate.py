import math

import torch


def step(slope_of):
    class Step(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return (x > 0).to(x.dtype)

        @staticmethod
        def backward(ctx, grad):
            (x,) = ctx.saved_tensors
            return grad * slope_of(x)

    return Step.apply


def fast_sigmoid(slope=25):
    return step(lambda x: 1 / (slope * x.abs() + 1) ** 2)


def atan(alpha=2.0):
    return step(lambda x: alpha / 2 / (1 + (math.pi / 2 * alpha * x) ** 2))
