#!/bin/sh
# Installs a package of Smirk on a bare Debian or Ubuntu and looks whether it starts. The Dockerfile and eng/package-test run the same steps.
# usage: install.sh smirk_VERSION_ARCH.deb
set -eu
deb=$(realpath -- "$1")
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# What Smirk itself recommends (libtorch, a fast BLAS), but not what all the libraries below do: that would be a desktop's libraries.
# Of alternatives, the first that this system has.
dpkg-deb -f "$deb" Recommends | sed 's/([^)]*)//g' | tr ',|' '\n ' >/tmp/smirk-recommends
recommended=
while read -r alternatives; do
    for name in $alternatives; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            recommended="$recommended $name"
            break
        fi
    done
done </tmp/smirk-recommends
rm /tmp/smirk-recommends
# shellcheck disable=SC2086
apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "$deb" $recommended
apt-get clean
rm -rf /var/lib/apt/lists/*
smirk --version
