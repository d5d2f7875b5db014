// Short convolutions with fewer multiplications (Winograd 1980; the polynomials are multiplied by their values at the points 1, 0, -1 and infinity): two
// neighbouring outputs of 3 taps take 4 products instead of 6, of 2 taps 3 instead of 4. A strided axis is a sum of such streams, one for each
// remainder; products at the same point reach the outputs in the same way, whatever the stream, so that they are summed first.
#pragma once
#include <cstdint>
#include <vector>

namespace smirk::direct {

constexpr int points = 4;

// What a product at each point adds to the first and the second output.
constexpr float outputs_of_point[points][2] = {{1, 1}, {1, 0}, {1, -1}, {0, 1}};

// One product: (p in[first] + q in[second]) * (sum of weight[i] tap[i]).
struct Product1 {
    int point;
    int first, second;  // inputs, counted from the one that the first output's first tap reads
    float p, q;
    float weight[3];
};

// The products of a stream of 1, 2 or 3 taps.
inline std::vector<Product1> products_of(size_t taps) {
    switch (taps) {
        case 3: return {{0, 1, 2, 1, 1, {.5f, .5f, .5f}}, {1, 0, 2, 1, -1, {1, 0, 0}}, {2, 2, 1, 1, -1, {.5f, -.5f, .5f}}, {3, 3, 1, 1, -1, {0, 0, 1}}};
        case 2: return {{0, 1, 1, 1, 0, {1, 1, 0}}, {1, 0, 1, 1, -1, {1, 0, 0}}, {3, 2, 1, 1, -1, {0, 1, 0}}};
        case 1: return {{1, 0, 0, 1, 0, {1, 0, 0}}, {3, 1, 1, 1, 0, {1, 0, 0}}};
        default: return {};
    }
}

}  // namespace smirk::direct
