#!/usr/bin/env bash
# Builds kernel.wasm from kernel.c with Debian's clang and lld (apt-get install clang lld). Usage: build.sh [OUT]
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
cd -- "$here"
clang --target=wasm32 -msimd128 -O3 -std=c11 -Wall -Wextra -Werror -ffreestanding -nostdlib \
    -Wl,--no-entry -Wl,--import-memory -Wl,--strip-all -Wl,-z,stack-size=4096 -Wl,--global-base=1024 -o "${1:-kernel.wasm}" kernel.c
