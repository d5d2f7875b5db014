// The input's gradient (the transposed convolution). With stride s it falls into s x s sub-pixel phases, each a plain
// convolution of the output's gradient with the taps that reach it: no work is spent on zeros between pixels.
#include "plan.h"

namespace smirk::direct {

namespace {

// The taps of one axis that reach positions phase, phase + stride, ...: output index = position index + shift.
struct Taps {
    std::vector<int64_t> index;  // in order of rising shift
    int64_t lowest = 0, highest = 0;
    int64_t positions = 0;
};

Taps taps_of(int64_t phase, int64_t kernel, int64_t size, Geometry g) {
    Taps taps;
    taps.positions = size > phase ? (size - phase + g.stride - 1) / g.stride : 0;
    for (int64_t tap = kernel - 1; tap >= 0; tap--) {
        const int64_t distance = phase + g.padding - tap;
        if (distance % g.stride != 0) continue;
        if (taps.index.empty()) taps.lowest = distance / g.stride;
        taps.highest = distance / g.stride;
        taps.index.push_back(tap);
    }
    return taps;
}

std::vector<Taps> axis(int64_t kernel, int64_t size, Geometry g) {
    std::vector<Taps> all;
    for (int64_t phase = 0; phase < g.stride; phase++) all.push_back(taps_of(phase, kernel, size, g));
    return all;
}

void edges(const std::vector<Taps>& all, int64_t length, int64_t& before, int64_t& after) {
    before = after = 0;
    for (const auto& taps : all) {
        if (taps.index.empty() || taps.positions == 0) continue;
        before = std::max(before, -taps.lowest);
        after = std::max(after, taps.positions - 1 + taps.highest - (length - 1));
    }
}

// packed[panel][row][tap][k][column] = w[k][row][tap][column], a few k at a time so that reads and writes are both in pieces of some size.
void pack(const Kernels& kernels, const float* w, const Taps& rows, const Taps& columns, int64_t depth, int64_t kernel_height, int64_t kernel_width, int64_t channels,
          float* packed) {
    constexpr int64_t some = 16;
    const int64_t row_taps = rows.index.size(), column_taps = columns.index.size(), total = row_taps * column_taps * depth;
    at::parallel_for(0, (depth + some - 1) / some, 1, [&](int64_t begin, int64_t end) {
        for (int64_t first = begin * some; first < std::min(end * some, depth); first += some) {
            const int64_t last = std::min(first + some, depth);
            for_panels(kernels, channels, total, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
                for (int64_t r = 0; r < row_taps; r++)
                    for (int64_t s = 0; s < column_taps; s++)
                        for (int64_t k = first; k < last; k++) {
                            float* target = packed + offset + ((r * column_taps + s) * depth + k) * width;
                            std::memcpy(target, w + ((k * kernel_height + rows.index[r]) * kernel_width + columns.index[s]) * channels + column, real * sizeof(float));
                            for (int64_t i = real; i < width; i++) target[i] = 0;
                        }
            });
        }
    });
}

// Few channels would leave most of a vector empty: all phases side by side fill it. They read the same neighbourhood, with
// zeros for the taps that a phase hasn't. -> [N, positions, positions, stride, stride, channels], put in place by the caller.
struct Neighbourhood {
    int64_t lowest, highest;
    int64_t count() const { return highest - lowest + 1; }
};

Neighbourhood around(const std::vector<Taps>& all) {
    Neighbourhood n{0, 0};
    for (const auto& taps : all) {
        if (taps.index.empty()) continue;
        n.lowest = std::min(n.lowest, taps.lowest);
        n.highest = std::max(n.highest, taps.highest);
    }
    return n;
}

at::Tensor together(const Kernels& kernels, const at::Tensor& source, const at::Tensor& weight, Geometry g, int64_t height, int64_t width) {
    const int64_t depth = weight.size(0), channels = weight.size(1), kernel_height = weight.size(2), kernel_width = weight.size(3), s = g.stride;
    const auto rows = axis(kernel_height, height, g), columns = axis(kernel_width, width, g);
    const auto up = around(rows), across = around(columns);
    const int64_t down = (height + s - 1) / s, over = (width + s - 1) / s, lanes = s * s * channels, total = up.count() * across.count() * depth;

    std::vector<float> spread(total * lanes, 0.f);
    const float* w = weight.data_ptr<float>();
    for (int64_t e = 0; e < s; e++)
        for (int64_t f = 0; f < s; f++)
            for (size_t i = 0; i < rows[e].index.size(); i++)
                for (size_t j = 0; j < columns[f].index.size(); j++)
                    for (int64_t k = 0; k < depth; k++) {
                        const int64_t y = rows[e].lowest - up.lowest + static_cast<int64_t>(i), x = columns[f].lowest - across.lowest + static_cast<int64_t>(j);
                        std::memcpy(&spread[((y * across.count() + x) * depth + k) * lanes + (e * s + f) * channels],
                                    w + ((k * kernel_height + rows[e].index[i]) * kernel_width + columns[f].index[j]) * channels, channels * sizeof(float));
                    }
    float* packed = scratch(1, packed_size(kernels, total, lanes));
    for_panels(kernels, lanes, total, [&](int64_t column, int64_t real, int64_t panel, int64_t offset) {
        for (int64_t i = 0; i < total; i++)
            for (int64_t j = 0; j < panel; j++) packed[offset + i * panel + j] = j < real ? spread[i * lanes + column + j] : 0;
    });

    auto phases = at::empty({source.size(0), down, over, lanes}, source.options().memory_format(at::MemoryFormat::Contiguous));
    Product product;
    product.source = {{source.size(0), source.size(2), source.size(3), depth},
                      std::max<int64_t>(0, -up.lowest), std::max<int64_t>(0, -across.lowest),
                      std::max<int64_t>(0, down - 1 + up.highest - (source.size(2) - 1)), std::max<int64_t>(0, over - 1 + across.highest - (source.size(3) - 1))};
    product.in_row = product.source.row();
    product.in_pixel = depth;
    const int64_t first = (product.source.top + up.lowest) * product.source.row() + (product.source.left + across.lowest) * depth;
    product.phases = {{down, over, first, up.count(), across.count() * depth, 0, over * lanes, lanes, packed}};
    product.out = phases.data_ptr<float>();
    product.out_image = down * over * lanes;
    product.columns = lanes;
    multiply(kernels, product, source.data_ptr<float>());

    auto result = phases.view({source.size(0), down, over, s, s, channels}).permute({0, 1, 3, 2, 4, 5}).reshape({source.size(0), down * s, over * s, channels});
    return result.narrow(1, 0, height).narrow(2, 0, width).contiguous().permute({0, 3, 1, 2});
}

}  // namespace

