#include "phases.h"

namespace smirk::direct {

std::vector<Taps> taps_of_axis(int64_t kernel, int64_t size, Geometry g, int64_t phases) {
    std::vector<Taps> all;
    for (int64_t phase = 0; phase < phases; phase++) {
        Taps taps;
        taps.positions = size > phase ? (size - phase + g.stride - 1) / g.stride : 0;
        for (int64_t tap = kernel - 1; tap >= 0; tap--) {
            const int64_t distance = phase + g.padding - tap;
            if (distance % g.stride != 0) continue;
            if (taps.index.empty()) taps.lowest = distance / g.stride;
            taps.highest = distance / g.stride;
            taps.index.push_back(tap);
        }
        all.push_back(taps);
    }
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

// All phases read the same neighbourhood, with zeros for the taps that a phase lacks.
// multiply gives [N, positions, positions, stride, stride, channels], which is reordered afterwards.
at::Tensor phases_together(const Kernels& kernels, const at::Tensor& source, const at::Tensor& weight, Geometry g, int64_t height,
                           int64_t width, Finish finish) {
    const int64_t depth = weight.size(0), channels = weight.size(1), kernel_height = weight.size(2), kernel_width = weight.size(3),
                  s = g.stride;
    const Size size{source.size(0), source.size(2), source.size(3), depth};
    const auto rows = taps_of_axis(kernel_height, height, g, s), columns = taps_of_axis(kernel_width, width, g, s);
    const int64_t down = (height + s - 1) / s, over = (width + s - 1) / s, lanes = s * s * channels;
    const auto span = [](const std::vector<Taps>& all) {
        std::pair<int64_t, int64_t> range{0, 0};
        for (const auto& taps : all)
            if (!taps.index.empty()) range = {std::min(range.first, taps.lowest), std::max(range.second, taps.highest)};
        return range;
    };
    const auto [up, bottom] = span(rows);
    const auto [left, right] = span(columns);
    const int64_t row_taps = bottom - up + 1, column_taps = right - left + 1, total = row_taps * column_taps * depth;

    const auto spread_and_pack = [&](float* room) {
        const auto turned = weight.detach().contiguous(at::MemoryFormat::ChannelsLast);
        const float* w = turned.data_ptr<float>();
        std::vector<float> spread(total * lanes, 0.f);
        for (int64_t e = 0; e < s; e++)
            for (int64_t f = 0; f < s; f++)
                for (size_t i = 0; i < rows[e].index.size(); i++)
                    for (size_t j = 0; j < columns[f].index.size(); j++)
                        for (int64_t k = 0; k < depth; k++) {
                            const int64_t y = rows[e].lowest - up + static_cast<int64_t>(i),
                                          x = columns[f].lowest - left + static_cast<int64_t>(j);
                            std::memcpy(&spread[((y * column_taps + x) * depth + k) * lanes + (e * s + f) * channels],
                                        w + ((k * kernel_height + rows[e].index[i]) * kernel_width + columns[f].index[j]) * channels,
                                        channels * sizeof(float));
                        }
        for_panels(kernels, lanes, total, [&](int64_t column, int64_t real, int64_t panel, int64_t offset) {
            for (int64_t i = 0; i < total; i++)
                for (int64_t j = 0; j < panel; j++) room[offset + i * panel + j] = j < real ? spread[i * lanes + column + j] : 0;
        });
    };
    const std::string key = std::string("together ") + kernels.name + " " + std::to_string(g.stride) + " " + std::to_string(g.padding);
    const float* packed = packed_weights(weight, key, packed_size(kernels, total, lanes), spread_and_pack);

    // Each channel's bias, once for each phase.
    std::vector<float> bias;
    for (int64_t i = 0; finish.bias && i < lanes; i++) bias.push_back(finish.bias[i % channels]);
    auto phases = at::empty({size.images, down, over, lanes}, source.options().memory_format(at::MemoryFormat::Contiguous));
    const Padding padding{-up, -left, std::max<int64_t>(0, down - 1 + bottom - (size.height - 1)),
                          std::max<int64_t>(0, over - 1 + right - (size.width - 1))};
    Product product;
    product.source = padded(size, padding, 1);
    product.weights = packed;
    product.taps = row_taps * column_taps;
    product.depth = depth;
    Plane plane{0, {}, column_taps * depth, {}, {{0, 1, false, true}}};
    for (int64_t r = 0; r < row_taps; r++) plane.runs.push_back(r * product.source.row);
    product.phases = {{down, over, 0, over * lanes, lanes, {{{plane}}}, 0, 0}};
    product.out = phases.data_ptr<float>();
    product.out_image = down * over * lanes;
    product.columns = lanes;
    product.finish = {finish.bias ? bias.data() : nullptr, finish.slope};
    multiply(kernels, product, source.data_ptr<float>());

    auto result = phases.view({size.images, down, over, s, s, channels})
                      .permute({0, 1, 3, 2, 4, 5})
                      .reshape({size.images, down * s, over * s, channels});
    return result.narrow(1, 0, height).narrow(2, 0, width).contiguous().permute({0, 3, 1, 2});
}

}  // namespace smirk::direct
