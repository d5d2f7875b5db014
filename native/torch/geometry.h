// Sizes are checked here, at the border, before anything divides by a stride or multiplies a size: behind it they are taken as they are.
#pragma once
#include "tensor.h"

namespace smirk {

// Strides and paddings of both axes of a convolution; no dilation, one group: what the networks here use.
struct Geometry {
    int64_t stride, padding;
};

struct Sides {
    int64_t height, width;
    bool operator==(const Sides& other) const { return height == other.height && width == other.width; }
};

inline Sides sides_of(const at::Tensor& picture) { return {picture.size(2), picture.size(3)}; }
inline std::ostream& operator<<(std::ostream& out, const Sides& sides) { return out << sides.height << "x" << sides.width; }

// Far above what anybody asks for (a terabyte of floats), and low enough that the product of both doesn't overflow.
constexpr int64_t longest_step = int64_t{1} << 24;
constexpr int64_t most_numbers = int64_t{1} << 38;

// A stride, a padding, a factor.
void check_step(const char* name, int64_t value, int64_t least);

// Refuses more numbers than any memory holds, and products that overflow.
void check_count(const char* name, at::IntArrayRef sizes);

// [N, C, H, W]; only N may be 0.
void check_pictures(const char* name, at::IntArrayRef sizes);

// What a convolution of pictures x [N, C, H, W] by w [K, C, R, S] gives: its height and width. Refused when there is none.
Sides convolved(at::IntArrayRef x, at::IntArrayRef w, Geometry geometry);

// The same for a transposed convolution of x [N, C, H, W] by w [C, K, R, S].
Sides unconvolved(at::IntArrayRef x, at::IntArrayRef w, Geometry geometry, int64_t output_padding);

// What windows of `kernel` numbers see of `size` ones with `padding` on both sides: one result for each place, a stride apart.
int64_t places(const char* name, int64_t size, int64_t kernel, Geometry geometry);

}  // namespace smirk