at::Tensor input_gradient(const Kernels& kernels, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width) {
    const auto source = g.contiguous(at::MemoryFormat::ChannelsLast), weight = w.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t depth = w.size(0), channels = w.size(1), kernel_height = w.size(2), kernel_width = w.size(3), s = geometry.stride;
    if (s > 1 && s * s * channels <= 16) return together(kernels, source, weight, geometry, height, width);

    auto x = at::empty({g.size(0), channels, height, width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));
    const auto rows = axis(kernel_height, height, geometry), columns = axis(kernel_width, width, geometry);
    Product product;
    product.source.size = {g.size(0), g.size(2), g.size(3), depth};
    edges(rows, g.size(2), product.source.top, product.source.bottom);
    edges(columns, g.size(3), product.source.left, product.source.right);
    product.in_row = product.source.row();
    product.in_pixel = depth;
    product.out = x.data_ptr<float>();
    product.out_image = height * width * channels;
    product.columns = channels;

    // A position that no tap reaches (a kernel smaller than the stride) has no gradient.
    bool gaps = false;
    int64_t needed = 0;
    for (const auto& r : rows)
        for (const auto& c : columns) {
            gaps |= r.index.empty() || c.index.empty();
            needed += packed_size(kernels, r.index.size() * c.index.size() * depth, channels);
        }
    if (gaps) x.zero_();
    float* packed = scratch(1, needed);
    for (int64_t e = 0; e < s; e++)
        for (int64_t f = 0; f < s; f++) {
            const auto &r = rows[e], &c = columns[f];
            if (r.index.empty() || c.index.empty() || r.positions == 0 || c.positions == 0) continue;
            const int64_t row_taps = r.index.size(), column_taps = c.index.size();
            pack(kernels, weight.data_ptr<float>(), r, c, depth, kernel_height, kernel_width, channels, packed);
            product.phases.push_back({r.positions, c.positions,
                                      (product.source.top + r.lowest) * product.source.row() + (product.source.left + c.lowest) * depth,
                                      row_taps, column_taps * depth,
                                      (e * width + f) * channels, s * width * channels, s * channels, packed});
            packed += packed_size(kernels, row_taps * column_taps * depth, channels);
        }
    multiply(kernels, product, source.data_ptr<float>());
    return x;
}

}  // namespace smirk::direct
