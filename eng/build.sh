# shellcheck shell=bash
# Builds Smirk where something changed: installs what is missing (apt), native shims with CMake, the program with dotnet publish.
# Sourced by ./smirk and ./test; run directly it takes: build.sh [native SHIM... | all]
#
#   build/native/          the shims, as last built
#   build/app/VERSION/     the program with its shims; VERSION is a hash of all they were built from
#   build/app/current      link to the newest; ./smirk runs that and holds a lock on it, so that no later build removes it under a training
#
# SMIRK_BUILD names another folder than build/.
set -euo pipefail
SMIRK_ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
SMIRK_BUILD=${SMIRK_BUILD:-$SMIRK_ROOT/build}
case $SMIRK_BUILD in /*) ;; *) SMIRK_BUILD=$PWD/$SMIRK_BUILD ;; esac

# What has to be there to build, and to run: Debian's and Ubuntu's names.
SMIRK_PACKAGES="cmake g++ make pkg-config libvips-dev libarchive-dev libopencv-core-dev libopencv-imgproc-dev libopencv-objdetect-dev libopencv-features2d-dev libopencv-calib3d-dev libopencv-flann-dev opencv-data"
# Debian's libtorch multiplies matrices through whatever BLAS is installed; the reference one is 15 times slower than OpenBLAS. Its OpenMP build shares libtorch's threads.
[ -n "${SMIRK_LIBTORCH:-}" ] || SMIRK_PACKAGES="$SMIRK_PACKAGES libtorch-dev libgloo-dev libopenblas0-openmp"

smirk_say() { printf 'smirk: %s\n' "$*" >&2; }

# Installs what is missing, or says in one line what to install.
smirk_install_missing() {
    if ! command -v dpkg-query >/dev/null; then
        for tool in cmake g++ pkg-config; do
            command -v "$tool" >/dev/null || { smirk_say "'$tool' isn't installed. Install it with cmake, g++, pkg-config, and the development files of libvips, libarchive, OpenCV (core imgproc objdetect features2d calib3d flann) and libtorch, then run this again."; exit 1; }
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

# smirk_install_wanted PACKAGE...: installs what tests like to have, where that can be done without asking; they are skipped without it.
smirk_install_wanted() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 0
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    smirk_say "installing ${missing[*]} for the tests"
    mkdir -p "$SMIRK_BUILD"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$SMIRK_BUILD/apt.log" 2>&1 \
        || smirk_say "apt could not install ${missing[*]}; the tests that need them are skipped ($SMIRK_BUILD/apt.log)"
}

# smirk_hash PATH...: a hash of the names and contents of all sources under PATHs. Times don't count: copying, moving and renaming keep or change them at will.
smirk_hash() {
    (cd -- "$SMIRK_ROOT" && find "$@" \( -name bin -o -name obj \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum && printf '%s\n' "${SMIRK_LIBTORCH:-}") \
        | sha256sum | cut -c 1-16
}

# What the shims, and what the whole program are built from.
smirk_native_version() { smirk_hash native; }
smirk_version() { smirk_hash src native web eng/build.sh Directory.Build.props Directory.Build.targets Directory.Packages.props global.json; }

# smirk_native [SHIM...]: configures and builds the named shims, or all.
smirk_native() {
    local targets=("$@") options=() shim
    [ ${#targets[@]} -gt 0 ] || targets=(torch vips vision archive)
    for shim in torch vips vision archive; do
        case " ${targets[*]} " in *" $shim "*) options+=("-DSMIRK_$shim=ON") ;; *) options+=("-DSMIRK_$shim=OFF") ;; esac
    done
    mkdir -p "$SMIRK_BUILD/native"
    # CMake's cache holds absolute paths: it is worth nothing once the checkout was moved or copied.
    grep -qxsF "CMAKE_HOME_DIRECTORY:INTERNAL=$SMIRK_ROOT/native" "$SMIRK_BUILD/cmake/CMakeCache.txt" || rm -rf -- "$SMIRK_BUILD/cmake"
    smirk_say "building native code (${targets[*]}); this is done once"
    if ! { cmake -S "$SMIRK_ROOT/native" -B "$SMIRK_BUILD/cmake" -DSMIRK_OUTPUT="$SMIRK_BUILD/native" -DSMIRK_LIBTORCH="${SMIRK_LIBTORCH:-}" "${options[@]}" \
        && cmake --build "$SMIRK_BUILD/cmake" -j "$(nproc)"; } >"$SMIRK_BUILD/native.log" 2>&1 9>&-; then
        grep -E -m 5 'error|Error' "$SMIRK_BUILD/native.log" >&2 || true
        smirk_say "the native build failed; all of its output is in $SMIRK_BUILD/native.log"
        exit 1
    fi
}

# smirk_app VERSION: publishes the program, precompiled where the compiler for that can be had so that commands start fast, and makes it the current one.
smirk_app() {
    local version=$1 arch new=$SMIRK_BUILD/app/.new
    case $(uname -m) in x86_64) arch=linux-x64 ;; aarch64) arch=linux-arm64 ;; *) smirk_say "no build for $(uname -m): x86_64 and aarch64 are supported"; exit 1 ;; esac
    if [ ! -e "$SMIRK_BUILD/app/$version/.used" ]; then
        smirk_say "building the program; this is done once"
        mkdir -p "$SMIRK_BUILD/app"
        rm -rf -- "$new"
        local part
        # Two programs in one folder, so that they share what they are made of; the second needs ASP.NET, which the first must not wait for.
        for part in Smirk.Studio Smirk.Cli; do
            local publish=(dotnet publish "$SMIRK_ROOT/src/$part" -c Release -r "$arch" --self-contained false -o "$new" -m:2 -v quiet -nologo)
            # The compiler's server outlives the build: it must not inherit the lock.
            if ! "${publish[@]}" -p:PublishReadyToRun=true >"$SMIRK_BUILD/app.log" 2>&1 9>&- && ! "${publish[@]}" >"$SMIRK_BUILD/app.log" 2>&1 9>&-; then
                grep -E -m 5 'error' "$SMIRK_BUILD/app.log" >&2 || true
                smirk_say "the build failed; all of its output is in $SMIRK_BUILD/app.log"
                exit 1
            fi
        done
        # Sources that changed meanwhile: what was built isn't what VERSION says.
        [ "$(smirk_version)" = "$version" ] || return 0
        cp -- "$SMIRK_BUILD"/native/libsmirk_*.so "$new/"
        : >"$new/.used"
        rm -rf -- "${SMIRK_BUILD:?}/app/$version"
        mv -T -- "$new" "$SMIRK_BUILD/app/$version"
    fi
    ln -sfn -- "$version" "$SMIRK_BUILD/app/.link"
    mv -T -- "$SMIRK_BUILD/app/.link" "$SMIRK_BUILD/app/current"
    smirk_sweep "$version"
}

# smirk_sweep VERSION: removes every other version that no process holds.
smirk_sweep() {
    local entry
    for entry in "$SMIRK_BUILD"/app/*; do
        case ${entry##*/} in "$1" | current) continue ;; esac
        if [ -e "$entry/.used" ]; then
            (flock -n 8 && rm -rf -- "$entry") 8<"$entry/.used" || true
        else
            rm -rf -- "$entry"
        fi
    done
}

