#include "pairs.h"

namespace smirk::direct {

std::vector<Stream> streams_of(int64_t taps, Geometry g) {
    std::vector<Stream> streams(std::min(taps, g.stride));
    for (int64_t tap = 0; tap < taps; tap++) streams[tap % g.stride].taps.push_back(tap);
    for (size_t i = 0; i < streams.size(); i++) streams[i].lowest = static_cast<int64_t>(i) - g.padding;
    return streams;
}

static std::vector<Read> reads_of(const std::vector<Stream>& streams, int64_t step) {
    std::vector<Read> reads;
    for (size_t i = 0; i < streams.size(); i++)
        for (const auto& product : products_of(streams[i].taps.size()))
            reads.push_back({i, product, streams[i].taps, streams[i].lowest + product.first * step, streams[i].lowest + product.second * step});
    return reads;
}

Pairs pairs_of(const Kernels& k, const Size& size, int64_t down, int64_t over, const std::vector<Stream>& rows, const std::vector<Stream>& columns, int64_t step) {
    Pairs pairs{{}, down * over * size.channels, reads_of(rows, step), reads_of(columns, step)};
    int64_t left = 0, reach = size.width;
    for (const auto& read : pairs.columns) {
        left = std::max(left, -std::min(read.a, read.b));
        reach = std::max(reach, std::max(read.a, read.b) + 2 * step * (over - 1) + 1);
    }
    const int64_t inner = size.width * size.channels, before = left * size.channels, whole = before + reach * size.channels;
    pairs.source.size = size;
    pairs.source.image = pairs.plane * static_cast<int64_t>(pairs.rows.size() * pairs.columns.size());
    pairs.source.row = over * size.channels;
    pairs.source.pixel = size.channels;
    pairs.source.fill = [=, &k, rows = pairs.rows, columns = pairs.columns, plane = pairs.plane](const float* from, float* to) {
        float* line = scratch(row_slot, whole);
        std::memset(line, 0, whole * sizeof(float));
        const auto inside = [&](int64_t y) { return y >= 0 && y < size.height; };
        for (const auto& row : rows)
            for (int64_t y = 0; y < down; y++) {
                const int64_t a = row.a + 2 * step * y, b = row.b + 2 * step * y;
                const float p = inside(a) ? row.product.p : 0, q = inside(b) ? row.product.q : 0;
                float* at = to + (&row - rows.data()) * static_cast<int64_t>(columns.size()) * plane + y * over * size.channels;
                if (p == 0 && q == 0) {
                    for (size_t i = 0; i < columns.size(); i++, at += plane) std::memset(at, 0, over * size.channels * sizeof(float));
                    continue;
                }
                const float *first = from + (p != 0 ? a : b) * inner, *second = from + b * inner;
                k.combine(first, p != 0 ? p : q, second, p != 0 ? q : 0, 0, 1, inner, line + before);
                for (size_t i = 0; i < columns.size(); i++, at += plane) {
                    const auto& column = columns[i];
                    k.combine(line + before + column.a * size.channels, column.product.p, line + before + column.b * size.channels, column.product.q,
                              2 * step * size.channels, over, size.channels, at);
                }
            }
    };
    return pairs;
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

std::vector<PointPlane> planes_of(const Pairs& pairs, int64_t channels, int64_t out_row, int64_t out_pixel, int64_t row_step, int64_t column_step,
                                  const std::function<bool(const Read& row, const Read& column)>& takes) {
    std::vector<PointPlane> all;
    for (int point = 0; point < points * points; point++) {
        const int down = point / points, over = point % points;
        PointPlane next{{0, {}, channels, nullptr, {}}, {}};
        for (size_t r = 0; r < pairs.rows.size(); r++)
            for (size_t c = 0; c < pairs.columns.size(); c++) {
                const auto &row = pairs.rows[r], &column = pairs.columns[c];
                if (row.product.point != down || column.product.point != over || !takes(row, column)) continue;
                next.plane.runs.push_back(pairs.offset(r, c));
                next.mixtures.push_back(mixture_of(row, column, row_step, column_step));
            }
        for (int i = 0; i < 4; i++) {
            const float factor = outputs_of_point[down][i / 2] * outputs_of_point[over][i % 2];
            if (factor != 0) next.plane.targets.push_back({i / 2 * out_row + i % 2 * out_pixel, factor, false, false});
        }
        if (!next.mixtures.empty()) all.push_back(next);
    }
    return all;
}

bool pairs_pay(int64_t channels, int64_t height, int64_t width, const std::vector<Stream>& rows, const std::vector<Stream>& columns) {
    const auto short_enough = [](const std::vector<Stream>& streams) {
        size_t taps = 0, most = 0;
        for (const auto& stream : streams) {
            taps += stream.taps.size();
            most = std::max(most, stream.taps.size());
        }
        return most <= 3 && taps >= 2 * streams.size();
    };
    return channels >= 32 && height % 2 == 0 && width % 2 == 0 && short_enough(rows) && short_enough(columns);
}

}  // namespace smirk::direct
