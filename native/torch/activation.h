// The leaky ReLU that convolutions and batch normalisation do in the same pass. Its slope below 0 is from 0 to 1, where 1 is none.
#pragma once
#include "tensor.h"

namespace smirk {

inline void check_slope(double slope) {
    require(slope >= 0 && slope <= 1, "the slope of a leaky ReLU must be from 0 to 1 (1 for none), not ", slope);
}

inline at::Tensor activated(const at::Tensor& y, double slope) { return slope == 1 ? y : at::leaky_relu(y, slope); }

}  // namespace smirk
