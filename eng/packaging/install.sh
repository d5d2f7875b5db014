#!/bin/sh
# Installs a package of Smirk on a bare Debian or Ubuntu and looks whether it works. The Dockerfile and eng/package-test run the same steps.
# usage: install.sh smirk_VERSION_ARCH.deb
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# Recommended packages come along by default: libtorch, and a BLAS that is fast.
apt-get install -y -qq "$(realpath -- "$1")"
apt-get clean
rm -rf /var/lib/apt/lists/*
smirk --version
