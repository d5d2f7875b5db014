#!/usr/bin/python3
"""Makes the goldens that Smirk.Torch.Tests compares with, by PyTorch (Debian's python3-torch 1.13). ./test never runs this.

    /usr/bin/python3 tests/goldens/make_goldens.py

All cases are in torch.safetensors: inputs, parameters, outputs, gradients and gradients of gradients under "CASE/NAME".
"""
import json
import os
import struct

import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.uint8: "U8"}


CASES = {}


def save(name, tensors):
    """Keeps the tensors of a case for the file."""
    CASES.update({f"{name}/{key}": tensor.detach().contiguous() for key, tensor in tensors.items()})


def write(path):
    """Writes safetensors by hand: Debian has no package of it."""
    header, data = {}, b""
    for key, tensor in CASES.items():
        raw = tensor.numpy().tobytes()
        header[key] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def twice(name, function, inputs, more=None):
    """Output, its gradients g1 = d(sum(out * seed))/d(inputs), and the gradients of sum(g1[0]^2) + sum(out): what R1 asks for."""
    leaves = {key: value.clone().requires_grad_(True) for key, value in inputs.items()}
    out = function(**leaves)
    seed = torch.randn_like(out)
    first = torch.autograd.grad((out * seed).sum(), list(leaves.values()), create_graph=True)
    loss = first[0].square().sum() + (out * seed).sum()
    second = torch.autograd.grad(loss, list(leaves.values()))
    tensors = {**inputs, "out": out, "seed": seed}
    for key, g1, g2 in zip(leaves, first, second):
        tensors["grad." + key] = g1
        tensors["second." + key] = g2
    save(name, {**tensors, **(more or {})})


def convolutions():
    for name, n, c, k, size, kernel, stride, padding in [
        ("conv_5x5_stride2", 3, 4, 6, 8, 5, 2, 2),
        ("conv_4x4_stride2", 2, 3, 5, 8, 4, 2, 1),
        ("conv_3x3_stride1", 2, 5, 33, 7, 3, 1, 1),
        ("conv_1x1", 3, 7, 4, 5, 1, 1, 0),
        ("conv_wide", 2, 17, 40, 6, 5, 2, 2),
    ]:
        inputs = {"x": torch.randn(n, c, size, size), "w": torch.randn(k, c, kernel, kernel) * 0.2, "b": torch.randn(k)}
        twice(name, lambda x, w, b: F.conv2d(x, w, b, stride=stride, padding=padding), inputs)
    for name, n, c, k, size, kernel, stride, padding, more in [
        ("transposed_5x5_stride2", 3, 6, 4, 4, 5, 2, 2, 1),
        ("transposed_4x4_stride2", 2, 5, 3, 4, 4, 2, 1, 0),
        ("transposed_3x3_stride1", 2, 5, 18, 5, 3, 1, 1, 0),
        ("transposed_wide", 2, 20, 35, 4, 5, 2, 2, 1),
    ]:
        inputs = {"x": torch.randn(n, c, size, size), "w": torch.randn(c, k, kernel, kernel) * 0.2, "b": torch.randn(k)}
        twice(name, lambda x, w, b: F.conv_transpose2d(x, w, b, stride=stride, padding=padding, output_padding=more), inputs)


def network():
    """R1 through a small discriminator, leaky relu and all: the gradients of its weights."""
    x = torch.randn(4, 3, 16, 16, requires_grad=True)
    w1, w2 = (torch.randn(8, 3, 4, 4) * 0.1).requires_grad_(True), (torch.randn(12, 8, 4, 4) * 0.1).requires_grad_(True)
    w3, b1 = (torch.randn(1, 12 * 16) * 0.1).requires_grad_(True), torch.randn(8).requires_grad_(True)
    h = F.leaky_relu(F.conv2d(x, w1, b1, stride=2, padding=1), 0.2)
    h = F.leaky_relu(F.conv2d(h, w2, stride=2, padding=1), 0.2)
    logits = F.linear(h.reshape(4, -1), w3)
    (gx,) = torch.autograd.grad(logits.sum(), x, create_graph=True)
    penalty = gx.square().sum([1, 2, 3]).mean()
    grads = torch.autograd.grad(F.softplus(-logits).mean() + 5 * penalty, [w1, b1, w2, w3])
    save("r1", {"x": x, "w1": w1, "b1": b1, "w2": w2, "w3": w3, "logits": logits, "penalty": penalty,
                "grad.w1": grads[0], "grad.b1": grads[1], "grad.w2": grads[2], "grad.w3": grads[3]})


