#!/usr/bin/python3
"""The peer of bench/dcgan-step: the same DCGAN step as bench/Smirk.Bench/DcganStep.cs in PyTorch, as its own examples write it.

    dcgan_step.py step KERNEL STEPS THREADS    seconds of each step
    dcgan_step.py sgemm THREADS                GFLOP/s of a large product: PyTorch's, and oneDNN's where it is there
"""
import ctypes
import sys
import time

import torch
from torch import nn


def generator(kernel):
    padding, more = (2, 1) if kernel == 5 else (1, 0)
    widths = [512, 256, 128, 64, 3]
    layers = [nn.Linear(100, 512 * 4 * 4), nn.Unflatten(1, (512, 4, 4))]
    for i in range(4):
        layers += [nn.BatchNorm2d(widths[i]), nn.ReLU(inplace=True), nn.ConvTranspose2d(widths[i], widths[i + 1], kernel, 2, padding, more)]
    return nn.Sequential(*layers, nn.Tanh())


def discriminator(kernel):
    padding = 2 if kernel == 5 else 1
    widths = [3, 64, 128, 256, 512]
    layers = []
    for i in range(4):
        layers += [nn.Conv2d(widths[i], widths[i + 1], kernel, 2, padding)]
        layers += [nn.BatchNorm2d(widths[i + 1])] if i > 0 else []
        layers += [nn.LeakyReLU(0.2, inplace=True)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(512 * 4 * 4, 1))


def step(kernel, steps, batch=64):
    torch.manual_seed(1)
    g, d = generator(kernel), discriminator(kernel)
    adam_g, adam_d = (torch.optim.Adam(net.parameters(), lr=2e-4, betas=(0.5, 0.999)) for net in (g, d))
    loss = nn.BCEWithLogitsLoss()
    ones, zeros = torch.ones(batch, 1), torch.zeros(batch, 1)
    real = torch.rand(batch, 3, 64, 64) * 2 - 1
    seconds = []
    for i in range(-1, steps):
        start = time.perf_counter()
        fake = g(torch.rand(batch, 100) * 2 - 1)
        adam_d.zero_grad(set_to_none=True)
        loss(d(real), ones).backward()
        loss(d(fake.detach()), zeros).backward()
        adam_d.step()
        adam_g.zero_grad(set_to_none=True)
        error = loss(d(fake), ones)
        error.backward()
        adam_g.step()
        error.item()
        if i >= 0:
            seconds.append(time.perf_counter() - start)
    print(" ".join(f"{s:.4f}" for s in seconds))


def best(work, repeats=5):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def sgemm(n=2048):
    a, b, c = torch.randn(n, n), torch.randn(n, n), torch.empty(n, n)
    rates = [2 * n**3 / best(lambda: torch.mm(a, b, out=c)) / 1e9]
    try:
        product = ctypes.CDLL("libdnnl.so.2").dnnl_sgemm
        size, real, pointer = ctypes.c_int64, ctypes.c_float, lambda tensor: ctypes.c_void_p(tensor.data_ptr())
        call = lambda: product(ctypes.c_char(b"N"), ctypes.c_char(b"N"), size(n), size(n), size(n), real(1), pointer(a), size(n), pointer(b), size(n), real(0),
                               pointer(c), size(n))
        rates.append(2 * n**3 / best(call) / 1e9)
    except (OSError, AttributeError):
        rates.append(0)
    print(" ".join(f"{rate:.1f}" for rate in rates))


if __name__ == "__main__":
    torch.set_num_threads(int(sys.argv[-1]))
    if sys.argv[1] == "sgemm":
        sgemm()
    else:
        step(int(sys.argv[2]), int(sys.argv[3]))
