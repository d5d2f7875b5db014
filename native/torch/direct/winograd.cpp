#include "winograd.h"

namespace smirk::direct {

namespace {

std::vector<AxisProduct> axis_products(const std::vector<Stream>& streams, int edge, int64_t step) {
    std::vector<AxisProduct> products;
    for (size_t i = 0; i < streams.size(); i++)
        for (auto& product : toom_cook_products(static_cast<int>(streams[i].taps.size()), edge)) {
            for (auto& term : product.terms) term.input = static_cast<int>(streams[i].lowest + term.input * step);
            products.push_back({i, product, streams[i].taps});
        }
    return products;
}

}  // namespace

std::vector<Stream> streams_of(int64_t taps, Geometry g) {
    std::vector<Stream> streams(std::min(taps, g.stride));
    for (int64_t tap = 0; tap < taps; tap++) streams[tap % g.stride].taps.push_back(tap);
    for (size_t i = 0; i < streams.size(); i++) streams[i].lowest = static_cast<int64_t>(i) - g.padding;
    return streams;
}

WinogradImage winograd_image(const Kernels& k, const Size& size, int edge, int64_t down, int64_t over, const std::vector<Stream>& rows,
                             const std::vector<Stream>& columns, int64_t step) {
    WinogradImage image{{}, edge, down * over * size.channels, axis_products(rows, edge, step), axis_products(columns, edge, step)};
    const int64_t tile = edge * step;  // positions from one tile to the next
    int64_t left = 0, reach = size.width;
    for (const auto& each : image.columns)
        for (const auto& term : each.product.terms) {
            left = std::max<int64_t>(left, -term.input);
            reach = std::max<int64_t>(reach, term.input + tile * (over - 1) + 1);
        }
    const int64_t inner = size.width * size.channels, before = left * size.channels, whole = before + reach * size.channels;
    image.source.size = size;
    image.source.image = image.plane * static_cast<int64_t>(image.rows.size() * image.columns.size());
    image.source.row = over * size.channels;
    image.source.pixel = size.channels;
    image.source.fill = [=, &k, rows = image.rows, columns = image.columns, plane = image.plane](const float* from, float* to) {
        float* line = scratch(row_slot, whole);
        std::memset(line, 0, whole * sizeof(float));
        for (const auto& row : rows)
            for (int64_t y = 0; y < down; y++) {
                Sum above;
                for (const auto& term : row.product.terms)
                    if (const int64_t at = term.input + tile * y; at >= 0 && at < size.height) above.add(from + at * inner, term.factor);
                if (above.count > 0) k.combine(above, 0, 1, inner, line + before);
                float* at = to + (&row - rows.data()) * static_cast<int64_t>(columns.size()) * plane + y * over * size.channels;
                for (size_t i = 0; i < columns.size(); i++, at += plane) {
                    if (above.count == 0) {
                        std::memset(at, 0, over * size.channels * sizeof(float));
                        continue;
                    }
                    Sum beside;
                    for (const auto& term : columns[i].product.terms) beside.add(line + before + term.input * size.channels, term.factor);
                    k.combine(beside, tile * size.channels, over, size.channels, at);
                }
            }
    };
    return image;
}

Mixture winograd_weight(const AxisProduct& row, const AxisProduct& column, int64_t taps) {
    Mixture mixture{{}, {}, 0};
    for (size_t r = 0; r < row.taps.size(); r++)
        for (size_t c = 0; c < column.taps.size(); c++) {
            const float factor = row.product.weight[r] * column.product.weight[c];
            if (factor == 0) continue;
            mixture.tap[mixture.count] = static_cast<int>(row.taps[r] * taps + column.taps[c]);
            mixture.factor[mixture.count++] = factor;
        }
    return mixture;
}

std::vector<Layer> winograd_layers(const Kernels& k, const WinogradImage& image, int64_t channels, int64_t out_row, int64_t out_pixel,
                                   int64_t taps, c10::optional<StreamPair> only) {
    const int edge = image.edge;
    const bool gathered = edge > 2;
    std::vector<Layer> all;
    for (int down = 0; down < max_points; down++) {
        Layer next{{}, gathered ? edge : 0, out_pixel};
        for (int over = 0; over < max_points; over++) {
            Plane plane{0, {}, channels, {}, {}};
            for (size_t r = 0; r < image.rows.size(); r++) {
                const auto& row = image.rows[r];
                if (row.product.point != down || (only && row.stream != only->row)) continue;
                for (size_t c = 0; c < image.columns.size(); c++) {
                    const auto& column = image.columns[c];
                    if (column.product.point != over || (only && column.stream != only->column)) continue;
                    plane.runs.push_back(image.offset(r, c));
                    plane.weights.push_back(winograd_weight(row, column, taps));
                }
            }
            if (plane.runs.empty()) continue;
            for (int x = 0; x < edge; x++)
                for (int y = 0; y < (gathered ? 1 : edge); y++) {
                    const float factor = output_factor(over, x, edge) * (gathered ? 1 : output_factor(down, y, edge));
                    if (factor != 0)
                        plane.targets.push_back({gathered ? x * 2 * k.lanes : y * out_row + x * out_pixel, factor, false, false});
                }
            next.planes.push_back(plane);
        }
        if (next.planes.empty()) continue;
        for (int y = 0; y < edge && gathered; y++)
            if (const float factor = output_factor(down, y, edge); factor != 0) next.targets.push_back({y * out_row, factor, false, false});
        all.push_back(next);
    }
    mark_ends(all);
    return all;
}

int winograd_edge(const Size& size, int64_t enough, int64_t height, int64_t width, const std::vector<Stream>& rows,
                  const std::vector<Stream>& columns) {
    const auto short_enough = [](const std::vector<Stream>& streams) {
        size_t taps = 0, most = 0;
        for (const auto& stream : streams) {
            taps += stream.taps.size();
            most = std::max(most, stream.taps.size());
        }
        return most <= max_stream && taps >= 2 * streams.size();
    };
    if (size.channels < 32 || !short_enough(rows) || !short_enough(columns)) return 1;
    const auto fills = [&](int64_t edge) { return height % edge == 0 && width % edge == 0; };
    const int64_t large = size.images * height * width / (max_outputs * max_outputs);
    if (fills(max_outputs) && large >= enough) return max_outputs;
    return fills(2) ? 2 : 1;
}

}  // namespace smirk::direct
