"""Reads what bench/dcgan-step measured; prints a table, then one line of JSON. Best of all steps for both sides: what other work on the machine disturbs least."""
import json
import platform
import statistics
import sys

BATCH = 64
times, sgemm = {}, [[], []]
for line in open(sys.argv[1]):
    kind, *numbers = line.split()
    if kind == "sgemm":
        for rates, rate in zip(sgemm, numbers):
            rates.append(float(rate))
    else:
        times.setdefault((kind, int(numbers[0])), []).extend(map(float, numbers[1:]))


def useful_gflop(kernel):
    """What a step has to compute: D's weight gradients in G's pass aren't needed."""
    taps = kernel * kernel
    d = [2 * BATCH * outputs * inputs * taps * size * size for inputs, outputs, size in [(3, 64, 32), (64, 128, 16), (128, 256, 8), (256, 512, 4)]]
    g = sum(d) + 2 * BATCH * 100 * 8192  # the same layers the other way round, and the projection
    d_sum = sum(d)
    update_d = g + 2 * d_sum + 2 * d_sum + 2 * (d_sum - d[0])  # fake pictures, two passes forward, of weights, of inputs
    update_g = 2 * d_sum + 2 * g
    return (update_d + update_g) / 1e9


best_sgemm = [max(rates) for rates in sgemm]
ceiling = max(best_sgemm)
print(f"sgemm 2048: PyTorch {best_sgemm[0]:.0f} GFLOP/s, oneDNN {best_sgemm[1]:.0f} GFLOP/s")
result = {"name": "dcgan-step", "threads": int(sys.argv[2]), "machine": platform.processor() or platform.machine(), "sgemm": best_sgemm[0], "sgemm_onednn": best_sgemm[1]}
with open("/proc/cpuinfo") as file:
    result["machine"] = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), result["machine"])
for kernel in (5, 4):
    ours, peer = times["ours", kernel], times["peer", kernel]
    rate = {side: BATCH / min(values) for side, values in (("ours", ours), ("peer", peer))}
    gflops = {side: useful_gflop(kernel) / min(values) for side, values in (("ours", ours), ("peer", peer))}
    row = {
        "ours": round(rate["ours"], 2), "peer": round(rate["peer"], 2), "ratio": round(rate["ours"] / rate["peer"], 2),
        "ratio_of_medians": round(statistics.median(peer) / statistics.median(ours), 2),
        "share_of_sgemm": round(gflops["ours"] / best_sgemm[0], 3), "peer_share_of_sgemm": round(gflops["peer"] / best_sgemm[0], 3),
        "share_of_best_sgemm": round(gflops["ours"] / ceiling, 3),
    }
    print(f"{kernel}x{kernel}: ours {row['ours']:.1f} img/s ({min(ours):.3f} s a step, {gflops['ours']:.0f} GFLOP/s), "
          f"PyTorch {row['peer']:.1f} img/s ({min(peer):.3f} s, {gflops['peer']:.0f} GFLOP/s): {row['ratio']:.2f} times (medians {row['ratio_of_medians']:.2f}); "
          f"of sgemm {row['share_of_sgemm']:.0%} against {row['peer_share_of_sgemm']:.0%}, of the fastest sgemm {row['share_of_best_sgemm']:.0%}")
    if kernel == 5:
        result.update(row)
    else:
        result["kernel4"] = row
print(json.dumps(result))
