#!/usr/bin/python3
"""The peer of bench/auto-step: a step of the recipe auto in PyTorch.

    auto_step.py STEPS THREADS BATCH [alternating]    seconds of each step

The same step: G's batch made once, both sides augmented as one batch, D's gradients and G's from the same networks, penalties every 8th step, both Adams, the average.
With "alternating" as such steps are usually written: D's update, then a new pass through the changed D for G's.
"""
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

GAMMA, EVERY = 0.05, 8


def networks():
    up, down = [320, 192, 96, 48], [48, 96, 192, 320]
    g = [nn.Linear(100, 320 * 16), nn.Unflatten(1, (320, 4, 4)), nn.BatchNorm2d(320), nn.ReLU(inplace=True)]
    for i in range(3):
        g += [nn.ConvTranspose2d(up[i], up[i + 1], 4, 2, 1), nn.BatchNorm2d(up[i + 1]), nn.ReLU(inplace=True)]
    g += [nn.ConvTranspose2d(48, 3, 4, 2, 1), nn.Tanh()]
    d, channels = [], 3
    for width in down:
        d += [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2, inplace=True)]
        channels = width
    d += [nn.Flatten(), nn.Linear(320 * 16, 1), nn.Flatten(0)]
    return nn.Sequential(*g), Discriminator(nn.Sequential(*d))


class Discriminator(nn.Module):
    """Convolutions, and beside them a network that judges an 8×8 thumbnail."""

    def __init__(self, convolutions):
        super().__init__()
        self.convolutions = convolutions
        self.thumbnail = nn.Sequential(nn.AvgPool2d(8), nn.Flatten(), nn.Linear(192, 256), nn.LeakyReLU(0.2, inplace=True), nn.Linear(256, 256), nn.LeakyReLU(0.2, inplace=True),
                                       nn.Linear(256, 1), nn.Flatten(0))

    def forward(self, x):
        return self.convolutions(x) + self.thumbnail(x)


def augment(x):
    """DiffAugment (Zhao et al. 2020), as the paper describes it."""
    n, size, reach, half = len(x), x.shape[2], x.shape[2] // 8, x.shape[2] // 4
    x = x + (torch.rand(n, 1, 1, 1) - 0.5)
    mean = x.mean(1, keepdim=True)
    x = (x - mean) * (torch.rand(n, 1, 1, 1) * 2) + mean
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * (torch.rand(n, 1, 1, 1) + 0.5) + mean
    rows, columns = torch.randint(0, 2 * reach + 1, (2, n, 1, 1))
    grid = torch.arange(size)
    x = F.pad(x, (reach, reach, reach, reach)).permute(0, 2, 3, 1)
    x = x[torch.arange(n).view(n, 1, 1), rows + grid.view(1, size, 1), columns + grid.view(1, 1, size)].permute(0, 3, 1, 2)
    down, across = torch.randint(0, size, (2, n, 1, 1))
    inside = ((grid.view(1, size, 1) - down).abs() <= half) & ((grid.view(1, 1, size) - across).abs() <= half)
    return x * (~inside).unsqueeze(1).float()


def main(steps, threads, batch, alternating):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    g, d = networks()
    average = [p.detach().clone() for p in g.parameters()]
    adam_g, adam_d = (torch.optim.Adam(net.parameters(), lr=1.2e-3, betas=(0.0, 0.99)) for net in (g, d))
    real = torch.rand(batch, 3, 64, 64) * 2 - 1
    seconds = []
    for i in range(-EVERY, steps):
        start = time.perf_counter()
        fake = g(torch.randn(batch, 100))
        shown = augment(torch.cat([real, fake]))
        penalised = i % EVERY == 0
        seen = shown.detach().requires_grad_(penalised)
        on_real, on_fake = d(seen).chunk(2)
        loss_d = F.softplus(on_fake - on_real).mean()
        total = loss_d
        if penalised:
            slope, = torch.autograd.grad(on_real.sum() + on_fake.sum(), seen, create_graph=True)
            total = total + GAMMA * EVERY * slope.square().sum((1, 2, 3)).mean()
        gradients = torch.autograd.grad(total, list(d.parameters()))
        if alternating:
            for p, gradient in zip(d.parameters(), gradients):
                p.grad = gradient
            adam_d.step()
        for p in d.parameters():
            p.requires_grad_(False)
        on_real, on_fake = d(shown).chunk(2)
        adam_g.zero_grad(set_to_none=True)
        F.softplus(on_real - on_fake).mean().backward()
        for p in d.parameters():
            p.requires_grad_(True)
        adam_g.step()
        if not alternating:
            for p, gradient in zip(d.parameters(), gradients):
                p.grad = gradient
            adam_d.step()
        with torch.no_grad():
            for a, p in zip(average, g.parameters()):
                a.lerp_(p, 0.001)
        if i >= 0:
            seconds.append(time.perf_counter() - start)
    print(" ".join(f"{s:.4f}" for s in seconds))


main(*map(int, sys.argv[1:4]), len(sys.argv) > 4)
