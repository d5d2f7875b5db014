// Passes over all pixels of a tensor that lies channels last, cut into pieces so that sums are the same with any number of threads.
#pragma once
#include "common.h"

namespace smirk {

// Pixels whose sums are taken in single precision; sums of such pieces are added up in double, always in the same order.
constexpr int64_t piece = 256;

// What a tensor [N, C, H, W] holds: so many pixels of so many channels.
struct Pixels {
    int64_t count, channels;
    int64_t pieces() const { return (count + piece - 1) / piece; }
};

struct Moments {
    std::vector<double> first, second;
};

inline Pixels pixels_of(const at::Tensor& x) { return {x.numel() / x.size(1), x.size(1)}; }

// Single precision on the CPU, channels last: what loops over pixels take.
inline bool lies_by_pixels(const at::Tensor& x) {
    return x.dim() == 4 && x.is_cpu() && x.scalar_type() == at::kFloat && x.is_contiguous(at::MemoryFormat::ChannelsLast) && x.numel() > 0;
}

// body(first pixel, pixels, sums) of each piece; both sums of each channel over all of them.
template <typename Body>
Moments summed(const Pixels& all, Body body) {
    auto sums = at::empty({all.pieces(), 2 * all.channels}, at::kFloat);
    float* sum = sums.data_ptr<float>();
    at::parallel_for(0, all.pieces(), 4, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) body(i * piece, std::min(piece, all.count - i * piece), sum + i * 2 * all.channels);
    });
    Moments total{std::vector<double>(all.channels), std::vector<double>(all.channels)};
    for (int64_t i = 0; i < all.pieces(); i++, sum += 2 * all.channels)
        for (int64_t c = 0; c < all.channels; c++) {
            total.first[c] += sum[c];
            total.second[c] += sum[all.channels + c];
        }
    return total;
}

template <typename Body>
void each_piece(const Pixels& all, Body body) {
    at::parallel_for(0, all.pieces(), 4, [&](int64_t begin, int64_t end) { body(begin * piece, std::min(end * piece, all.count) - begin * piece); });
}

}  // namespace smirk
