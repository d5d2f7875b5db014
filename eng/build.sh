# shellcheck shell=bash
# Builds Smirk where something changed: installs what is missing (apt), native shims with CMake, the program with dotnet publish.
# Sourced by ./smirk and ./test; run directly it takes: build.sh [native SHIM... | app | all]
set -euo pipefail
SMIRK_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
SMIRK_BUILD=$SMIRK_ROOT/build

# What has to be there to build, and to run: Debian's and Ubuntu's names.
SMIRK_PACKAGES="cmake g++ make pkg-config libvips-dev libopencv-core-dev libopencv-imgproc-dev libopencv-objdetect-dev libopencv-features2d-dev libopencv-calib3d-dev libopencv-flann-dev opencv-data"
# Debian's libtorch multiplies matrices through whatever BLAS is installed; the reference one is 15 times slower than OpenBLAS. Its OpenMP build shares libtorch's threads.
[ -n "${SMIRK_LIBTORCH:-}" ] || SMIRK_PACKAGES="$SMIRK_PACKAGES libtorch-dev libopenblas0-openmp"

smirk_say() { printf 'smirk: %s\n' "$*" >&2; }

# Installs what is missing, or says in one line what to install.
smirk_install_missing() {
    if ! command -v dpkg-query >/dev/null; then
        for tool in cmake g++ pkg-config; do
            command -v "$tool" >/dev/null || { smirk_say "'$tool' isn't installed. Install it with cmake, g++, pkg-config, and the development files of libvips, OpenCV (core imgproc objdetect features2d calib3d flann) and libtorch, then run this again."; exit 1; }
        done
        return 0
    fi
    local missing=() package
    for package in $SMIRK_PACKAGES; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
        smirk_say "missing packages; install them with: sudo apt-get install --no-install-recommends ${missing[*]}"
        exit 1
    fi
    smirk_say "installing ${missing[*]}"
    mkdir -p "$SMIRK_BUILD"
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$SMIRK_BUILD/apt.log" 2>&1; then
        smirk_say "apt could not install ${missing[*]}; the reason is at the end of $SMIRK_BUILD/apt.log"
        exit 1
    fi
}

# smirk_changed STAMP PATH...: true when a file under PATHs is newer than STAMP, or STAMP isn't there.
smirk_changed() {
    local stamp=$1
    shift
    [ ! -e "$stamp" ] && return 0
    [ -n "$(find "$@" \( -name bin -o -name obj \) -prune -o -type f -newer "$stamp" -print -quit)" ]
}

# smirk_native [SHIM...]: configures and builds the named shims, or all.
smirk_native() {
    local targets=("$@") options=() shim
    [ ${#targets[@]} -gt 0 ] || targets=(torch vips vision)
    for shim in torch vips vision; do
        case " ${targets[*]} " in *" $shim "*) options+=("-DSMIRK_$shim=ON") ;; *) options+=("-DSMIRK_$shim=OFF") ;; esac
    done
    mkdir -p "$SMIRK_BUILD/native"
    smirk_say "building native code (${targets[*]}); this is done once"
    if ! { cmake -S "$SMIRK_ROOT/native" -B "$SMIRK_BUILD/cmake" -DSMIRK_OUTPUT="$SMIRK_BUILD/native" -DSMIRK_LIBTORCH="${SMIRK_LIBTORCH:-}" "${options[@]}" \
        && cmake --build "$SMIRK_BUILD/cmake" -j "$(nproc)"; } >"$SMIRK_BUILD/native.log" 2>&1; then
        grep -E -m 5 'error|Error' "$SMIRK_BUILD/native.log" >&2 || true
        smirk_say "the native build failed; all of its output is in $SMIRK_BUILD/native.log"
        exit 1
    fi
}

# The program, precompiled where the compiler for that can be had, so that commands start fast.
smirk_app() {
    local arch
    case $(uname -m) in x86_64) arch=linux-x64 ;; aarch64) arch=linux-arm64 ;; *) smirk_say "no build for $(uname -m): x86_64 and aarch64 are supported"; exit 1 ;; esac
    smirk_say "building the program; this is done once"
    local publish=(dotnet publish "$SMIRK_ROOT/src/Smirk.Cli" -c Release -r "$arch" --self-contained false -o "$SMIRK_BUILD/app" -m:2 -v quiet -nologo)
    mkdir -p "$SMIRK_BUILD"
    rm -rf "$SMIRK_BUILD/app"
    if ! "${publish[@]}" -p:PublishReadyToRun=true >"$SMIRK_BUILD/app.log" 2>&1 && ! "${publish[@]}" >"$SMIRK_BUILD/app.log" 2>&1; then
        grep -E -m 5 'error' "$SMIRK_BUILD/app.log" >&2 || true
        smirk_say "the build failed; all of its output is in $SMIRK_BUILD/app.log"
        exit 1
    fi
}

# Everything that ./smirk needs, only where something changed. One build at a time: a second launcher waits for the first.
smirk_ensure() {
    local torch_stamp="$SMIRK_BUILD/native.stamp" app_stamp="$SMIRK_BUILD/app.stamp"
    if ! smirk_changed "$app_stamp" "$SMIRK_ROOT"/src "$SMIRK_ROOT"/Directory.*.props \
        && ! smirk_changed "$torch_stamp" "$SMIRK_ROOT"/native && [ "$(cat "$torch_stamp")" = "${SMIRK_LIBTORCH:-}" ]; then
        return 0
    fi
    command -v dotnet >/dev/null || { smirk_say "the .NET 10 SDK isn't installed; get it from https://dotnet.microsoft.com/download or: sudo apt-get install dotnet-sdk-10.0"; exit 1; }
    mkdir -p "$SMIRK_BUILD"
    exec 9>"$SMIRK_BUILD/lock"
    flock 9
    local began
    if smirk_changed "$torch_stamp" "$SMIRK_ROOT"/native || [ "$(cat "$torch_stamp")" != "${SMIRK_LIBTORCH:-}" ]; then
        began=$(mktemp)
        smirk_install_missing
        smirk_native
        printf '%s' "${SMIRK_LIBTORCH:-}" >"$torch_stamp"
        touch -r "$began" "$torch_stamp"
        rm -f "$began"
    fi
    if smirk_changed "$app_stamp" "$SMIRK_ROOT"/src "$SMIRK_ROOT"/Directory.*.props; then
        began=$(mktemp)
        smirk_app
        touch -r "$began" "$app_stamp"
        rm -f "$began"
    fi
    flock -u 9
    exec 9>&-
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    case ${1:-all} in
        native) shift; smirk_native "$@" ;;
        app) smirk_app ;;
        all) smirk_ensure ;;
        *) smirk_say "usage: eng/build.sh [native SHIM... | app | all]"; exit 2 ;;
    esac
fi
