// Convolution: rows of taps are contiguous in [N, H, W, C], so a pixel's input is one run for each kernel row.
#include "plan.h"

namespace smirk::direct {

namespace {

struct Weights {
    const at::Tensor& tensor;  // [columns, channels, rows, taps]
    int64_t columns, channels, rows, taps;
    int64_t size() const { return rows * taps * channels; }
};

// packed[panel][row][i][column] = a mixture of taps of w[column][row], for i < run.
void pack(const Kernels& k, const Weights& w, const float* from, const Mixture& mixture, int64_t run, float* packed) {
    const int64_t depth = w.rows * run, panels = (w.columns + 2 * k.lanes - 1) / (2 * k.lanes);
    at::parallel_for(0, panels * w.rows, 1, [&](int64_t begin, int64_t end) {
        for_panels(k, w.columns, depth, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
            for (int64_t row = 0; row < w.rows; row++) {
                const int64_t item = column / (2 * k.lanes) * w.rows + row;
                if (item < begin || item >= end) continue;
                k.pack_transposed(from + column * w.size() + row * w.taps * w.channels, mixture, w.size(), static_cast<int>(real), run, static_cast<int>(width),
                                  packed + offset + row * run * width);
            }
        });
    });
}

// The packed forms of all planes, one behind the other.
void set_weights(const Kernels& k, Phase& phase, const Weights& w, const std::vector<Mixture>& mixtures, Geometry g) {
    const int64_t run = phase.planes[0].run_length, each = packed_size(k, w.rows * run, w.columns);
    const std::string key = std::string("forward ") + k.name + " " + std::to_string(mixtures.size()) + " " + std::to_string(g.stride);
    const float* packed = packed_weights(w.tensor, key, each * static_cast<int64_t>(mixtures.size()), [&](float* room) {
        const auto weight = w.tensor.detach().contiguous(at::MemoryFormat::ChannelsLast);
        for (const auto& mixture : mixtures) {
            pack(k, w, weight.data_ptr<float>(), mixture, run, room);
            room += each;
        }
    });
    for (auto& plane : phase.planes) {
        plane.weights = packed;
        packed += each;
    }
    mark_last(phase.planes);
}

// Every tap of every row, as it stands.
void plan_taps(const Kernels& k, Product& product, const Weights& w, const Size& size, Geometry g) {
    product.source = padded(size, {g.padding, g.padding, g.padding, g.padding}, g.stride);
    Plane plane{0, {}, w.taps * w.channels, nullptr, {{0, 1, false, true}}};
    for (int64_t r = 0; r < w.rows; r++) plane.runs.push_back(r * product.source.row / g.stride);
    product.phases[0].planes = {plane};
    set_weights(k, product.phases[0], w, {{{0}, {1}, 1}}, g);
}

// Pairs of outputs, by the products of axis.h along the width.
void plan_pairs(const Kernels& k, Product& product, const Weights& w, const Size& size, Geometry g, const std::vector<Stream>& streams) {
    auto& phase = product.phases[0];
    phase.width /= 2;
    phase.out_pixel *= 2;
    const auto inputs = combined(k, size, phase.width, (phase.height - 1) * g.stride + w.rows, g.padding, g.stride, g.padding, g.stride, streams);
    product.source = inputs.source;
    std::vector<Mixture> mixtures;
    for (const auto& stream : streams)
        for (const auto& p : products_of(static_cast<int>(stream.taps.size()))) {
            Plane plane{static_cast<int64_t>(phase.planes.size()) * inputs.plane, {}, w.channels, nullptr, {}};
            for (int64_t r = 0; r < w.rows; r++) plane.runs.push_back(inputs.row(r));
            for (int i = 0; i < 2; i++)
                if (p.output[i] != 0) plane.targets.push_back({i * w.columns, p.output[i], !phase.planes.empty(), false});
            mixtures.push_back(mixture_of(p, stream.taps, w.channels));
            phase.planes.push_back(plane);
        }
    set_weights(k, phase, w, mixtures, g);
}

}  // namespace

at::Tensor forward(const Kernels& k, const at::Tensor& x, const at::Tensor& w, Geometry geometry, Finish finish) {
    const auto source = x.contiguous(at::MemoryFormat::ChannelsLast);
    const Weights weights{w, w.size(0), w.size(1), w.size(2), w.size(3)};
    const Size size{x.size(0), x.size(2), x.size(3), x.size(1)};
    const int64_t height = (size.height + 2 * geometry.padding - weights.rows) / geometry.stride + 1;
    const int64_t width = (size.width + 2 * geometry.padding - weights.taps) / geometry.stride + 1;
    auto y = at::empty({size.images, weights.columns, height, width}, x.options().memory_format(at::MemoryFormat::ChannelsLast));

    Product product;
    product.out = y.data_ptr<float>();
    product.out_image = height * width * weights.columns;
    product.columns = weights.columns;
    product.finish = finish;
    product.phases = {{height, width, 0, width * weights.columns, weights.columns, {}, 0, 0}};
    const auto streams = streams_of(weights.taps, geometry);
    if (pairs_pay(weights.channels, width, streams))
        plan_pairs(k, product, weights, size, geometry, streams);
    else
        plan_taps(k, product, weights, size, geometry);
    multiply(k, product, source.data_ptr<float>());
    return y;
}

}  // namespace smirk::direct
