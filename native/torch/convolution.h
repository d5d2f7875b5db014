// Convolution as three bilinear maps that are closed under differentiation: the derivatives of each are the other two.
// Sizes were checked before (geometry.h).
#pragma once
#include "geometry.h"

namespace smirk {

// y = x * w + bias, followed by a leaky ReLU of that slope (1 for none). x [N, C, H, W], w [K, C, R, S] -> y [N, K, OH, OW].
at::Tensor convolve(const at::Tensor& x, const at::Tensor& w, Geometry geometry, const at::Tensor& bias = {}, double slope = 1);

// The gradient of x from that of y, which is also the transposed convolution. g [N, K, OH, OW] -> [N, C, height, width].
at::Tensor input_gradient(const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width,
                          const at::Tensor& bias = {}, double slope = 1);

// The gradient of w from that of y. -> [K, C, R, S].
at::Tensor weight_gradient(const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width);

}  // namespace smirk
