// Convolution by Winograd's minimal filtering: the products of toom_cook.h along both axes, nested. docs/winograd.md derives it.
#pragma once
#include "plan.h"
#include "toom_cook.h"

namespace smirk::direct {

// Taps of an axis that read every step-th position. The first output's first tap reads the position `lowest`.
struct Stream {
    std::vector<int64_t> taps;
    int64_t lowest;
};

// A strided axis of a convolution as streams: taps with the same remainder by the stride read positions with the same remainder.
std::vector<Stream> streams_of(int64_t taps, Geometry geometry);

// A product along one axis. The inputs of its terms are the positions that the first tile reads.
struct AxisProduct {
    size_t stream;
    ToomCookProduct product;
    std::vector<int64_t> taps;
};

// An image after the input transform of both axes, Bt d B, cut into output tiles of edge x edge:
// [products of rows][products of columns][rows of tiles][columns of tiles][channels].
struct WinogradImage {
    Source source;
    int edge;
    int64_t plane;  // numbers in a plane [rows of tiles][columns of tiles][channels]
    std::vector<AxisProduct> rows, columns;
    int64_t offset(size_t row, size_t column) const { return static_cast<int64_t>(row * columns.size() + column) * plane; }
};
WinogradImage winograd_image(const Kernels& k, const Size& size, int edge, int64_t down, int64_t over, const std::vector<Stream>& rows,
                             const std::vector<Stream>& columns, int64_t step);

// The weight transform G g Gt for one product of each axis; a row of the kernel has `taps` taps.
Mixture winograd_weight(const AxisProduct& row, const AxisProduct& column, int64_t taps);

// One stream of each axis.
struct StreamPair {
    size_t row, column;
};

// The planes to multiply, of all streams or of `only` one pair, and the output transform At ... A as their targets. There is a layer for
// each point of the rows. Rows and pixels of the output lie out_row and out_pixel numbers apart. In tiles of four a product reaches many
// outputs: there the planes of a layer are gathered by columns first, and then spread over rows.
std::vector<Layer> winograd_layers(const Kernels& k, const WinogradImage& image, int64_t channels, int64_t out_row, int64_t out_pixel,
                                   int64_t taps, c10::optional<StreamPair> only = c10::nullopt);

// The edge of the best output tiles: 4, 2, or 1 for a plain convolution. Fewer products pay off when a plane has enough channels to sum
// over before its sums are spread, when tiles fill the output, and when most streams have two or three taps; tiles of four when there are
// `enough` of them.
int winograd_edge(const Size& size, int64_t enough, int64_t height, int64_t width, const std::vector<Stream>& rows,
                  const std::vector<Stream>& columns);

// The least number of tiles of four: with fewer, transforming weights takes longer than is saved, or, for a weights' gradient, transforming
// it back does.
constexpr int64_t enough_to_mix = 64, enough_to_spread = 32;

}  // namespace smirk::direct
