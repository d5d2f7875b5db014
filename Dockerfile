# Smirk in a container. First: eng/package; then, from the checkout:
#   docker build -t smirk .                          on the CPU
#   docker build -t smirk-cuda --target cuda --build-context libtorch=DIR .     on a GPU: DIR is an unpacked libtorch with CUDA, and
#                                                    the package was made with eng/package --libtorch DIR
#   docker run --rm -v "$PWD:/work" smirk make pictures -w smug       (with a GPU: --gpus all, and smirk-cuda)
FROM debian:12-slim AS cpu
COPY build/package/smirk_*.deb eng/packaging/install.sh /tmp/package/
# The steps that eng/package-test runs in a bare system.
RUN sh /tmp/package/install.sh /tmp/package/smirk_*.deb && rm -r /tmp/package
RUN useradd --create-home smirk
USER smirk
WORKDIR /work
ENTRYPOINT ["smirk"]

FROM cpu AS cuda
COPY --from=libtorch . /opt/libtorch
ENV SMIRK_LIBTORCH=/opt/libtorch

# What is built without --target.
FROM cpu
