#!/usr/bin/python3
"""Makes the goldens that Smirk.Gan.Tests compares with, by PyTorch (Debian's python3-torch 1.13), NumPy and SciPy. ./test never runs this.

    /usr/bin/python3 tests/goldens/make_gan_goldens.py

Networks start from weights in the file and latents from the same seed, drawn by Philox, which is written out here once more, or by libtorch's
own generator; so whole training steps can be compared: losses, and weights after some steps. The metrics are written down from the papers, plainly.
"""
import hashlib
import json
import os
import struct

import numpy as np
import scipy.linalg
import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.uint8: "U8"}
SEED = 11
CASES = {}


def save(name, tensors):
    CASES.update({f"{name}/{key}": tensor.detach().clone().contiguous() for key, tensor in tensors.items()})


def write(path):
    header, data = {}, b""
    for key, tensor in sorted(CASES.items(), key=lambda item: -item[1].element_size()):
        raw = tensor.numpy().tobytes()
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def derive(seed, purpose):
    """Smirk.Workspace.Seeds.Seed.Derive."""
    return struct.unpack("<Q", hashlib.sha256(struct.pack("<Q", seed) + purpose.encode()).digest()[:8])[0]


def generator(purpose):
    state = torch.Generator()
    seed = derive(SEED, purpose)
    state.manual_seed(seed - (1 << 64) if seed >= 1 << 63 else seed)
    return state


