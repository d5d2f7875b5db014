// Convolution by the products of axis.h along both axes: a pixel is two by two outputs.
#pragma once
#include "axis.h"
#include "plan.h"

namespace smirk::direct {

// Taps of an axis that read every step-th position: the first output's first tap that at `lowest`.
struct Stream {
    std::vector<int64_t> taps;
    int64_t lowest;
};

// A strided axis of a convolution as streams: taps of one remainder by the stride read positions of one remainder.
std::vector<Stream> streams_of(int64_t taps, Geometry geometry);

// One product along one axis: the first pair of outputs reads positions a and b.
struct Read {
    size_t stream;
    Product1 product;
    std::vector<int64_t> taps;
    int64_t a, b;
};

// An image as values at the points of both axes: [read of rows][read of columns][pairs of rows][pairs of columns][channels].
struct Pairs {
    Source source;
    int64_t plane;  // size of one
    std::vector<Read> rows, columns;
    int64_t offset(size_t row, size_t column) const { return static_cast<int64_t>(row * columns.size() + column) * plane; }
};
Pairs pairs_of(const Kernels& k, const Size& size, int64_t down, int64_t over, const std::vector<Stream>& rows, const std::vector<Stream>& columns, int64_t step);

// The weight of a product, where taps lie row_step and column_step numbers apart.
Mixture mixture_of(const Read& row, const Read& column, int64_t row_step, int64_t column_step);

// A plane and the mixture of taps that each of its runs is multiplied by.
struct PointPlane {
    Plane plane;
    std::vector<Mixture> mixtures;
};

// The planes of all points, of those reads that `takes` names. Rows and pixels of the output lie out_row and out_pixel numbers apart.
std::vector<PointPlane> planes_of(const Pairs& pairs, int64_t channels, int64_t out_row, int64_t out_pixel, int64_t row_step, int64_t column_step,
                                  const std::function<bool(const Read& row, const Read& column)>& takes);

// Fewer products pay when a plane has enough channels to sum over before its sums are spread, outputs come in pairs, and most
// streams have two or three taps.
bool pairs_pay(int64_t channels, int64_t height, int64_t width, const std::vector<Stream>& rows, const std::vector<Stream>& columns);

}  // namespace smirk::direct
