// The sub-pixel phases of a strided input gradient.
#pragma once
#include "plan.h"

namespace smirk::direct {

// The taps of one axis that reach positions phase, phase + stride, ...: output index = position index + shift.
struct Taps {
    std::vector<int64_t> index;  // in order of rising shift
    int64_t lowest = 0, highest = 0;
    int64_t positions = 0;
};

// One for each of the first `phases`.
std::vector<Taps> taps_of_axis(int64_t kernel, int64_t size, Geometry geometry, int64_t phases);

// How far the phases read before the first and after the last of `length` outputs.
void edges(const std::vector<Taps>& all, int64_t length, int64_t& before, int64_t& after);

// For few channels, which would leave most of a vector empty: all phases side by side fill it.
at::Tensor phases_together(const Kernels& kernels, const at::Tensor& source, const at::Tensor& weight, Geometry geometry, int64_t height,
                           int64_t width, Finish finish);

}  // namespace smirk::direct
