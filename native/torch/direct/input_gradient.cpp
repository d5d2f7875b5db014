// The input's gradient (the transposed convolution). With stride s it falls into s x s sub-pixel phases, each a plain
// convolution of the output's gradient with the taps that reach it: no work is spent on zeros between pixels.
#include "phases.h"

namespace smirk::direct {

namespace {

// packed[panel][row tap][column tap][k][channel], each column tap a mixture of the weight's.
struct Packer {
    const Kernels& kernels;
    int64_t depth, kernel_height, kernel_width, channels;

    int64_t size(const Taps& rows, int64_t mixtures) const { return packed_size(kernels, static_cast<int64_t>(rows.index.size()) * mixtures * depth, channels); }

    // w: [depth][kernel_height][kernel_width][channels]
    void pack(const float* w, const Taps& rows, const std::vector<Mixture>& mixtures, float* packed) const {
        constexpr int64_t some = 16;  // a few k at a time, so that reads and writes are both in pieces of some size
        const int64_t count = mixtures.size(), total = static_cast<int64_t>(rows.index.size()) * count * depth;
        at::parallel_for(0, (depth + some - 1) / some, 1, [&](int64_t begin, int64_t end) {
            for (int64_t first = begin * some; first < std::min(end * some, depth); first += some)
                for_panels(kernels, channels, total, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
                    for (size_t r = 0; r < rows.index.size(); r++)
                        for (int64_t m = 0; m < count; m++)
                            for (int64_t k = first; k < std::min(first + some, depth); k++)
                                kernels.mix(w + (k * kernel_height + rows.index[r]) * kernel_width * channels + column, mixtures[m], real, width,
                                            packed + offset + ((static_cast<int64_t>(r) * count + m) * depth + k) * width);
                });
        });
    }
};

struct Axes {
    std::vector<Taps> rows, columns;
};

// The packed forms of all planes of all phases, one behind the other. Plane i of a phase takes the mixtures of set i.
void set_weights(const Packer& packer, Product& product, const Axes& axes, const at::Tensor& weight, Geometry geometry, const std::string& kind,
                 const std::function<std::vector<std::vector<Mixture>>(const Phase&)>& mixtures_of) {
    int64_t needed = 0;
    std::string key = std::string("input ") + packer.kernels.name + kind + " " + std::to_string(geometry.stride) + " " + std::to_string(geometry.padding);
    for (const auto& phase : product.phases) {
        for (const auto& mixtures : mixtures_of(phase)) needed += packer.size(axes.rows[phase.row], mixtures.size());
        key += " " + std::to_string(phase.row) + "," + std::to_string(phase.column);
    }
    const float* packed = packed_weights(weight, key, needed, [&](float* room) {
        const auto turned = weight.detach().contiguous(at::MemoryFormat::ChannelsLast);
        for (const auto& phase : product.phases)
            for (const auto& mixtures : mixtures_of(phase)) {
                packer.pack(turned.data_ptr<float>(), axes.rows[phase.row], mixtures, room);
                room += packer.size(axes.rows[phase.row], mixtures.size());
            }
    });
    for (auto& phase : product.phases) {
        size_t number = 0;
        for (const auto& mixtures : mixtures_of(phase)) {
            phase.planes[number++].weights = packed;
            packed += packer.size(axes.rows[phase.row], mixtures.size());
        }
        mark_last(phase.planes);
    }
}

// Every tap of a phase, as it stands.
void plan_taps(const Packer& packer, Product& product, const Axes& axes, const at::Tensor& weight, Geometry geometry, const Size& size) {
    Padding padding{};
    edges(axes.rows, size.height, padding.top, padding.bottom);
    edges(axes.columns, size.width, padding.left, padding.right);
    product.source = padded(size, padding, 1);
    for (auto& phase : product.phases) {
        const auto &r = axes.rows[phase.row], &c = axes.columns[phase.column];
        Plane plane{(padding.left + c.lowest) * size.channels, {}, static_cast<int64_t>(c.index.size()) * size.channels, nullptr, {{0, 1, false, true}}};
        for (size_t i = 0; i < r.index.size(); i++) plane.runs.push_back((padding.top + r.lowest + static_cast<int64_t>(i)) * product.source.row);
        phase.planes = {plane};
    }
    set_weights(packer, product, axes, weight, geometry, " taps", [&](const Phase& phase) {
        std::vector<Mixture> taps;
        for (const int64_t tap : axes.columns[phase.column].index) taps.push_back({{tap * packer.channels}, {1}, 1});
        return std::vector<std::vector<Mixture>>{taps};
    });
}

// Pairs of neighbours in a phase, by the products of axis.h along the width.
void plan_pairs(const Packer& packer, Product& product, const Axes& axes, const at::Tensor& weight, Geometry geometry,
                const std::vector<Stream>& streams, const Size& size) {
    int64_t top, bottom;
    edges(axes.rows, size.height, top, bottom);
    const auto inputs = combined(packer.kernels, size, product.phases[0].width / 2, top + size.height + bottom, top, 1, 0, 1, streams);
    product.source = inputs.source;
    for (auto& phase : product.phases) {
        const auto& r = axes.rows[phase.row];
        int64_t number = 0;
        for (int64_t before = 0; before < phase.column; before++) number += products_of(static_cast<int>(streams[before].taps.size())).size();
        for (const auto& p : products_of(static_cast<int>(streams[phase.column].taps.size()))) {
            Plane plane{number++ * inputs.plane, {}, size.channels, nullptr, {}};
            for (size_t i = 0; i < r.index.size(); i++) plane.runs.push_back(inputs.row(top + r.lowest + static_cast<int64_t>(i)));
            for (int i = 0; i < 2; i++)
                if (p.output[i] != 0) plane.targets.push_back({i * phase.out_pixel, p.output[i], !phase.planes.empty(), false});
            phase.planes.push_back(plane);
        }
        phase.width /= 2;
        phase.out_pixel *= 2;
    }
    set_weights(packer, product, axes, weight, geometry, " pairs", [&](const Phase& phase) {
        const auto& taps = streams[phase.column].taps;
        std::vector<std::vector<Mixture>> mixtures;
        for (const auto& p : products_of(static_cast<int>(taps.size()))) mixtures.push_back({mixture_of(p, taps, packer.channels)});
        return mixtures;
    });
}

}  // namespace

at::Tensor input_gradient(const Kernels& kernels, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width, Finish finish) {
    const auto source = g.contiguous(at::MemoryFormat::ChannelsLast);
    const Packer packer{kernels, w.size(0), w.size(2), w.size(3), w.size(1)};
    const int64_t channels = packer.channels, s = geometry.stride;
    if (s > 1 && s * s * channels <= 16) return phases_together(kernels, source, w, geometry, height, width, finish);

    const Axes axes{taps_of_axis(packer.kernel_height, height, geometry), taps_of_axis(packer.kernel_width, width, geometry)};
    auto x = at::empty({g.size(0), channels, height, width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));
    const Size size{g.size(0), g.size(2), g.size(3), packer.depth};
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
    std::vector<Stream> streams;
    for (const auto& c : axes.columns) streams.push_back({c.index, c.lowest});
    const bool whole = packer.kernel_width >= s && packer.kernel_height >= s && height >= s && width % (2 * s) == 0;
    if (whole && pairs_pay(size.channels, width / s, streams))
        plan_pairs(packer, product, axes, w, geometry, streams, size);
    else
        plan_taps(packer, product, axes, w, geometry, size);
    multiply(kernels, product, source.data_ptr<float>());
    return x;
}

}  // namespace smirk::direct
