// Passes over all pixels of a tensor in channels-last order, cut into pieces so that sums are the same with any number of threads.
#pragma once
#include "tensor.h"

namespace smirk {

// Pixels that are summed in single precision. The sums of the pieces are added in double precision, always in the same order.
constexpr int64_t piece = 256;

// The pixels of a tensor [N, C, H, W], N * H * W of them.
struct Pixels {
    int64_t count, channels;
    int64_t pieces() const { return (count + piece - 1) / piece; }
};

struct Moments {
    std::vector<double> first, second;
};

inline Pixels pixels_of(const at::Tensor& x) { return {x.numel() / x.size(1), x.size(1)}; }

// Single precision on the CPU in channels-last order: what loops over pixels take.
inline bool lies_by_pixels(const at::Tensor& x) {
    return x.dim() == 4 && x.is_cpu() && x.scalar_type() == at::kFloat && x.is_contiguous(at::MemoryFormat::ChannelsLast) && x.numel() > 0;
}

// Calls body(first pixel, pixels, sums) for each piece, and adds up both sums of each channel.
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
    at::parallel_for(0, all.pieces(), 4,
                     [&](int64_t begin, int64_t end) { body(begin * piece, std::min(end * piece, all.count) - begin * piece); });
}

}  // namespace smirk
