// Short convolutions with fewer multiplications (Winograd 1980, along one axis): two neighbouring outputs of 3 taps take 4
// products instead of 6, of 2 taps 3 instead of 4. A strided axis is a sum of such streams, one for each remainder.
#pragma once
#include <cstdint>
#include <vector>

namespace smirk::direct {

// One product: (p in[first] + q in[second]) * (sum of weight[i] tap[i]) is added to output i with factor output[i].
struct Product1 {
    int first, second;  // inputs, counted from the one that the first output's first tap reads
    float p, q;
    float weight[3];
    float output[2];
};

// The products of a stream of 1, 2 or 3 taps. The first one reaches both outputs, where any does.
inline std::vector<Product1> products_of(int taps) {
    switch (taps) {
        case 3:
            return {{1, 2, 1, 1, {.5f, .5f, .5f}, {1, 1}},
                    {0, 2, 1, -1, {1, 0, 0}, {1, 0}},
                    {2, 1, 1, -1, {.5f, -.5f, .5f}, {1, -1}},
                    {1, 3, 1, -1, {0, 0, 1}, {0, -1}}};
        case 2: return {{1, 1, 1, 0, {1, 1, 0}, {1, 1}}, {0, 1, 1, -1, {1, 0, 0}, {1, 0}}, {2, 1, 1, -1, {0, 1, 0}, {0, 1}}};
        case 1: return {{0, 0, 1, 0, {1, 0, 0}, {1, 0}}, {1, 1, 1, 0, {1, 0, 0}, {0, 1}}};
        default: return {};
    }
}

}  // namespace smirk::direct