class Counted:
    """Smirk.Torch.Generator.Counted: Philox4x32-10 (Salmon et al. 2011), four words a block, by the number of the block."""

    def __init__(self, purpose):
        self.seed, self.next = derive(SEED, purpose), 0

    def word(self, place):
        c, key = [place // 4 & 0xFFFFFFFF, place // 4 >> 32, 0, 0], [self.seed & 0xFFFFFFFF, self.seed >> 32]
        for _ in range(10):
            even, odd = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
            c = [odd >> 32 ^ c[1] ^ key[0], odd & 0xFFFFFFFF, even >> 32 ^ c[3] ^ key[1], even & 0xFFFFFFFF]
            key = [key[0] + 0x9E3779B9 & 0xFFFFFFFF, key[1] + 0xBB67AE85 & 0xFFFFFFFF]
        return c[place % 4]

    def shares(self, count):
        start, self.next = self.next, self.next + count
        return torch.tensor([(self.word(place) >> 8) / 2 ** 24 for place in range(start, self.next)], dtype=torch.float32)

    def uniform(self, shape, low, high):
        return (self.shares(int(np.prod(shape))) * (high - low) + low).reshape(shape)

    def normal(self, shape):
        pairs = (int(np.prod(shape)) + 1) // 2
        drawn = self.shares(2 * pairs)
        lengths, angles = ((drawn[:pairs] + 2 ** -24).log() * -2).sqrt(), drawn[pairs:] * (2 * np.pi)
        return torch.cat([angles.cos() * lengths, angles.sin() * lengths])[:int(np.prod(shape))].reshape(shape)


class Generator(nn.Module):
    """With `gates` as the recipe auto has it: the latent weighs the channels of each level, through that many hidden units."""

    def __init__(self, latent, widths, kernel, gates):
        super().__init__()
        self.first = widths[0]
        self.linear = nn.Linear(latent, widths[0] * 16)
        self.norm0 = nn.BatchNorm2d(widths[0])
        self.count = len(widths)
        for i, width in enumerate(widths):
            last = i == len(widths) - 1
            after = 3 if last else widths[i + 1]
            setattr(self, f"layer{i + 1}", nn.ConvTranspose2d(width, after, kernel, 2, (kernel - 1) // 2, kernel - 4))
            if not last:
                setattr(self, f"norm{i + 1}", nn.BatchNorm2d(after))
        self.gated = gates > 0
        if self.gated:
            for i, width in enumerate(widths):
                setattr(self, f"gates{i}", nn.ModuleDict({"hidden": nn.Linear(latent, gates), "gains": nn.Linear(gates, width)}))

    def gate(self, i, x, z):
        if not self.gated:
            return x
        gates = getattr(self, f"gates{i}")
        return x * (2 * torch.sigmoid(gates["gains"](F.relu(gates["hidden"](z)))))[:, :, None, None]

    def forward(self, z):
        x = self.gate(0, F.relu(self.norm0(self.linear(z).view(-1, self.first, 4, 4))), z)
        for i in range(1, self.count):
            x = self.gate(i, F.relu(getattr(self, f"norm{i}")(getattr(self, f"layer{i}")(x))), z)
        return torch.tanh(getattr(self, f"layer{self.count}")(x))


class Discriminator(nn.Module):
    """With `thumbnail` as the recipe auto has it: beside the convolutions, a network judges a picture of that edge."""

    def __init__(self, widths, kernel, norm, thumbnail):
        super().__init__()
        channels, self.count, self.norm = 3, len(widths), norm
        for i, width in enumerate(widths):
            setattr(self, f"layer{i}", nn.Conv2d(channels, width, kernel, 2, (kernel - 1) // 2))
            if norm and i > 0:
                setattr(self, f"norm{i}", nn.BatchNorm2d(width))
            channels = width
        self.linear = nn.Linear(channels * 16, 1)
        if thumbnail:
            self.thumbnail = nn.Module()
            for i, (before, after) in enumerate([(3 * thumbnail ** 2, 256), (256, 256), (256, 1)]):
                setattr(self.thumbnail, f"layer{i}", nn.Linear(before, after))
        self.edge = thumbnail

    def forward(self, pictures):
        x = pictures
        for i in range(self.count):
            x = getattr(self, f"layer{i}")(x)
            x = F.leaky_relu(getattr(self, f"norm{i}")(x) if self.norm and i > 0 else x, 0.2)
        logits = self.linear(x.flatten(1)).flatten()
        if self.edge:
            x = F.adaptive_avg_pool2d(pictures, self.edge).flatten(1)
            for i in range(2):
                x = F.leaky_relu(getattr(self.thumbnail, f"layer{i}")(x), 0.2)
            logits = logits + self.thumbnail.layer2(x).flatten()
        return logits


def networks(widths, kernel, norm, scale, gates=0, thumbnail=0):
    torch.manual_seed(5)
    g, d = Generator(6, widths, kernel, gates), Discriminator(widths[::-1], kernel, norm, thumbnail)
    with torch.no_grad():
        for parameter in list(g.parameters()) + list(d.parameters()):
            parameter.add_(torch.randn_like(parameter) * scale)
    return g, d


def state(prefix, module):
    return {f"{prefix}.{name}": tensor for name, tensor in module.state_dict().items() if not name.endswith("num_batches_tracked")}


def dcgan():
    """Three steps of the recipe dcgan: 1 D and 2 G updates on the same latents."""
    g, d = networks([16, 8, 4], 5, True, 0.02)
    real = torch.rand(3, 8, 3, 32, 32) * 2 - 1
    save("dcgan", {"real": real, **state("before.g", g), **state("before.d", d)})
    random = Counted("training")
    options = dict(lr=2e-4, betas=(0.5, 0.999))
    adam_g, adam_d = torch.optim.Adam(g.parameters(), **options), torch.optim.Adam(d.parameters(), **options)
    bce = F.binary_cross_entropy_with_logits
    losses = []
    for step in range(3):
        z = random.uniform((8, 6), -1, 1)
        with torch.no_grad():
            fake = g(z)
        adam_d.zero_grad()
        on_real, on_fake = d(real[step]), d(fake)
        loss_d = bce(on_real, torch.ones(8)) + bce(on_fake, torch.zeros(8))
        loss_d.backward()
        adam_d.step()
        for _ in range(2):
            adam_g.zero_grad()
            loss_g = bce(d(g(z)), torch.ones(8))
            loss_g.backward()
            adam_g.step()
        losses.append(torch.stack([loss_d.detach(), loss_g.detach(), on_real.detach().mean(), on_fake.detach().mean()]))
    save("dcgan", {"losses": torch.stack(losses), **state("after.g", g), **state("after.d", d)})


def auto():
    """Three steps of the recipe auto without augmentation, the first with the penalty: written with two backward passes, as usual, not with one."""
    g, d = networks([16, 8, 4], 4, False, 0.02, gates=5, thumbnail=8)
    real = torch.rand(3, 8, 3, 32, 32) * 2 - 1
    save("auto", {"real": real, **state("before.g", g), **state("before.d", d)})
    random = Counted("training")
    options = dict(lr=2e-4, betas=(0.5, 0.99))
    adam_g, adam_d = torch.optim.Adam(g.parameters(), **options), torch.optim.Adam(d.parameters(), **options)
    gamma, every, losses = 0.05, 8, []
    for step in range(3):
        z = random.normal((8, 6))
        fake = g(z)
        on_real, on_fake = d(real[step]), d(fake)
        loss_g = F.softplus(on_real - on_fake).mean()
        gradients_g = torch.autograd.grad(loss_g, list(g.parameters()), retain_graph=True)
        pictures = [real[step].clone().requires_grad_(), fake.detach().clone().requires_grad_()]
        logits = [d(picture) for picture in pictures]
        loss_d = F.softplus(logits[1] - logits[0]).mean()
        total = loss_d
        if step % every == 0:
            for logit, picture in zip(logits, pictures):
                slope, = torch.autograd.grad(logit.sum(), picture, create_graph=True)
                total = total + gamma / 2 * every * slope.square().sum((1, 2, 3)).mean()
        adam_d.zero_grad()
        total.backward()
        adam_d.step()
        for parameter, gradient in zip(g.parameters(), gradients_g):
            parameter.grad = gradient
        adam_g.step()
        losses.append(torch.stack([loss_d.detach(), loss_g.detach(), on_real.detach().mean(), on_fake.detach().mean()]))
    save("auto", {"losses": torch.stack(losses), **state("after.g", g), **state("after.d", d)})


def augment():
    """DiffAugment on four pictures, with the draws in the order that Smirk makes them; and the gradient of a weighted sum."""
    torch.manual_seed(6)
    pictures = (torch.rand(4, 3, 32, 32) * 2 - 1).requires_grad_()
    weights = torch.randn(4, 3, 32, 32)
    random = generator("augment")
    draw = lambda low, high: torch.empty(4, 1, 1, 1).uniform_(low, high, generator=random)
    integers = lambda high: torch.empty(4, dtype=torch.int64).random_(0, high, generator=random)
    brightness, saturation, contrast = draw(-0.5, 0.5), draw(0, 2), draw(0.5, 1.5)
    # The original's order is brightness, saturation, contrast; brightness moves the mean that contrast turns about.
    x = pictures + brightness
    mean = x.mean(1, keepdim=True)
    x = (x - mean) * saturation + mean
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * contrast + mean
    rows, columns = integers(9), integers(9)
    x = torch.stack([F.pad(x, (4, 4, 4, 4))[i, :, rows[i]:rows[i] + 32, columns[i]:columns[i] + 32] for i in range(4)])
    mask = torch.ones(4, 1, 32, 32)
    down, across = integers(32), integers(32)
    for i in range(4):
        mask[i, :, max(0, down[i] - 8):down[i] + 8, max(0, across[i] - 8):across[i] + 8] = 0
    x = x * mask
    (x * weights).sum().backward()
    save("augment", {"pictures": pictures, "weights": weights, "out": x, "gradient": pictures.grad})


def metrics():
    rng = np.random.default_rng(7)
    mix = rng.normal(size=(12, 12))
    real, fake = rng.normal(size=(60, 12)) @ mix, rng.normal(size=(80, 12)) @ mix * 1.2 + 0.3
    cov_r, cov_f = np.cov(real.T), np.cov(fake.T)
    frechet = ((real.mean(0) - fake.mean(0)) ** 2).sum() + np.trace(cov_r + cov_f - 2 * scipy.linalg.sqrtm(cov_r @ cov_f).real)
    kernel = lambda a, b: (a @ b.T / 12 + 1) ** 3
    within = lambda a: (kernel(a, a).sum() - np.trace(kernel(a, a))) / (len(a) * (len(a) - 1))
    mmd = within(real) + within(fake) - 2 * kernel(real, fake).mean()
    apart = lambda a, b: np.sqrt(((a[:, None] - b[None]) ** 2).sum(-1))
    between, r_real, r_fake = apart(real, fake), np.sort(apart(real, real), 1)[:, 5], np.sort(apart(fake, fake), 1)[:, 5]
    inside = between <= r_real[:, None]
    expected = [frechet, mmd, inside.any(0).mean(), (between <= r_fake[None]).any(1).mean(), inside.sum() / (5 * 80), inside.any(1).mean()]
    save("metrics", {"real": torch.from_numpy(real), "fake": torch.from_numpy(fake), "expected": torch.tensor(expected, dtype=torch.float64)})


def ms_ssim():
    """Wang et al. 2003 with an 11-tap Gaussian on valid positions, three scales for 64 pixels."""
    torch.manual_seed(8)
    a = F.interpolate(torch.rand(3, 3, 16, 16), size=64, mode="bilinear", align_corners=False) * 255
    b = (a + torch.randn_like(a) * torch.tensor([5.0, 20.0, 60.0]).view(3, 1, 1, 1)).clamp(0, 255)
    taps = torch.exp(-(torch.arange(11) - 5.0) ** 2 / (2 * 1.5 ** 2))
    window = (taps[:, None] * taps[None]) / taps.sum() ** 2
    blur = lambda x: F.conv2d(x, window.expand(3, 1, 11, 11), groups=3)
    weights = torch.tensor([0.0448, 0.2856, 0.3001])
    weights = weights / weights.sum()
    result, x, y = torch.ones(3), a, b
    for scale in range(3):
        mx, my = blur(x), blur(y)
        vx, vy, cov = blur(x * x) - mx ** 2, blur(y * y) - my ** 2, blur(x * y) - mx * my
        contrast = (2 * cov + 58.5225) / (vx + vy + 58.5225)
        whole = (2 * mx * my + 6.5025) / (mx ** 2 + my ** 2 + 6.5025) * contrast
        value = (whole if scale == 2 else contrast).mean((1, 2, 3)).clamp(1e-6, 1)
        result = result * value ** weights[scale]
        x, y = F.avg_pool2d(x, 2), F.avg_pool2d(y, 2)
    save("ms_ssim", {"a": a, "b": b, "expected": result})


dcgan()
auto()
augment()
metrics()
ms_ssim()
write(os.path.join(HERE, "gan.safetensors"))
