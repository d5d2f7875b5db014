// The weights' gradient: for each pixel the output's gradients times the input's run, summed over pixels. Both are contiguous in [N, H, W,
// C]. A few columns of the patches are packed at a time, because steps of a power of two would fall on the same cache sets.
#include "winograd.h"

namespace smirk::direct {

namespace {

// Pixels summed before a tile of weights is written, and the room that their input may take at most.
constexpr int64_t block_pixels = 2048;
constexpr int64_t block_bytes = 400 << 10;
// Sums of a group that a thread gathers at a time: they have to stay in its own cache, as several products add to each.
constexpr int64_t sum_bytes = 64 << 10;

// A vector of columns of the weights: where it is read in a plane, and where it goes in a row of weights.
struct Column {
    int64_t source, weight;
    int real;
};

// One product: where its inputs are, which of the transformed gradients it takes, and the taps that its sums belong to, at tap * 2 * lanes
// of their group.
struct Part {
    int64_t source;
    size_t mixture;
    std::vector<Target> targets;
};

// Products that add to the same taps. Those of different groups don't.
struct Group {
    std::vector<int64_t> taps;  // where each starts in a row of weights
    std::vector<Part> parts;
};

struct Plan {
    Source source;
    int64_t height, width;  // pixels of a plane
    int edge;               // of the tile of outputs that a pixel is
    // Points of both axes. The outputs' gradients are transformed for each pair of them, A g At.
    std::vector<int> down, over;
    std::vector<int64_t> runs;  // where each kernel row starts
    int64_t run_length;
    std::vector<Group> groups;
    int64_t most_taps() const {
        size_t most = 0;
        for (const auto& group : groups) most = std::max(most, group.taps.size());
        return static_cast<int64_t>(most);
    }
    // Lines of pixels follow each other like the pixels themselves.
    bool seamless() const { return source.row == width * source.pixel; }
    int64_t mixtures() const { return static_cast<int64_t>(down.size() * over.size()); }
};

Plan plan_taps(const Size& size, Geometry g, int64_t rows, int64_t taps, int64_t height, int64_t width) {
    Plan plan{padded(size, {g.padding, g.padding, g.padding, g.padding}, g.stride),
              height,
              width,
              1,
              {0},
              {0},
              {},
              taps * size.channels,
              {{{0}, {{0, 0, {{0, 1, false, false}}}}}}};
    for (int64_t r = 0; r < rows; r++) plan.runs.push_back(r * plan.source.row / g.stride);
    return plan;
}

std::vector<int> points_of(const std::vector<AxisProduct>& products) {
    std::vector<int> used;
    for (int point = 0; point < max_points; point++)
        if (std::any_of(products.begin(), products.end(), [&](const AxisProduct& each) { return each.product.point == point; }))
            used.push_back(point);
    return used;
}

Plan plan_winograd(const Kernels& k, const Size& size, Geometry g, int edge, int64_t height, int64_t width, int64_t taps,
                   const std::vector<Stream>& rows, const std::vector<Stream>& columns) {
    const auto image = winograd_image(k, size, edge, height / edge, width / edge, rows, columns, g.stride);
    Plan plan{image.source, height / edge,         width / edge,
              edge,         points_of(image.rows), points_of(image.columns),
              {0},          size.channels,         std::vector<Group>(rows.size() * columns.size())};
    const auto number_of = [](const std::vector<int>& used, const AxisProduct& each) {
        return std::find(used.begin(), used.end(), each.product.point) - used.begin();
    };
    for (size_t r = 0; r < image.rows.size(); r++)
        for (size_t c = 0; c < image.columns.size(); c++) {
            const auto &row = image.rows[r], &column = image.columns[c];
            auto& group = plan.groups[row.stream * columns.size() + column.stream];
            Part part{image.offset(r, c), number_of(plan.down, row) * plan.over.size() + number_of(plan.over, column), {}};
            const auto mixture = winograd_weight(row, column, taps);
            for (int t = 0; t < mixture.count; t++) {
                const int64_t start = mixture.tap[t] * size.channels;
                const auto found = std::find(group.taps.begin(), group.taps.end(), start);
                part.targets.push_back({(found - group.taps.begin()) * 2 * k.lanes, mixture.factor[t], found != group.taps.end(), false});
                if (found == group.taps.end()) group.taps.push_back(start);
            }
            group.parts.push_back(part);
        }
    return plan;
}

std::vector<Column> columns_of(const Kernels& k, const Plan& plan, int64_t row_of_weights) {
    std::vector<Column> all;
    for (size_t r = 0; r < plan.runs.size(); r++)
        for (int64_t i = 0; i < plan.run_length; i += k.lanes)
            all.push_back({plan.runs[r] + i, static_cast<int64_t>(r) * row_of_weights + i,
                           static_cast<int>(std::min<int64_t>(k.lanes, plan.run_length - i))});
    return all;
}

// Of `edge` numbers, `distance` apart, those that a product at a point reaches: a row of A times them.
Sum reached(const float* first, int64_t distance, int point, int edge) {
    Sum sum;
    for (int i = 0; i < edge; i++)
        if (const float factor = output_factor(point, i, edge); factor != 0) sum.add(first + i * distance, factor);
    return sum;
}

// The transformed gradients of one image: [pairs of points][tiles of rows][all pixels][rows].
void pack_gradients(const Kernels& k, const Plan& plan, const float* g, int64_t outputs, int64_t at, int64_t all, float* packed) {
    const int64_t pixels = plan.height * plan.width, tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows,
                  line = plan.edge * plan.width * outputs;
    const auto pack = [&](const float* from) {
        for (int64_t tile = 0; tile < tiles; tile++, packed += all * k.gradient_rows) {
            const int64_t row = tile * k.gradient_rows;
            k.pack_rows(from + row, outputs, static_cast<int>(std::min<int64_t>(k.gradient_rows, outputs - row)), pixels,
                        packed + at * k.gradient_rows);
        }
    };
    if (plan.edge == 1) return pack(g);

    float* lines = scratch(row_slot, plan.height * line + pixels * outputs);
    float* mixed = lines + plan.height * line;
    for (const int down : plan.down) {
        for (int64_t y = 0; y < plan.height; y++)
            k.combine(reached(g + y * plan.edge * line, line, down, plan.edge), 0, 1, line, lines + y * line);
        for (const int over : plan.over) {
            k.combine(reached(lines, outputs, over, plan.edge), plan.edge * outputs, pixels, outputs, mixed);
            pack(mixed);
        }
    }
}

// The inputs of one or two vectors of columns for all pixels of a block.
void pack_inputs(const Kernels& k, const Plan& plan, const float* input, int64_t images, const int64_t* offset, int vectors, float* panel) {
    const int64_t rows = plan.seamless() ? 1 : plan.height, width = plan.height * plan.width / rows;
    for (int64_t i = 0; i < images; i++)
        for (int64_t y = 0; y < rows; y++, panel += width * vectors * k.lanes)
            k.pack_pixels[vectors - 1](input + i * plan.source.image + y * plan.source.row, offset, plan.source.pixel, width, panel);
}

}  // namespace

at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height,
                           int64_t kernel_width) {
    const auto gradient = g.contiguous(at::MemoryFormat::ChannelsLast), source = x.contiguous(at::MemoryFormat::ChannelsLast);
    const Size size{x.size(0), x.size(2), x.size(3), x.size(1)};
    const int64_t outputs = g.size(1), height = g.size(2), width = g.size(3), depth = kernel_height * kernel_width * size.channels;
    auto w = at::empty({outputs, size.channels, kernel_height, kernel_width}, g.options().memory_format(at::MemoryFormat::ChannelsLast));

    const auto row_streams = streams_of(kernel_height, geometry), column_streams = streams_of(kernel_width, geometry);
    const int edge = winograd_edge(size, enough_to_spread, height, width, row_streams, column_streams);
    const Plan plan = edge > 1 ? plan_winograd(k, size, geometry, edge, height, width, kernel_width, row_streams, column_streams)
                               : plan_taps(size, geometry, kernel_height, kernel_width, height, width);
    const auto columns = columns_of(k, plan, kernel_width * size.channels);
    const int64_t pixels = plan.height * plan.width, image_bytes = plan.source.image * static_cast<int64_t>(sizeof(float));
    const int64_t few = std::max<int64_t>(1, block_pixels / (height * width)), many = std::max<int64_t>(1, block_bytes / image_bytes);
    const int64_t block = std::clamp(size.channels < 16 ? many : few, int64_t{1}, size.images), blocks = (size.images + block - 1) / block;
    const int64_t tiles = (outputs + k.gradient_rows - 1) / k.gradient_rows, pairs = (static_cast<int64_t>(columns.size()) + 1) / 2;
    // Few channels make few columns: then several threads share a column and take some of the rows each.
    const int64_t lots = pairs * static_cast<int64_t>(plan.groups.size());
    const int64_t tile_sums = k.gradient_rows * plan.most_taps() * 2 * k.lanes,
                  room = std::max<int64_t>(1, sum_bytes / (tile_sums * sizeof(float)));
    const int64_t fewest = std::max((32 + lots - 1) / lots, (tiles + room - 1) / room), shares = std::min(fewest, tiles),
                  share = (tiles + shares - 1) / shares;
    float* input = scratch(picture_slot, block * plan.source.image + plan.run_length + 2 * k.lanes);
    float* packed = scratch(gradient_slot, plan.mixtures() * tiles * block * pixels * k.gradient_rows);

    // One of a block's images, the block having `all` pixels.
    const auto prepare = [&](int64_t image, int64_t i, int64_t all) {
        plan.source.fill(source.data_ptr<float>() + image * size.image(), input + i * plan.source.image);
        pack_gradients(k, plan, gradient.data_ptr<float>() + image * height * width * outputs, outputs, i * pixels, all, packed);
    };
    // One or two vectors of columns by some tiles of rows, over a block of `count` images.
    const auto add = [&](int64_t item, int64_t count, bool more) {
        const int64_t lot = item / shares, pair = lot % pairs, first_tile = item % shares * share, all = count * pixels;
        const int vectors = 2 * pair + 1 < static_cast<int64_t>(columns.size()) ? 2 : 1;
        const int64_t end_tile = std::min(first_tile + share, tiles);
        if (first_tile >= end_tile) return;
        const auto& group = plan.groups[lot / pairs];
        const int64_t step = static_cast<int64_t>(group.taps.size()) * 2 * k.lanes;
        float* panel = scratch(input_slot, all * 2 * k.lanes);
        float* sums = scratch(sum_slot, share * tile_sums);
        for (const auto& part : group.parts) {
            GradientTile tile;
            int64_t offset[2] = {};
            for (int v = 0; v < vectors; v++) offset[v] = part.source + columns[2 * pair + v].source;
            // Pixels that follow each other closely are read in place.
            const bool close = plan.source.pixel <= 128;
            if (!close) pack_inputs(k, plan, input, count, offset, vectors, panel);
            tile.x = close ? input : panel;
            for (int v = 0; v < vectors; v++) tile.x_offset[v] = close ? offset[v] : v * k.lanes;
            tile.x_step = close ? plan.source.pixel : vectors * k.lanes;
            tile.x_line = plan.source.row;
            tile.x_image = plan.source.image;
            tile.images = close ? count : 1;
            tile.lines = close && !plan.seamless() ? plan.height : 1;
            tile.pixels = !close ? all : plan.seamless() ? pixels : plan.width;
            tile.step = step;
            tile.target = part.targets.data();
            tile.targets = static_cast<int>(part.targets.size());
            for (int64_t row = first_tile; row < end_tile; row++) {
                tile.g = packed + (static_cast<int64_t>(part.mixture) * tiles + row) * all * k.gradient_rows;
                tile.sums = sums + (row - first_tile) * k.gradient_rows * step;
                k.gradient[vectors - 1](tile);
            }
        }
        TapSums done;
        done.from = sums;
        done.rows = std::min(end_tile * k.gradient_rows, outputs) - first_tile * k.gradient_rows;
        done.taps = static_cast<int64_t>(group.taps.size());
        done.w = w.data_ptr<float>() + first_tile * k.gradient_rows * depth;
        done.w_step = depth;
        done.tap = group.taps.data();
        for (int v = 0; v < vectors; v++) done.w_offset[v] = columns[2 * pair + v].weight, done.columns[v] = columns[2 * pair + v].real;
        done.add = more;
        k.write[vectors - 1](done);
    };
    for (int64_t number = 0; number < blocks; number++) {
        const int64_t count = std::min(block, size.images - number * block);
        share_out(count, [&](auto next) {
            for (int64_t i; (i = next()) < count;) prepare(number * block + i, i, count * pixels);
        });
        share_out(lots * shares, [&](auto next) {
            for (int64_t item; (item = next()) < lots * shares;) add(item, count, number > 0);
        });
    }
    return w;
}

}  // namespace smirk::direct
