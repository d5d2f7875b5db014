// The weights' gradient: for each pixel the output's gradients times the input's run, summed over pixels. Both are contiguous
// in [N, H, W, C]; a few columns of the patches at a time are packed, as their steps of a power of two fall on the same cache sets.
#include "plan.h"

namespace smirk::direct {

namespace {

// Pixels summed before a tile of weights is written, and the room that their input may take at most.
constexpr int64_t block_pixels = 1024;
constexpr int64_t block_bytes = 4 << 20;

// A vector of columns of the weights: where it is read in a plane, and where it goes in a row of weights.
struct Column {
    int64_t source, weight;
    int real;
};

// One product: which inputs, which mixture of an output pair's gradients, and which taps its sums belong to.
struct Part {
    int64_t first;
    float factor[2];
    std::vector<Target> targets;
};

struct Plan {
    Source source;
    int64_t height, width;      // pixels of a plane
    int64_t outputs_per_pixel;  // 1, or 2 by the products of axis.h
    std::vector<int64_t> runs;  // where each kernel row starts
    int64_t run_length;
    std::vector<Part> parts;
};

Plan plan_taps(const Size& size, Geometry g, int64_t rows, int64_t taps, int64_t height, int64_t width) {
    Plan plan{padded(size, {g.padding, g.padding, g.padding, g.padding}, g.stride), height, width, 1, {}, taps * size.channels, {{0, {1, 0}, {{0, 1, false, false}}}}};
    for (int64_t r = 0; r < rows; r++) plan.runs.push_back(r * plan.source.row / g.stride);
    return plan;
}

Plan plan_pairs(const Kernels& k, const Size& size, Geometry g, int64_t rows, int64_t height, int64_t width, const std::vector<Stream>& streams) {
    const auto inputs = combined(k, size, width / 2, (height - 1) * g.stride + rows, g.padding, g.stride, g.padding, g.stride, streams);
    Plan plan{inputs.source, height, width / 2, 2, {}, size.channels, {}};
    for (int64_t r = 0; r < rows; r++) plan.runs.push_back(inputs.row(r));
    for (const auto& stream : streams) {
        bool first = true;
        for (const auto& p : products_of(static_cast<int>(stream.taps.size()))) {
            Part part{static_cast<int64_t>(plan.parts.size()) * inputs.plane, {p.output[0], p.output[1]}, {}};
            for (size_t i = 0; i < stream.taps.size(); i++)
                if (p.weight[i] != 0) part.targets.push_back({stream.taps[i] * size.channels, p.weight[i], !first, false});
            plan.parts.push_back(part);
            first = false;
        }
    }
    return plan;
}

std::vector<Column> columns_of(const Kernels& k, const Plan& plan, int64_t row_of_weights) {
    std::vector<Column> all;
    for (size_t r = 0; r < plan.runs.size(); r++)
        for (int64_t i = 0; i < plan.run_length; i += k.lanes)
            all.push_back({plan.runs[r] + i, static_cast<int64_t>(r) * row_of_weights + i, static_cast<int>(std::min<int64_t>(k.lanes, plan.run_length - i))});
    return all;
}

// The gradients of one image in each part's mixture: [parts][tiles of rows][all pixels][rows].
void pack_gradients(const Kernels& k, const Plan& plan, const float* g, int64_t outputs, int64_t at, int64_t all, float* packed) {
    const int64_t pixels = plan.height * plan.width, tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows;
    float* mixed = scratch(row_slot, pixels * outputs);
    for (const auto& part : plan.parts) {
        const float* from = g;
        if (plan.outputs_per_pixel == 2) {
            const bool second_only = part.factor[0] == 0;
            k.combine(second_only ? g + outputs : g, second_only ? part.factor[1] : part.factor[0], g + outputs, second_only ? 0 : part.factor[1], 2 * outputs, pixels, outputs, mixed);
            from = mixed;
        }
        for (int64_t tile = 0; tile < tiles; tile++, packed += all * k.gradient_rows) {
            const int64_t row = tile * k.gradient_rows;
            k.pack_rows(from + row, outputs, static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - row)), pixels, packed + at * k.gradient_rows);
        }
    }
}

// The inputs of one or two vectors of columns for all pixels of a block.
void pack_inputs(const Kernels& k, const Plan& plan, const float* input, int64_t images, const int64_t* offset, int vectors, float* panel) {
    const bool seamless = plan.source.row == plan.width * plan.source.pixel;
    const int64_t rows = seamless ? 1 : plan.height, width = seamless ? plan.height * plan.width : plan.width;
    for (int64_t i = 0; i < images; i++)
        for (int64_t y = 0; y < rows; y++, panel += width * vectors * k.lanes)
            k.pack_pixels[vectors - 1](input + i * plan.source.image + y * plan.source.row, offset, plan.source.pixel, width, panel);
}

}  // namespace

