// Convolution by the products of axis.h along both axes: a pixel is a square of outputs.
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

// One product along one axis, its terms' inputs being the positions that the first outputs read.
struct Read {
    size_t stream;
    Product1 product;
    std::vector<int64_t> taps;
};

// An image as values at the points of both axes: [read of rows][read of columns][rows of squares][columns of squares][channels].
struct Squares {
    Source source;
    int edge;       // of a square
    int64_t plane;  // size of one
    std::vector<Read> rows, columns;
    int64_t offset(size_t row, size_t column) const { return static_cast<int64_t>(row * columns.size() + column) * plane; }
};
Squares squares_of(const Kernels& k, const Size& size, int edge, int64_t down, int64_t over, const std::vector<Stream>& rows, const std::vector<Stream>& columns,
                   int64_t step);

// The weight of a product, where a row of the kernel has so many taps.
Mixture mixture_of(const Read& row, const Read& column, int64_t taps);

// Streams of both axes.
struct StreamPair {
    size_t row, column;
};

// The planes of all points, of all streams or of `only` two; a layer for each point of the rows. Rows and pixels of the output lie out_row and out_pixel
// numbers apart. In large squares a product reaches many outputs: a layer's are gathered column by column first.
std::vector<Layer> layers_of(const Kernels& k, const Squares& squares, int64_t channels, int64_t out_row, int64_t out_pixel, int64_t taps,
                             c10::optional<StreamPair> only = c10::nullopt);

// Edge of the squares of outputs that are best computed together, 1 for none. Fewer products pay when a plane has enough channels to sum over before
// its sums are spread, outputs fill squares, and most streams have two or three taps; large squares when there are `enough` of them.
int best_edge(const Size& size, int64_t enough, int64_t height, int64_t width, const std::vector<Stream>& rows, const std::vector<Stream>& columns);

// Large squares that mixed weights must serve, or mixing them takes longer than is saved; and that must be summed for a weights' gradient, or spreading
// it over the taps does.
constexpr int64_t enough_to_mix = 64, enough_to_spread = 32;

}  // namespace smirk::direct
