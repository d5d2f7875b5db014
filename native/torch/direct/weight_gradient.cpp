// The weights' gradient: for each pixel the output's gradients times the input's run, summed over pixels. Both are contiguous
// in [N, H, W, C]; a few columns of the patches at a time are packed, as their steps of a power of two fall on the same cache sets.
#include "plan.h"

namespace smirk::direct {

namespace {

// Pixels summed before a tile of weights is written.
constexpr int64_t block_pixels = 1024;
// Small pictures are taken together until they are this large.
constexpr int64_t block_bytes = 512 << 10;

// A vector of columns of the weights: where it is read in the padded source, and where it goes in a row of weights.
struct Column {
    int64_t source, weight;
    int real;
};

std::vector<Column> columns_of(const Kernels& k, const Padded& source, int64_t rows, int64_t run) {
    std::vector<Column> all;
    for (int64_t r = 0; r < rows; r++)
        for (int64_t i = 0; i < run; i += k.lanes) all.push_back({r * source.row() + i, r * run + i, static_cast<int>(std::min<int64_t>(k.lanes, run - i))});
    return all;
}

}  // namespace

at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width) {
    const auto gradient = g.contiguous(at::MemoryFormat::ChannelsLast), source = x.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t images = x.size(0), channels = x.size(1), outputs = g.size(1), height = g.size(2), width = g.size(3), padding = geometry.padding;
    const int64_t run = kernel_width * channels, depth = kernel_height * run;
    auto w = at::empty({outputs, channels, kernel_height, kernel_width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));

    const Padded padded{{images, x.size(2), x.size(3), channels}, padding, padding, padding, padding};
    const auto columns = columns_of(k, padded, kernel_height, run);
    const int64_t pixels = height * width, width_bytes = padded.image() * static_cast<int64_t>(sizeof(float));
    const int64_t block = std::clamp(std::max(block_pixels / pixels, block_bytes / width_bytes), int64_t{1}, images);
    const int64_t row_tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows, pairs = (static_cast<int64_t>(columns.size()) + 1) / 2;
    // Pictures of few channels have few columns: then several threads take the same ones and some of the rows each.
    const int64_t shares = std::clamp<int64_t>((32 + pairs - 1) / pairs, 1, row_tiles), share = (row_tiles + shares - 1) / shares;
    float* input = scratch(2, block * padded.image() + run + 2 * k.lanes);
    float* packed = scratch(3, row_tiles * block * pixels * k.gradient_rows);

    for (int64_t first = 0; first < images; first += block) {
        const int64_t count = std::min(block, images - first), all = count * pixels;
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                padded.fill(source.data_ptr<float>() + (first + i) * x.size(2) * x.size(3) * channels, input + i * padded.image());
                const float* from = gradient.data_ptr<float>() + (first + i) * pixels * outputs;
                for (int64_t tile = 0; tile < row_tiles; tile++) {
                    const int64_t row = tile * k.gradient_rows;
                    k.pack_rows(from + row, outputs, static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - row)), pixels, packed + (tile * all + i * pixels) * k.gradient_rows);
                }
            }
        });
        at::parallel_for(0, pairs * shares, 1, [&](int64_t begin, int64_t end) {
            float* panel = scratch(0, all * 2 * k.lanes);
            for (int64_t item = begin; item < end; item++) {
                const int64_t pair = item / shares, first_tile = item % shares * share;
                const int vectors = 2 * pair + 1 < static_cast<int64_t>(columns.size()) ? 2 : 1;
                int64_t offset[2] = {};
                GradientTile tile;
                for (int v = 0; v < vectors; v++) {
                    offset[v] = columns[2 * pair + v].source;
                    tile.w_offset[v] = columns[2 * pair + v].weight;
                    tile.columns[v] = columns[2 * pair + v].real;
                }
                float* target = panel;
                for (int64_t i = 0; i < count; i++)
                    for (int64_t y = 0; y < height; y++, target += width * vectors * k.lanes)
                        k.pack_pixels[vectors - 1](input + i * padded.image() + y * geometry.stride * padded.row(), offset, geometry.stride * channels, width, target);
                tile.x = panel;
                tile.pixels = all;
                tile.w_step = depth;
                tile.accumulate = first > 0;
                for (int64_t row = first_tile; row < std::min(first_tile + share, row_tiles); row++) {
                    tile.g = packed + row * all * k.gradient_rows;
                    tile.w = w.data_ptr<float>() + row * k.gradient_rows * depth;
                    tile.rows = static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - row * k.gradient_rows));
                    k.gradient[vectors - 1](tile);
                }
            }
        });
    }
    return w;
}

}  // namespace smirk::direct
