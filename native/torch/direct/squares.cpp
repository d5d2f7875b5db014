#include "squares.h"

namespace smirk::direct {

namespace {

// Squares of the larger kind that each plane of weights must serve, or mixing its weights takes longer than is saved.
constexpr int64_t enough_squares = 128;

std::vector<Read> reads_of(const std::vector<Stream>& streams, int edge, int64_t step) {
    std::vector<Read> reads;
    for (size_t i = 0; i < streams.size(); i++)
        for (auto& product : products_of(static_cast<int>(streams[i].taps.size()), edge)) {
            for (auto& term : product.terms) term.input = static_cast<int>(streams[i].lowest + term.input * step);
            reads.push_back({i, product, streams[i].taps});
        }
    return reads;
}

}  // namespace

std::vector<Stream> streams_of(int64_t taps, Geometry g) {
    std::vector<Stream> streams(std::min(taps, g.stride));
    for (int64_t tap = 0; tap < taps; tap++) streams[tap % g.stride].taps.push_back(tap);
    for (size_t i = 0; i < streams.size(); i++) streams[i].lowest = static_cast<int64_t>(i) - g.padding;
    return streams;
}

Squares squares_of(const Kernels& k, const Size& size, int edge, int64_t down, int64_t over, const std::vector<Stream>& rows, const std::vector<Stream>& columns,
                   int64_t step) {
    Squares squares{{}, edge, down * over * size.channels, reads_of(rows, edge, step), reads_of(columns, edge, step)};
    const int64_t square = edge * step;  // positions from one to the next
    int64_t left = 0, reach = size.width;
    for (const auto& read : squares.columns)
        for (const auto& term : read.product.terms) {
            left = std::max<int64_t>(left, -term.input);
            reach = std::max<int64_t>(reach, term.input + square * (over - 1) + 1);
        }
    const int64_t inner = size.width * size.channels, before = left * size.channels, whole = before + reach * size.channels;
    squares.source.size = size;
    squares.source.image = squares.plane * static_cast<int64_t>(squares.rows.size() * squares.columns.size());
    squares.source.row = over * size.channels;
    squares.source.pixel = size.channels;
    squares.source.fill = [=, &k, rows = squares.rows, columns = squares.columns, plane = squares.plane](const float* from, float* to) {
        float* line = scratch(row_slot, whole);
        std::memset(line, 0, whole * sizeof(float));
        for (const auto& row : rows)
            for (int64_t y = 0; y < down; y++) {
                Sum above;
                for (const auto& term : row.product.terms)
                    if (const int64_t at = term.input + square * y; at >= 0 && at < size.height) above.add(from + at * inner, term.factor);
                if (above.count > 0) k.combine(above, 0, 1, inner, line + before);
                float* at = to + (&row - rows.data()) * static_cast<int64_t>(columns.size()) * plane + y * over * size.channels;
                for (size_t i = 0; i < columns.size(); i++, at += plane) {
                    if (above.count == 0) {
                        std::memset(at, 0, over * size.channels * sizeof(float));
                        continue;
                    }
                    Sum beside;
                    for (const auto& term : columns[i].product.terms) beside.add(line + before + term.input * size.channels, term.factor);
                    k.combine(beside, square * size.channels, over, size.channels, at);
                }
            }
    };
    return squares;
}

Mixture mixture_of(const Read& row, const Read& column, int64_t row_step, int64_t column_step) {
    Mixture mixture{{}, {}, 0};
    for (size_t r = 0; r < row.taps.size(); r++)
        for (size_t c = 0; c < column.taps.size(); c++) {
            const float factor = row.product.weight[r] * column.product.weight[c];
            if (factor == 0) continue;
            mixture.offset[mixture.count] = row.taps[r] * row_step + column.taps[c] * column_step;
            mixture.factor[mixture.count++] = factor;
        }
    return mixture;
}

std::vector<PointLayer> layers_of(const Kernels& k, const Squares& squares, int64_t channels, int64_t out_row, int64_t out_pixel, int64_t row_step, int64_t column_step,
                                  c10::optional<StreamPair> only) {
    const int edge = squares.edge;
    const bool gathered = edge > 2;
    std::vector<PointLayer> all;
    for (int down = 0; down < points; down++) {
        PointLayer next{{{}, gathered ? edge : 0, out_pixel, {}}, {}};
        for (int over = 0; over < points; over++) {
            Plane plane{0, {}, channels, nullptr, {}};
            std::vector<Mixture> mixtures;
            for (size_t r = 0; r < squares.rows.size(); r++) {
                const auto& row = squares.rows[r];
                if (row.product.point != down || (only && row.stream != only->row)) continue;
                for (size_t c = 0; c < squares.columns.size(); c++) {
                    const auto& column = squares.columns[c];
                    if (column.product.point != over || (only && column.stream != only->column)) continue;
                    plane.runs.push_back(squares.offset(r, c));
                    mixtures.push_back(mixture_of(row, column, row_step, column_step));
                }
            }
            if (mixtures.empty()) continue;
            for (int x = 0; x < edge; x++)
                for (int y = 0; y < (gathered ? 1 : edge); y++) {
                    const float factor = output_of_point(over, x, edge) * (gathered ? 1 : output_of_point(down, y, edge));
                    if (factor != 0) plane.targets.push_back({gathered ? x * 2 * k.lanes : y * out_row + x * out_pixel, factor, false, false});
                }
            next.layer.planes.push_back(plane);
            next.mixtures.push_back(mixtures);
        }
        if (next.mixtures.empty()) continue;
        for (int y = 0; y < edge && gathered; y++)
            if (const float factor = output_of_point(down, y, edge); factor != 0) next.layer.targets.push_back({y * out_row, factor, false, false});
        all.push_back(next);
    }
    return all;
}

const char* kind_of(int edge) { return edge == 2 ? " squares of 2 " : " squares of 4 "; }

int64_t packed_size(const Kernels& k, const std::vector<PointLayer>& layers, int64_t depth, int64_t columns) {
    int64_t size = 0;
    for (const auto& [layer, all] : layers)
        for (const auto& mixtures : all) size += packed_size(k, static_cast<int64_t>(mixtures.size()) * depth, columns);
    return size;
}

std::vector<Layer> weighted(const Kernels& k, const std::vector<PointLayer>& layers, int64_t depth, int64_t columns, const float* packed) {
    std::vector<Layer> result;
    for (const auto& [layer, all] : layers) {
        result.push_back(layer);
        for (size_t i = 0; i < all.size(); i++) {
            result.back().planes[i].weights = packed;
            packed += packed_size(k, static_cast<int64_t>(all[i].size()) * depth, columns);
        }
    }
    mark_ends(result);
    return result;
}

int best_edge(int64_t images, int64_t channels, int64_t height, int64_t width, const std::vector<Stream>& rows, const std::vector<Stream>& columns) {
    const auto short_enough = [](const std::vector<Stream>& streams) {
        size_t taps = 0, most = 0;
        for (const auto& stream : streams) {
            taps += stream.taps.size();
            most = std::max(most, stream.taps.size());
        }
        return most <= max_stream && taps >= 2 * streams.size();
    };
    if (channels < 32 || !short_enough(rows) || !short_enough(columns)) return 1;
    const auto fills = [&](int64_t edge) { return height % edge == 0 && width % edge == 0; };
    const int64_t large = height * width / (max_outputs * max_outputs);
    if (fills(max_outputs) && (images == 0 || images * large >= enough_squares)) return max_outputs;
    return fills(2) ? 2 : 1;
}

}  // namespace smirk::direct