# Puts the current program's folder into SMIRK_APP and holds it: this process, and the program that it becomes, keep it from being removed.
smirk_hold() {
    while :; do
        SMIRK_APP=$SMIRK_BUILD/app/$(readlink -- "$SMIRK_BUILD/app/current")
        # A build may have replaced and removed it between the two lines: then the link names a newer one.
        if { exec 8<"$SMIRK_APP/.used"; } 2>/dev/null && flock -s 8 && [ -e "$SMIRK_APP/.used" ]; then
            return 0
        fi
    done
}

# Everything that ./smirk needs, only where something changed. One build at a time: a second launcher waits for the first.
smirk_ensure() {
    local version native
    version=$(smirk_version)
    [ "$(readlink -- "$SMIRK_BUILD/app/current")" != "$version" ] || return 0
    command -v dotnet >/dev/null || { smirk_say "the .NET 10 SDK isn't installed; get it from https://dotnet.microsoft.com/download or: sudo apt-get install dotnet-sdk-10.0"; exit 1; }
    mkdir -p "$SMIRK_BUILD"
    exec 9>"$SMIRK_BUILD/lock"
    flock 9
    # Until what is current is what the sources are: they may change while they are built.
    until version=$(smirk_version) && [ "$(readlink -- "$SMIRK_BUILD/app/current")" = "$version" ]; do
        native=$(smirk_native_version)
        if [ ! -e "$SMIRK_BUILD/native.stamp" ] || [ "$(cat "$SMIRK_BUILD/native.stamp")" != "$native" ]; then
            smirk_install_missing
            smirk_native
            [ "$(smirk_native_version)" = "$native" ] || continue
            printf '%s' "$native" >"$SMIRK_BUILD/native.stamp"
        fi
        smirk_app "$version"
    done
    flock -u 9
    exec 9>&-
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
    case ${1:-all} in
        native) shift; smirk_native "$@" ;;
        all) smirk_ensure ;;
        *) smirk_say "usage: eng/build.sh [native SHIM... | all]"; exit 2 ;;
    esac
fi