def pointwise():
    x = torch.randn(3, 5)
    positive = torch.rand(3, 5) + 0.1
    for name, function, value in [
        ("exp", torch.exp, x), ("log", torch.log, positive), ("sqrt", torch.sqrt, positive), ("rsqrt", torch.rsqrt, positive), ("square", torch.square, x),
        ("abs", torch.abs, x), ("tanh", torch.tanh, x), ("sigmoid", torch.sigmoid, x), ("relu", torch.relu, x), ("softplus", F.softplus, x * 3),
        ("sin", torch.sin, x), ("cos", torch.cos, x), ("leaky_relu", lambda v: F.leaky_relu(v, 0.2), x), ("pow", lambda v: v.pow(3), x),
        ("clamp", lambda v: v.clamp(-0.5, 0.5), x), ("softmax", lambda v: F.softmax(v, 1), x), ("log_softmax", lambda v: F.log_softmax(v, 1), x),
        ("neg", torch.neg, x), ("sum", lambda v: v.sum([0]), x), ("mean", lambda v: v.mean([1], keepdim=True), x), ("var", lambda v: v.var([0]), x),
        ("max", lambda v: v.amax([1]), x), ("min", lambda v: v.amin([1]), x), ("cumsum", lambda v: v.cumsum(1), x), ("flip", lambda v: v.flip(1), x),
        ("roll", lambda v: v.roll(2, 1), x), ("transpose", lambda v: v.transpose(0, 1), x),
    ]:
        twice("op_" + name, lambda x: function(x), {"x": value})
    a, b = torch.randn(3, 4), torch.rand(4) + 0.5
    for name, function in [("add", torch.add), ("sub", torch.sub), ("mul", torch.mul), ("div", torch.div), ("maximum", torch.maximum), ("minimum", torch.minimum)]:
        twice("op_" + name, lambda x, y: function(x, y), {"x": a, "y": b})


def linear():
    twice("matmul", lambda x, y: x @ y, {"x": torch.randn(3, 4), "y": torch.randn(4, 2)})
    twice("bmm", lambda x, y: torch.bmm(x, y), {"x": torch.randn(2, 3, 4), "y": torch.randn(2, 4, 2)})
    twice("linear", lambda x, w, b: F.linear(x, w, b), {"x": torch.randn(5, 7), "w": torch.randn(3, 7), "b": torch.randn(3)})
    a, b = torch.randn(6, 5), torch.randn(4, 5)
    symmetric = a.double().T @ a.double()
    values, vectors = torch.linalg.eigh(symmetric)
    save("decompositions", {"a": a, "b": b, "cdist": torch.cdist(a, b), "symmetric": symmetric, "values": values, "singular": torch.linalg.svdvals(a)})


