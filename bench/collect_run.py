"""Runs the collectors of bench/collect in turn; usage: collect_run.py ROOT SCRATCH PICTURES ROUNDS LATENCY MANY"""

import contextlib
import json
import os
import subprocess
import sys
import time

root, scratch = sys.argv[1], sys.argv[2]
pictures, rounds, far, many = map(int, sys.argv[3:])
smirk = os.path.join(root, "build", "app", "current", "smirk")
runs = 0


def folder():
    """A new one for each run, none removed in between: a file system remembers what was just removed, and takes longer to make new files."""
    global runs
    runs += 1
    path = os.path.join(scratch, str(runs))
    os.makedirs(path)
    return path


@contextlib.contextmanager
def serving(count, latency, edge):
    """The server: one process that answers from memory, keeps connections open and takes as many as come. Gives its lists of addresses, as they are and as --map takes them."""
    place = folder()
    server = subprocess.Popen([sys.executable, os.path.join(root, "bench", "collect_server.py"), str(count), place, str(latency), str(edge)])
    try:
        port = os.path.join(place, "port")
        while not os.path.exists(port):
            assert server.poll() is None, "the server ended"
            time.sleep(0.05)
        base = f"http://127.0.0.1:{open(port).read()}"
        lists = [os.path.join(place, "links.txt"), os.path.join(place, "named.txt")]
        for path, host in zip(lists, [base, "https://pictures.example"]):
            with open(path, "w") as out:
                out.writelines(f"{host}/p/{i:05d}.jpg\n" for i in range(count))
        yield base, *lists
    finally:
        server.kill()
        server.wait()


def run(name, command, least=0, out=None):
    """Wall seconds, CPU seconds, MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0, (name, status)
    found = sum(len(files) for _, _, files in os.walk(out)) if out else least
    assert found >= least, f"{name} stored {found} of {least}"
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(base, named, out):
    return [smirk, "collect", named, "-w", out, "--rate", "0", "--per-host", "16", "--map", f"pictures.example={base}/", "--quiet"]


def compare(latency, rounds):
    """Pictures a second of each, best of the rounds."""
    best, memory = {}, 0
    with serving(pictures, latency, 96) as (base, links, named):
        for _ in range(rounds):
            for name, command in {
                "ours": lambda out: ours(base, named, out),
                "gallery-dl": lambda out: ["gallery-dl", "--config-ignore", "-q", "-d", out, "-i", links],
                "aria2": lambda out: ["aria2c", "-q", "-j16", "-x1", "--no-conf", "--file-allocation=none", "--enable-http-pipelining=true", "--auto-save-interval=0", "-d", out, "-i", links],
                "wget": lambda out: ["wget", "-q", "-P", out, "-i", links],
            }.items():
                out = folder()
                took, cpu, mb = run(name, command(out), pictures, out)
                best[name] = min(best.get(name, 1e9), took)
                memory = max(memory, mb) if name == "ours" else memory
                print(f"{latency:3} ms  {name:10} {took:7.2f} s  {cpu:6.2f} s of CPU  {pictures / took:8.0f} pictures/s", flush=True)
    rates = {name: round(pictures / took, 1) for name, took in best.items()}
    return {"rates": rates, "ours_mb": round(memory)} | {f"ratio_{name.replace('-', '_')}": round(rates["ours"] / rate, 2) for name, rate in rates.items() if name != "ours"}


def remember():
    """Our memory at many addresses."""
    with serving(many, 0, 32) as (base, _, named):
        took, _, mb = run("ours", ours(base, named, folder()))
    print(f"{many} addresses  {took:.1f} s  {mb:.0f} MB", flush=True)
    return {"addresses": many, "seconds": round(took, 1), "mb": round(mb)}


at_once = compare(0, rounds)
result = {"name": "collect", "ours": at_once["rates"]["ours"], "peer": at_once["rates"]["gallery-dl"], "ratio": at_once["ratio_gallery_dl"],
          "pictures": pictures, "cores": os.cpu_count(), "at_once": at_once, f"at_{far}_ms": compare(far, 1)}
if many:
    result["many"] = remember()
print(json.dumps(result))
