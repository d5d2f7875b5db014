// The weights' gradient: for each pixel the output's gradients times the input's run, summed over pixels. Both are
// contiguous in [N, H, W, C], so nothing but the gradients is packed.
#include "plan.h"

namespace smirk::direct {

namespace {

// Pixels summed before a tile of weights is written.
constexpr int64_t block_pixels = 1024;

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

// [pixels][channels] -> [tiles of rows][pixels][rows]
void pack_gradients(const Kernels& k, const float* g, int64_t pixels, int64_t channels, int64_t all_pixels, float* packed) {
    for (int64_t first = 0, tile = 0; first < channels; first += k.gradient_rows, tile++) {
        const int64_t real = std::min<int64_t>(k.gradient_rows, channels - first);
        float* target = packed + tile * all_pixels * k.gradient_rows;
        for (int64_t i = 0; i < pixels; i++, target += k.gradient_rows) {
            for (int64_t j = 0; j < real; j++) target[j] = g[i * channels + first + j];
            for (int64_t j = real; j < k.gradient_rows; j++) target[j] = 0;
        }
    }
}

}  // namespace

at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width) {
    const auto gradient = g.contiguous(at::MemoryFormat::ChannelsLast), source = x.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t images = x.size(0), channels = x.size(1), outputs = g.size(1), height = g.size(2), width = g.size(3), padding = geometry.padding;
    const int64_t run = kernel_width * channels, depth = kernel_height * run;
    auto w = at::empty({outputs, channels, kernel_height, kernel_width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));

    const Padded padded{{images, x.size(2), x.size(3), channels}, padding, padding, padding, padding};
    const auto columns = columns_of(k, padded, kernel_height, run);
    const int64_t pixels = height * width, block = std::clamp<int64_t>(block_pixels / pixels, 1, images);
    const int64_t row_tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows, pairs = (static_cast<int64_t>(columns.size()) + 1) / 2;
    float* input = scratch(2, block * padded.image() + run + 2 * k.lanes);
    float* packed = scratch(3, row_tiles * block * pixels * k.gradient_rows);

    for (int64_t first = 0; first < images; first += block) {
        const int64_t count = std::min(block, images - first);
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                padded.fill(source.data_ptr<float>() + (first + i) * x.size(2) * x.size(3) * channels, input + i * padded.image());
                pack_gradients(k, gradient.data_ptr<float>() + (first + i) * pixels * outputs, pixels, outputs, count * pixels,
                               packed + i * pixels * k.gradient_rows);
            }
        });
        at::parallel_for(0, pairs * row_tiles, 1, [&](int64_t begin, int64_t end) {
            for (int64_t item = begin; item < end; item++) {
                const int64_t pair = item / row_tiles, tile_row = item % row_tiles;
                const int vectors = 2 * pair + 1 < static_cast<int64_t>(columns.size()) ? 2 : 1;
                GradientTile tile;
                tile.g = packed + tile_row * count * pixels * k.gradient_rows;
                tile.images = count;
                tile.height = height;
                tile.width = width;
                tile.x_image = padded.image();
                tile.x_row = geometry.stride * padded.row();
                tile.x_pixel = geometry.stride * channels;
                tile.w = w.data_ptr<float>() + tile_row * k.gradient_rows * depth;
                tile.w_step = depth;
                tile.rows = static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - tile_row * k.gradient_rows));
                tile.accumulate = first > 0;
                for (int v = 0; v < vectors; v++) {
                    tile.x[v] = input + columns[2 * pair + v].source;
                    tile.w_offset[v] = columns[2 * pair + v].weight;
                    tile.columns[v] = columns[2 * pair + v].real;
                }
                k.gradient[vectors - 1](tile);
            }
        });
    }
    return w;
}

}  // namespace smirk::direct
