// Short convolutions along one axis with fewer multiplications: Toom-Cook with Winograd's transposition, derived in docs/winograd.md.
// F(m, r) computes m neighbouring outputs of r taps with m + r - 1 products instead of m r: y = At ((G g) * (Bt d)), product by product. A
// strided axis is a sum of such convolutions, one for each remainder (a "stream"). Products at the same point have the same column of At
// whatever their stream, so they are summed before At is applied.
#pragma once
#include <cstdint>
#include <vector>

namespace smirk::direct {

constexpr int max_outputs = 4;  // m
constexpr int max_stream = 3;   // r, the taps of a stream
constexpr int max_points = max_outputs + max_stream - 1;

// F(m, r) uses the first m + r - 2 finite points, and infinity. Small ones keep rounding errors small, and pairs of opposite ones make many
// coefficients 0.
constexpr int infinity = max_points - 1;
constexpr double finite_points[infinity] = {0, 1, -1, 2, -2};

struct Term {
    int input;  // 0 is the one that the first output's first tap reads
    float factor;
};

// One product: a sum of inputs times a sum of taps.
struct ToomCookProduct {
    int point;
    std::vector<Term> terms;   // a row of Bt: of the inputs
    float weight[max_stream];  // a row of G: of the taps
};

// The products of `outputs` neighbours of a stream of `taps`.
std::vector<ToomCookProduct> toom_cook_products(int taps, int outputs);

// An element of At: how often a product at a point counts in an output.
float output_factor(int point, int output, int outputs);

}  // namespace smirk::direct