def images():
    x = torch.randn(2, 4, 6, 6)
    twice("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), {"x": x})
    twice("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), {"x": x})
    twice("pad_constant", lambda x: F.pad(x, (1, 2, 0, 3), value=0.5), {"x": x})
    twice("pad_reflect", lambda x: F.pad(x, (1, 2, 2, 3), mode="reflect"), {"x": x})
    twice("pad_replicate", lambda x: F.pad(x, (1, 2, 2, 3), mode="replicate"), {"x": x})
    twice("avg_pool", lambda x: F.avg_pool2d(x, 2), {"x": x})
    twice("nearest", lambda x: F.interpolate(x, size=(9, 12), mode="nearest"), {"x": x})
    twice("bilinear", lambda x: F.interpolate(x, size=(9, 12), mode="bilinear", align_corners=False), {"x": x})
    theta = torch.eye(2, 3).repeat(2, 1, 1) + 0.2 * torch.randn(2, 2, 3)
    grid = F.affine_grid(theta, (2, 4, 5, 7), align_corners=False)
    # PyTorch differentiates grid_sample once. It is linear in x: the second gradient of sum((A'seed)^2) is 0, and of sum(out * seed) A'seed.
    for mode, beyond in [("bilinear", "zeros"), ("bilinear", "border"), ("bilinear", "reflection"), ("nearest", "zeros")]:
        leaf = x.clone().requires_grad_(True)
        out = F.grid_sample(leaf, grid, mode=mode, padding_mode=beyond, align_corners=False)
        seed = torch.randn_like(out)
        (first,) = torch.autograd.grad((out * seed).sum(), leaf)
        # d/dseed of sum(first^2) = 2 A first
        second = 2 * F.grid_sample(first.detach(), grid, mode=mode, padding_mode=beyond, align_corners=False)
        save(f"grid_sample_{mode}_{beyond}", {"x": x, "theta": theta, "grid": grid, "out": out, "seed": seed, "grad.x": first, "second.seed": second})


def batch_norm():
    x = torch.randn(4, 5, 3, 3) * 2 + 1
    weight, bias = torch.rand(5) + 0.5, torch.randn(5)
    mean, variance = torch.randn(5), torch.rand(5) + 0.5
    for name, training in [("batch_norm_train", True), ("batch_norm_eval", False)]:
        running_mean, running_variance = mean.clone(), variance.clone()

        def apply(x, w, b):
            running_mean.copy_(mean), running_variance.copy_(variance)
            return F.batch_norm(x, running_mean, running_variance, w, b, training, 0.1, 1e-5)

        twice(name, apply, {"x": x, "w": weight, "b": bias}, {"mean": mean, "variance": variance, "mean_after": running_mean, "variance_after": running_variance})


def indices():
    x = torch.randn(4, 6)
    index = torch.tensor([2, 0, 2])
    gather = torch.randint(0, 4, (3, 6))
    values, order = x.sort(1, descending=True)
    top, where = x.topk(2, 1)
    kth, kth_where = x.kthvalue(3, 1)
    save("indices", {"x": x, "index": index, "gather": gather, "index_select": x.index_select(0, index), "gathered": x.gather(0, gather),
                     "scattered": torch.zeros(4, 6).scatter_add(0, gather, torch.ones(3, 6)), "sorted": values, "order": order, "top": top, "top_where": where,
                     "kth": kth, "kth_where": kth_where, "argmax": x.argmax(1), "argmin": x.argmin(1)})


def adam():
    for name, decay, beta1, beta2 in [("adam", 0.0, 0.5, 0.999), ("adam_decay", 0.01, 0.0, 0.99)]:
        p = torch.randn(4, 3, 2, 2).requires_grad_(True)
        start, grads, after = p.detach().clone(), torch.randn(5, 4, 3, 2, 2), []
        optimiser = torch.optim.Adam([p], lr=0.01, betas=(beta1, beta2), weight_decay=decay)
        for gradient in grads:
            p.grad = gradient.clone()
            optimiser.step()
            after.append(p.detach().clone())
        save(name, {"start": start, "grads": grads, "after": torch.stack(after)})


def script():
    """A small TorchScript module for ScriptModule: mean over pixels of a convolution, in a tuple as Inception files may give."""

    class Features(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = torch.nn.Conv2d(3, 4, 3)

        def forward(self, x):
            return self.conv(x).relu().mean([2, 3]), x

    module = Features().eval()
    x = torch.randn(2, 3, 8, 8)
    torch.jit.script(module).save(os.path.join(HERE, "features.pt"))
    save("script", {"x": x, "out": module(x)[0]})


if __name__ == "__main__":
    torch.manual_seed(20)
    for make in (convolutions, network, pointwise, linear, images, batch_norm, indices, adam, script):
        make()
    write(os.path.join(HERE, "torch.safetensors"))
