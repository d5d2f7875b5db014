// Short convolutions with fewer multiplications (Toom 1963, Cook 1966; for filters Winograd 1980): polynomials are multiplied by their values at
// some points, so that m neighbouring outputs of t taps take m + t - 1 products instead of m t. A strided axis is a sum of such streams, one for
// each remainder; products at the same point reach the outputs in the same way, whatever the stream, so that they are summed first.
#pragma once
#include <cstdint>
#include <vector>

namespace smirk::direct {

constexpr int max_outputs = 4;
constexpr int max_stream = 3;  // taps of a stream
constexpr int points = max_outputs + max_stream - 1;

// Those in use are the first few and infinity, which is the last. Small numbers keep rounding small, pairs of opposite ones many terms 0.
constexpr int infinity = points - 1;
constexpr double finite_points[infinity] = {0, 1, -1, 2, -2};

struct Term {
    int input;  // counted from the one that the first output's first tap reads
    float factor;
};

// One product: a sum of inputs times a sum of taps.
struct Product1 {
    int point;
    std::vector<Term> terms;
    float weight[max_stream];  // of each tap
};

// The products of `outputs` neighbours of a stream of `taps`.
std::vector<Product1> products_of(int taps, int outputs);

// What a product at a point adds to an output.
float output_of_point(int point, int output, int outputs);

}  // namespace smirk::direct
