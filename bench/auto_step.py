#!/usr/bin/python3
"""The peer of bench/auto-step and bench/gpu: a step of the recipe auto in PyTorch; prints the seconds of each 8 steps, one of which has penalties.

The same step: G's batch made once, both sides augmented as one batch, D's gradients and G's from the same networks, penalties every 8th step, both Adams, the average.
"""
import argparse
import time

import torch
import torch.nn.functional as F
from torch import nn

GAMMA, EVERY = 0.05, 8


def networks(widths, size):
    d, channels = [], 3
    for width in reversed(widths):
        d += [nn.Conv2d(channels, width, 4, 2, 1), nn.LeakyReLU(0.2, inplace=True)]
        channels = width
    d += [nn.Flatten(), nn.Linear(widths[0] * 16, 1), nn.Flatten(0)]
    return Generator(widths), Discriminator(nn.Sequential(*d), size // 8)


class Refine(nn.Module):
    """A residual convolution."""

    def __init__(self, width):
        super().__init__()
        self.branch = nn.Sequential(nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        return F.relu(x + self.branch(x))


class Generator(nn.Module):
    """DCGAN's, the channels of each level weighed by the latent, the levels of 8×8 and 16×16 refined."""

    def __init__(self, widths):
        super().__init__()
        self.first = nn.Sequential(nn.Linear(100, widths[0] * 16), nn.Unflatten(1, (widths[0], 4, 4)), nn.BatchNorm2d(widths[0]), nn.ReLU(inplace=True))
        self.levels = nn.ModuleList(nn.Sequential(nn.ConvTranspose2d(before, after, 4, 2, 1), nn.BatchNorm2d(after), nn.ReLU(inplace=True), *([Refine(after)] if level < 2 else []))
                                    for level, (before, after) in enumerate(zip(widths, widths[1:])))
        self.gates = nn.ModuleList(nn.Sequential(nn.Linear(100, 32), nn.ReLU(inplace=True), nn.Linear(32, width), nn.Sigmoid(), nn.Unflatten(1, (width, 1, 1))) for width in widths)
        self.last = nn.Sequential(nn.ConvTranspose2d(widths[-1], 3, 4, 2, 1), nn.Tanh())

    def forward(self, z):
        x = self.first(z) * (self.gates[0](z) * 2)
        for level, gate in zip(self.levels, self.gates[1:]):
            x = level(x) * (gate(z) * 2)
        return self.last(x)


class Discriminator(nn.Module):
    """Convolutions, and beside them a network that judges an 8×8 thumbnail."""

    def __init__(self, convolutions, cell):
        super().__init__()
        self.convolutions = convolutions
        self.thumbnail = nn.Sequential(nn.AvgPool2d(cell), nn.Flatten(), nn.Linear(192, 256), nn.LeakyReLU(0.2, inplace=True), nn.Linear(256, 256), nn.LeakyReLU(0.2, inplace=True),
                                       nn.Linear(256, 1), nn.Flatten(0))

    def forward(self, x):
        return self.convolutions(x) + self.thumbnail(x)


def augment(x):
    """DiffAugment (Zhao et al. 2020), as the paper describes it."""
    n, size, reach, half, device = len(x), x.shape[2], x.shape[2] // 8, x.shape[2] // 4, x.device
    drawn = torch.rand(3, n, 1, 1, 1, device=device)
    x = x + (drawn[0] - 0.5)
    mean = x.mean(1, keepdim=True)
    x = (x - mean) * (drawn[1] * 2) + mean
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * (drawn[2] + 0.5) + mean
    rows, columns = torch.randint(0, 2 * reach + 1, (2, n, 1, 1), device=device)
    grid = torch.arange(size, device=device)
    x = F.pad(x, (reach, reach, reach, reach)).permute(0, 2, 3, 1)
    x = x[torch.arange(n, device=device).view(n, 1, 1), rows + grid.view(1, size, 1), columns + grid.view(1, 1, size)].permute(0, 3, 1, 2)
    down, across = torch.randint(0, size, (2, n, 1, 1), device=device)
    inside = ((grid.view(1, size, 1) - down).abs() <= half) & ((grid.view(1, 1, size) - across).abs() <= half)
    return x * (~inside).unsqueeze(1).float()


def main(steps, threads, batch, alternating, seconds, device, size, widths, compiled):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    g, d = (net.to(device) for net in networks([int(width) for width in widths.split(",")], size))
    # Nothing that is compiled can be gone through backwards twice: steps with penalties take D as it is.
    fast_g, fast_d = (torch.compile(g), torch.compile(d)) if compiled else (g, d)
    average = [p.detach().clone() for p in g.parameters()]
    adam_g, adam_d = (torch.optim.Adam(net.parameters(), lr=1.2e-3, betas=(0.0, 0.99)) for net in (g, d))
    real = torch.rand(batch, 3, size, size, device=device) * 2 - 1
    rounds = []
    for i in range(-EVERY, steps):
        if i % EVERY == 0:
            start = time.perf_counter()
        fake = fast_g(torch.randn(batch, 100, device=device))
        shown = augment(torch.cat([real, fake]))
        penalised = i % EVERY == 0
        seen = shown.detach().requires_grad_(penalised)
        on_real, on_fake = (d if penalised else fast_d)(seen).chunk(2)
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
        on_real, on_fake = fast_d(shown).chunk(2)
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
        if i % EVERY == EVERY - 1:
            if device != "cpu":
                torch.cuda.synchronize()
            rounds.append(time.perf_counter() - start)
            if seconds and sum(rounds[1:]) > seconds:
                break
    print(" ".join(f"{s:.4f}" for s in rounds[1:]))


parser = argparse.ArgumentParser(description=__doc__)
for name in ("steps", "threads", "batch"):
    parser.add_argument(name, type=int)
parser.add_argument("--alternating", action="store_true", help="as such steps are usually written: D's update, then a new pass through the changed D for G's")
parser.add_argument("--seconds", type=float, default=0, help="stop after so long, however few steps that were")
parser.add_argument("--device", default="cpu")
parser.add_argument("--size", type=int, default=64, help="edge of the pictures")
parser.add_argument("--widths", default="320,192,96,48", help="G's, from 4x4 upwards; D's are the same")
parser.add_argument("--compiled", action="store_true", help="through torch.compile")
main(**vars(parser.parse_args()))
