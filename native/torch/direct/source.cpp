// Images as the loops read them.
#include "plan.h"

namespace smirk::direct {

float* scratch(Slot slot, int64_t count) {
    static thread_local std::vector<at::Tensor> kept(slots);
    auto& buffer = kept[slot];
    if (!buffer.defined() || buffer.numel() < count) buffer = at::empty({count}, at::kFloat);
    return buffer.data_ptr<float>();
}

static void zero(float* p, int64_t count) { std::memset(p, 0, count * sizeof(float)); }

Source padded(const Size& size, const Padding& padding, int64_t stride) {
    const int64_t inner = size.width * size.channels, before = padding.left * size.channels, after = padding.right * size.channels, row = before + inner + after;
    Source source;
    source.size = size;
    source.image = (size.height + padding.top + padding.bottom) * row;
    source.row = stride * row;
    source.pixel = stride * size.channels;
    source.fill = [=](const float* from, float* to) {
        zero(to, padding.top * row);
        to += padding.top * row;
        for (int64_t y = 0; y < size.height; y++, to += row, from += inner) {
            zero(to, before);
            std::memcpy(to + before, from, inner * sizeof(float));
            zero(to + before + inner, after);
        }
        zero(to, padding.bottom * row);
    };
    return source;
}

Combined combined(const Kernels& k, const Size& size, int64_t pairs, int64_t rows, int64_t top, int64_t row_step, int64_t left, int64_t column_step,
                  const std::vector<Stream>& streams) {
    const int64_t row = pairs * size.channels, classes = (rows + row_step - 1) / row_step, row_class = classes * row, plane = row_step * row_class;
    struct Read {
        int64_t a, b;
        float p, q;
    };
    std::vector<Read> reads;
    int64_t lowest = -left, reach = size.width;
    for (const auto& stream : streams) lowest = std::min(lowest, stream.lowest);
    for (const auto& stream : streams)
        for (const auto& product : products_of(static_cast<int>(stream.taps.size()))) {
            const int64_t first = stream.lowest - lowest + product.first * column_step, second = stream.lowest - lowest + product.second * column_step;
            reads.push_back({first * size.channels, second * size.channels, product.p, product.q});
            reach = std::max(reach, lowest + std::max(first, second) + 2 * column_step * (pairs - 1) + 1);
        }
    const int64_t before = -lowest * size.channels, inner = size.width * size.channels, whole = before + reach * size.channels;

    Combined result;
    result.plane = plane;
    result.row_class = row_class;
    result.row_step = row_step;
    result.source.size = size;
    result.source.image = plane * static_cast<int64_t>(reads.size());
    result.source.row = row;
    result.source.pixel = size.channels;
    result.source.fill = [=, &k](const float* from, float* to) {
        float* line = scratch(row_slot, whole);
        zero(line, before);
        zero(line + before + inner, whole - before - inner);
        for (int64_t y = 0; y < rows; y++) {
            float* at = to + y % row_step * row_class + y / row_step * row;
            const bool inside = y >= top && y < top + size.height;
            if (inside) std::memcpy(line + before, from + (y - top) * inner, inner * sizeof(float));
            for (size_t i = 0; i < reads.size(); i++, at += plane) {
                if (inside)
                    k.combine(line + reads[i].a, reads[i].p, line + reads[i].b, reads[i].q, 2 * column_step * size.channels, pairs, size.channels, at);
                else
                    zero(at, row);
            }
        }
    };
    return result;
}

}  // namespace smirk::direct