at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width) {
    const auto gradient = g.contiguous(at::MemoryFormat::ChannelsLast), source = x.contiguous(at::MemoryFormat::ChannelsLast);
    const Size size{x.size(0), x.size(2), x.size(3), x.size(1)};
    const int64_t outputs = g.size(1), height = g.size(2), width = g.size(3), depth = kernel_height * kernel_width * size.channels;
    auto w = at::empty({outputs, size.channels, kernel_height, kernel_width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));

    const auto streams = streams_of(kernel_width, geometry);
    const Plan plan = pairs_pay(size.channels, width, streams) ? plan_pairs(k, size, geometry, kernel_height, height, width, streams)
                                                               : plan_taps(size, geometry, kernel_height, kernel_width, height, width);
    const auto columns = columns_of(k, plan, kernel_width * size.channels);
    const int64_t pixels = plan.height * plan.width, image_bytes = plan.source.image * static_cast<int64_t>(sizeof(float));
    const int64_t few = std::max<int64_t>(1, block_pixels / (height * width)), many = std::max<int64_t>(1, block_bytes / image_bytes);
    const int64_t block = std::clamp(size.channels < 16 ? many : few, int64_t{1}, size.images);
    const int64_t tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows, pairs = (static_cast<int64_t>(columns.size()) + 1) / 2;
    // Pictures of few channels have few columns: then several threads take the same ones and some of the rows each.
    const int64_t shares = std::clamp<int64_t>((32 + pairs - 1) / pairs, 1, tiles), share = (tiles + shares - 1) / shares;
    float* input = scratch(picture_slot, block * plan.source.image + plan.run_length + 2 * k.lanes);
    float* packed = scratch(gradient_slot, static_cast<int64_t>(plan.parts.size()) * tiles * block * pixels * k.gradient_rows);

    for (int64_t first = 0; first < size.images; first += block) {
        const int64_t count = std::min(block, size.images - first), all = count * pixels;
        at::parallel_for(0, count, 1, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
                plan.source.fill(source.data_ptr<float>() + (first + i) * size.image(), input + i * plan.source.image);
                pack_gradients(k, plan, gradient.data_ptr<float>() + (first + i) * height * width * outputs, outputs, i * pixels, all, packed);
            }
        });
        at::parallel_for(0, pairs * shares, 1, [&](int64_t begin, int64_t end) {
            float* panel = scratch(input_slot, all * 2 * k.lanes);
            for (int64_t item = begin; item < end; item++) {
                const int64_t pair = item / shares, first_tile = item % shares * share;
                const int vectors = 2 * pair + 1 < static_cast<int64_t>(columns.size()) ? 2 : 1;
                for (size_t number = 0; number < plan.parts.size(); number++) {
                    auto targets = plan.parts[number].targets;
                    if (first > 0)
                        for (auto& target : targets) target.add = true;
                    GradientTile tile;
                    int64_t offset[2] = {};
                    for (int v = 0; v < vectors; v++) {
                        const auto& column = columns[2 * pair + v];
                        offset[v] = plan.parts[number].first + column.source;
                        tile.w_offset[v] = column.weight;
                        tile.columns[v] = column.real;
                    }
                    // Pixels that follow each other closely are read where they lie.
                    const bool close = plan.source.row == plan.width * plan.source.pixel && plan.source.pixel <= 128 && (vectors == 1 || offset[1] == offset[0] + k.lanes);
                    if (!close) pack_inputs(k, plan, input, count, offset, vectors, panel);
                    tile.x = close ? input + offset[0] : panel;
                    tile.x_step = close ? plan.source.pixel : vectors * k.lanes;
                    tile.x_image = plan.source.image;
                    tile.images = close ? count : 1;
                    tile.pixels = close ? pixels : all;
                    tile.w_step = depth;
                    tile.target = targets.data();
                    tile.targets = static_cast<int>(targets.size());
                    for (int64_t row = first_tile; row < std::min(first_tile + share, tiles); row++) {
                        tile.g = packed + (static_cast<int64_t>(number) * tiles + row) * all * k.gradient_rows;
                        tile.w = w.data_ptr<float>() + row * k.gradient_rows * depth;
                        tile.rows = static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - row * k.gradient_rows));
                        k.gradient[vectors - 1](tile);
                    }
                }
            }
        });
    }
    return w;
}

}  // namespace smirk::direct
