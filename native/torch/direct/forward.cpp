// Forward convolution: rows of taps are contiguous in [N, H, W, C], so a pixel's input is one run for each row of the kernel.
#include "winograd.h"

namespace smirk::direct {

namespace {

struct Weights {
    const at::Tensor& tensor;  // [columns, channels, rows, taps]
    int64_t columns, channels, rows, taps;
    int64_t size() const { return rows * taps * channels; }
};

// packed[panel][tap][channel][column] = w[column][tap][channel].
void pack(const Kernels& k, const Weights& w, float* packed) {
    const auto weight = w.tensor.detach().contiguous(at::MemoryFormat::ChannelsLast);
    const float* from = weight.data_ptr<float>();
    const int64_t run = w.taps * w.channels, panels = (w.columns + 2 * k.lanes - 1) / (2 * k.lanes);
    at::parallel_for(0, panels * w.rows, 1, [&](int64_t begin, int64_t end) {
        for_panels(k, w.columns, w.size(), [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
            for (int64_t row = 0; row < w.rows; row++) {
                const int64_t item = column / (2 * k.lanes) * w.rows + row;
                if (item < begin || item >= end) continue;
                k.pack_transposed(from + column * w.size() + row * run, w.size(), static_cast<int>(real), run, static_cast<int>(width),
                                  packed + offset + row * run * width);
            }
        });
    });
}

// A plain convolution: every tap of every row as it is.
void plan_taps(Product& product, const Weights& w, const Size& size, Geometry g) {
    product.source = padded(size, {g.padding, g.padding, g.padding, g.padding}, g.stride);
    Plane plane{0, {}, w.taps * w.channels, {}, {{0, 1, false, true}}};
    for (int64_t r = 0; r < w.rows; r++) plane.runs.push_back(r * product.source.row / g.stride);
    product.phases[0].layers = {{{plane}}};
}

// A tile of outputs at a time.
void plan_winograd(const Kernels& k, Product& product, const Weights& w, const Size& size, Geometry g, int edge,
                   const std::vector<Stream>& rows, const std::vector<Stream>& columns) {
    auto& phase = product.phases[0];
    phase.height /= edge;
    phase.width /= edge;
    const auto image = winograd_image(k, size, edge, phase.height, phase.width, rows, columns, g.stride);
    phase.layers = winograd_layers(k, image, w.channels, phase.out_row, phase.out_pixel, w.taps);
    phase.out_row *= edge;
    phase.out_pixel *= edge;
    product.source = image.source;
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
    product.weights = packed_weights(w, std::string("forward ") + k.name, packed_size(k, weights.size(), weights.columns),
                                     [&](float* room) { pack(k, weights, room); });
    product.taps = weights.rows * weights.taps;
    product.depth = weights.channels;
    product.phases = {{height, width, 0, width * weights.columns, weights.columns, {}, 0, 0}};
    const auto rows = streams_of(weights.rows, geometry), columns = streams_of(weights.taps, geometry);
    if (const int edge = winograd_edge(size, enough_to_mix, height, width, rows, columns); edge > 1)
        plan_winograd(k, product, weights, size, geometry, edge, rows, columns);
    else
        plan_taps(product, weights, size, geometry);
    multiply(k, product, source.data_ptr<float>());
    return y;
}

}  // namespace smirk::direct
