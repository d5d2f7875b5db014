// The input's gradient (the transposed convolution). With stride s it falls into s x s sub-pixel phases. Each is a plain convolution of the
// output's gradient with the taps that reach it, so no work is spent on zeros between pixels.
#include "phases.h"
#include "winograd.h"

namespace smirk::direct {

namespace {

struct Weights {
    const at::Tensor& tensor;  // [depth, channels, height, width]
    int64_t depth, channels, height, width;
    int64_t taps() const { return height * width; }
};

// packed[panel][tap][k][channel] = w[k][tap][channel].
void pack(const Kernels& kernels, const Weights& w, float* packed) {
    const auto weight = w.tensor.detach().contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t taps = w.taps(), row = taps * w.channels;
    at::parallel_for(0, taps, 1, [&](int64_t begin, int64_t end) {
        for_panels(kernels, w.channels, taps * w.depth, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
            for (int64_t tap = begin; tap < end; tap++) {
                const float* from = weight.data_ptr<float>() + tap * w.channels + column;
                float* to = packed + offset + tap * w.depth * width;
                const int64_t vectors[] = {0, kernels.lanes};
                if (real == width) {
                    kernels.pack_pixels[width / kernels.lanes - 1](from, vectors, row, w.depth, to);
                    continue;
                }
                std::memset(to, 0, w.depth * width * sizeof(float));
                for (int64_t k = 0; k < w.depth; k++) std::memcpy(to + k * width, from + k * row, real * sizeof(float));
            }
        });
    });
}

struct Axes {
    std::vector<Taps> rows, columns;
};

// A plain convolution: every tap of a phase as it is.
void plan_taps(Product& product, const Weights& w, const Axes& axes, const Size& size) {
    Padding padding{};
    edges(axes.rows, size.height, padding.top, padding.bottom);
    edges(axes.columns, size.width, padding.left, padding.right);
    product.source = padded(size, padding, 1);
    for (auto& phase : product.phases) {
        const auto &r = axes.rows[phase.row], &c = axes.columns[phase.column];
        Plane plane{
            (padding.left + c.lowest) * size.channels, {}, static_cast<int64_t>(c.index.size()) * size.channels, {}, {{0, 1, false, true}}};
        for (size_t i = 0; i < r.index.size(); i++) {
            plane.runs.push_back((padding.top + r.lowest + static_cast<int64_t>(i)) * product.source.row);
            for (const int64_t tap : c.index) plane.weights.push_back({{static_cast<int>(r.index[i] * w.width + tap)}, {1}, 1});
        }
        phase.layers = {{{plane}}};
    }
}

// A tile of a phase's neighbouring outputs at a time.
void plan_winograd(const Kernels& k, Product& product, const Weights& w, int edge, const std::vector<Stream>& rows,
                   const std::vector<Stream>& columns, const Size& size) {
    const auto image = winograd_image(k, size, edge, product.phases[0].height / edge, product.phases[0].width / edge, rows, columns, 1);
    product.source = image.source;
    for (auto& phase : product.phases) {
        phase.layers = winograd_layers(k, image, size.channels, phase.out_row, phase.out_pixel, w.width,
                                       StreamPair{static_cast<size_t>(phase.row), static_cast<size_t>(phase.column)});
        phase.height /= edge;
        phase.width /= edge;
        phase.out_row *= edge;
        phase.out_pixel *= edge;
    }
}

}  // namespace

at::Tensor input_gradient(const Kernels& kernels, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height,
                          int64_t width, Finish finish) {
    const auto source = g.contiguous(at::MemoryFormat::ChannelsLast);
    const Weights weights{w, w.size(0), w.size(1), w.size(2), w.size(3)};
    const int64_t channels = weights.channels, s = geometry.stride;
    if (s > 1 && s * s * channels <= 16) return phases_together(kernels, source, w, geometry, height, width, finish);

    // A stride may be longer than the picture: phases without a pixel are left out.
    const int64_t down = std::min(s, height), over = std::min(s, width);
    const Axes axes{taps_of_axis(weights.height, height, geometry, down), taps_of_axis(weights.width, width, geometry, over)};
    auto x = at::empty({g.size(0), channels, height, width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));
    const Size size{g.size(0), g.size(2), g.size(3), weights.depth};
    Product product;
    product.out = x.data_ptr<float>();
    product.out_image = height * width * channels;
    product.columns = channels;
    product.finish = finish;
    product.weights =
        packed_weights(w, std::string("input ") + kernels.name, packed_size(kernels, weights.taps() * weights.depth, channels),
                       [&](float* room) { pack(kernels, weights, room); });
    product.taps = weights.taps();
    product.depth = weights.depth;
    bool gaps = false;
    for (int64_t e = 0; e < down; e++)
        for (int64_t f = 0; f < over; f++) {
            const auto &r = axes.rows[e], &c = axes.columns[f];
            // Positions that no tap reaches (a kernel smaller than the stride) have no gradient.
            if (r.index.empty() || c.index.empty())
                gaps = true;
            else if (r.positions > 0 && c.positions > 0)
                product.phases.push_back(
                    {r.positions, c.positions, (e * width + f) * channels, s * width * channels, s * channels, {}, e, f});
        }
    if (gaps) {
        require(!finish.bias && finish.slope == 1,
                "a transposed convolution whose kernel is smaller than its stride can't have its bias added here");
        x.zero_();
        if (product.phases.empty()) return x;
    }
    std::vector<Stream> rows, columns;
    for (const auto& taps : axes.rows) rows.push_back({taps.index, taps.lowest});
    for (const auto& taps : axes.columns) columns.push_back({taps.index, taps.lowest});
    const bool whole = weights.width >= s && weights.height >= s && height % s == 0 && width % s == 0;
    if (const int edge = whole ? winograd_edge(size, enough_to_mix, height / s, width / s, rows, columns) : 1; edge > 1)
        plan_winograd(kernels, product, weights, edge, rows, columns, size);
    else
        plan_taps(product, weights, axes, size);
    multiply(kernels, product, source.data_ptr<float>());
    return x;
}

}  // namespace smirk::direct
