// What a convolution reads and writes, as products of a matrix of pixels and one of weights, without building the former.
#pragma once
#include <functional>

#include "../convolution.h"
#include "axis.h"
#include "kernels.h"

namespace smirk::direct {

// Which kernels to use by name: "" the best, "none" libtorch's own convolutions. False when this processor hasn't them.
bool choose(const std::string& name);

// Room that a thread keeps, so that no step asks the system for memory.
enum Slot { input_slot, weight_slot, picture_slot, gradient_slot, row_slot, slots };
float* scratch(Slot slot, int64_t count);

struct Size {
    int64_t images, height, width, channels;
    int64_t image() const { return height * width * channels; }
};

// What the loops read of an image: prepared by fill into `image` numbers, pixel (y, x) of a plane at first + y * row + x * pixel.
struct Source {
    Size size;
    int64_t image;
    int64_t row, pixel;
    std::function<void(const float* from, float* to)> fill;
};

// Zeros around an image: [height + top + bottom, width + left + right, channels].
struct Padding {
    int64_t top, left, bottom, right;
};
Source padded(const Size& size, const Padding& padding, int64_t stride);

// One matrix product for all pixels of a phase.
struct Plane {
    int64_t first;              // where pixel (0, 0) starts to read
    std::vector<int64_t> runs;  // of contiguous numbers, from there
    int64_t run_length;
    const float* weights;       // packed
    std::vector<Target> targets;
};

// Pixels of the output that are computed the same way: all of them, or one sub-pixel phase of a strided input gradient. With the
// products of axis.h a pixel is two neighbouring outputs, which the planes' targets tell apart.
struct Phase {
    int64_t height, width;
    int64_t out_offset, out_row, out_pixel;
    std::vector<Plane> planes;
    int64_t row, column;  // number of the sub-pixel phase on each axis
};

// What is done to each output at the end, while it is at hand.
struct Finish {
    const float* bias = nullptr;  // of each column
    float slope = 1;              // leaky ReLU's, 1 for none
};

struct Product {
    Source source;
    std::vector<Phase> phases;
    float* out;
    int64_t out_image;
    int64_t columns;
    Finish finish;
};

// Marks for each output the plane that is added to it last.
void mark_last(std::vector<Plane>& planes);

void multiply(const Kernels& kernels, const Product& product, const float* source);

// Numbers that packed weights take.
int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns);

// The packed form of a weight: room of `count` numbers that pack fills. Kept with a parameter until it changes (a discriminator is run three
// times between two steps of its optimiser); key tells apart the forms of one weight.
float* packed_weights(const at::Tensor& weight, const std::string& key, int64_t count, const std::function<void(float*)>& pack);

// Calls body(first column, real columns, padded width, offset) for each panel of packed weights.
template <typename Body>
void for_panels(const Kernels& k, int64_t columns, int64_t depth, Body body) {
    const int64_t wide = 2 * k.lanes;
    for (int64_t column = 0, offset = 0; column < columns;) {
        const int64_t real = std::min(wide, columns - column), width = real > k.lanes ? wide : k.lanes;
        body(column, real, width, offset);
        column += real;
        offset += depth * width;
    }
}

// The streams of a strided axis as planes: for each of `phases` a list of taps, read from `lowest` on at every step-th position.
struct Stream {
    std::vector<int64_t> taps;
    int64_t lowest;
};

// Columns of an image combined into the inputs of each stream's products: [plane][row class][row / step][pairs][channels]. Rows of the same
// remainder by the step lie together, so that pixels follow each other at equal distances from one row to the next, too.
struct Combined {
    Source source;
    int64_t plane, row_class;  // sizes
    int64_t row_step;
    int64_t row(int64_t r) const { return r % row_step * row_class + r / row_step * source.row; }
};
Combined combined(const Kernels& k, const Size& size, int64_t pairs, int64_t rows, int64_t top, int64_t row_step, int64_t left, int64_t column_step,
                  const std::vector<Stream>& streams);

// A strided axis of a convolution as streams: taps of one remainder by the stride read positions of one remainder.
inline std::vector<Stream> streams_of(int64_t taps, Geometry g) {
    std::vector<Stream> streams(std::min(taps, g.stride));
    for (int64_t tap = 0; tap < taps; tap++) streams[tap % g.stride].taps.push_back(tap);
    for (size_t i = 0; i < streams.size(); i++) streams[i].lowest = static_cast<int64_t>(i) - g.padding;
    return streams;
}

// The weight of a product: taps of a stream, each of `channels` numbers.
inline Mixture mixture_of(const Product1& product, const std::vector<int64_t>& taps, int64_t channels) {
    Mixture mixture{{}, {}, 0};
    for (size_t i = 0; i < taps.size(); i++) {
        if (product.weight[i] == 0) continue;
        mixture.offset[mixture.count] = taps[i] * channels;
        mixture.factor[mixture.count++] = product.weight[i];
    }
    return mixture;
}

// Fewer products pay when a plane has enough channels to sum over before its sums are spread, outputs come in pairs, and most
// streams have two or three taps.
inline bool pairs_pay(int64_t channels, int64_t width, const std::vector<Stream>& streams) {
    size_t taps = 0, most = 0;
    for (const auto& stream : streams) {
        taps += stream.taps.size();
        most = std::max(most, stream.taps.size());
    }
    return channels >= 32 && width % 2 == 0 && most <= 3 && taps >= 2 * streams.size();
}

at::Tensor forward(const Kernels& k, const at::Tensor& x, const at::Tensor& w, Geometry geometry, Finish finish);
at::Tensor input_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width, Finish finish);
at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width);

}  // namespace smirk::direct
