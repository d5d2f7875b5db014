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
    const int64_t inner = size.width * size.channels, before = padding.left * size.channels, after = padding.right * size.channels,
                  row = before + inner + after;
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

}  // namespace smirk::direct
