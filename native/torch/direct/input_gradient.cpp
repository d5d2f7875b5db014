// The input's gradient (the transposed convolution). With stride s it falls into s x s sub-pixel phases, each a plain
// convolution of the output's gradient with the taps that reach it: no work is spent on zeros between pixels.
#include "phases.h"
#include "squares.h"

namespace smirk::direct {

namespace {

struct Weights {
    const at::Tensor& tensor;  // [depth, channels, height, width]
    int64_t depth, channels, height, width;
};

// packed[panel][mixture][k][channel] = a mixture of taps of w[k][tap][channel].
void pack(const Kernels& kernels, const Weights& w, const float* from, const std::vector<Mixture>& mixtures, float* packed) {
    constexpr int64_t some = 16;  // a few k at a time, so that reads and writes are both in pieces of some size
    const int64_t count = mixtures.size();
    at::parallel_for(0, (w.depth + some - 1) / some, 1, [&](int64_t begin, int64_t end) {
        for (int64_t first = begin * some; first < std::min(end * some, w.depth); first += some)
            for_panels(kernels, w.channels, count * w.depth, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
                for (int64_t m = 0; m < count; m++)
                    for (int64_t k = first; k < std::min(first + some, w.depth); k++)
                        kernels.mix(from + k * w.height * w.width * w.channels + column, mixtures[m], real, width, packed + offset + (m * w.depth + k) * width);
            });
    });
}

struct Axes {
    std::vector<Taps> rows, columns;
};

// Sets the layers of all phases, with the packed forms of their weights one behind the other.
void set_layers(const Kernels& k, Product& product, const Weights& w, Geometry g, const char* kind, const std::vector<std::vector<PointLayer>>& phases) {
    int64_t needed = 0;
    for (const auto& layers : phases) needed += packed_size(k, layers, w.depth, w.channels);
    // Which taps a phase has depends on the input's size where that isn't a multiple of the stride.
    std::string key = std::string("input ") + k.name + kind + std::to_string(g.stride) + " " + std::to_string(g.padding);
    for (const auto& phase : product.phases) key += " " + std::to_string(phase.row) + "," + std::to_string(phase.column);
    const float* packed = packed_weights(w.tensor, key, needed, [&](float* room) {
        const auto weight = w.tensor.detach().contiguous(at::MemoryFormat::ChannelsLast);
        for (const auto& layers : phases)
            for (const auto& [layer, all] : layers)
                for (const auto& mixtures : all) {
                    pack(k, w, weight.data_ptr<float>(), mixtures, room);
                    room += packed_size(k, static_cast<int64_t>(mixtures.size()) * w.depth, w.channels);
                }
    });
    for (size_t i = 0; i < phases.size(); i++) {
        product.phases[i].layers = weighted(k, phases[i], w.depth, w.channels, packed);
        packed += packed_size(k, phases[i], w.depth, w.channels);
    }
}

// Every tap of a phase, as it stands.
void plan_taps(const Kernels& k, Product& product, const Weights& w, const Axes& axes, Geometry g, const Size& size) {
    Padding padding{};
    edges(axes.rows, size.height, padding.top, padding.bottom);
    edges(axes.columns, size.width, padding.left, padding.right);
    product.source = padded(size, padding, 1);
    std::vector<std::vector<PointLayer>> phases;
    for (auto& phase : product.phases) {
        const auto &r = axes.rows[phase.row], &c = axes.columns[phase.column];
        Plane plane{(padding.left + c.lowest) * size.channels, {}, static_cast<int64_t>(c.index.size()) * size.channels, nullptr, {{0, 1, false, false}}};
        std::vector<Mixture> mixtures;
        for (size_t i = 0; i < r.index.size(); i++) {
            plane.runs.push_back((padding.top + r.lowest + static_cast<int64_t>(i)) * product.source.row);
            for (const int64_t tap : c.index) mixtures.push_back({{(r.index[i] * w.width + tap) * w.channels}, {1}, 1});
        }
        phases.push_back({{{{plane}}, {mixtures}}});
    }
    set_layers(k, product, w, g, " taps ", phases);
}

// A square of a phase's neighbours at a time.
void plan_squares(const Kernels& k, Product& product, const Weights& w, Geometry g, int edge, const std::vector<Stream>& rows, const std::vector<Stream>& columns,
                  const Size& size) {
    const auto squares = squares_of(k, size, edge, product.phases[0].height / edge, product.phases[0].width / edge, rows, columns, 1);
    product.source = squares.source;
    std::vector<std::vector<PointLayer>> phases;
    for (auto& phase : product.phases) {
        phases.push_back(layers_of(k, squares, size.channels, phase.out_row, phase.out_pixel, w.width * w.channels, w.channels,
                                   StreamPair{static_cast<size_t>(phase.row), static_cast<size_t>(phase.column)}));
        phase.height /= edge;
        phase.width /= edge;
        phase.out_row *= edge;
        phase.out_pixel *= edge;
    }
    set_layers(k, product, w, g, kind_of(edge), phases);
}

}  // namespace

at::Tensor input_gradient(const Kernels& kernels, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width, Finish finish) {
    const auto source = g.contiguous(at::MemoryFormat::ChannelsLast);
    const Weights weights{w, w.size(0), w.size(1), w.size(2), w.size(3)};
    const int64_t channels = weights.channels, s = geometry.stride;
    if (s > 1 && s * s * channels <= 16) return phases_together(kernels, source, w, geometry, height, width, finish);

    const Axes axes{taps_of_axis(weights.height, height, geometry), taps_of_axis(weights.width, width, geometry)};
    auto x = at::empty({g.size(0), channels, height, width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));
    const Size size{g.size(0), g.size(2), g.size(3), weights.depth};
    Product product;
    product.out = x.data_ptr<float>();
    product.out_image = height * width * channels;
    product.columns = channels;
    product.finish = finish;
    bool gaps = false;
    for (int64_t e = 0; e < s; e++)
        for (int64_t f = 0; f < s; f++) {
            const auto &r = axes.rows[e], &c = axes.columns[f];
            // A position that no tap reaches (a kernel smaller than the stride) has no gradient.
            if (r.index.empty() || c.index.empty())
                gaps = true;
            else if (r.positions > 0 && c.positions > 0)
                product.phases.push_back({r.positions, c.positions, (e * width + f) * channels, s * width * channels, s * channels, {}, e, f});
        }
    if (gaps) {
        // Not worth a path of their own: only the bias is there.
        TORCH_CHECK(!finish.bias && finish.slope == 1, "a transposed convolution whose kernel is smaller than its stride can't have its bias added here");
        x.zero_();
    }
    std::vector<Stream> rows, columns;
    for (const auto& taps : axes.rows) rows.push_back({taps.index, taps.lowest});
    for (const auto& taps : axes.columns) columns.push_back({taps.index, taps.lowest});
    const bool whole = weights.width >= s && weights.height >= s && height % s == 0 && width % s == 0;
    if (const int edge = whole ? best_edge(size.images, size.channels, height / s, width / s, rows, columns) : 1; edge > 1)
        plan_squares(kernels, product, weights, geometry, edge, rows, columns, size);
    else
        plan_taps(kernels, product, weights, axes, geometry, size);
    multiply(kernels, product, source.data_ptr<float>());
    return x;
}

}  // namespace smirk::direct
