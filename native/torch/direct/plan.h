// What a convolution reads and writes, as products of a matrix of pixels and one of weights, without building the former.
#pragma once
#include <functional>

#include "../convolution.h"
#include "kernels.h"

namespace smirk::direct {

// Which kernels to use by name: "" the best, "none" libtorch's own convolutions. False when this processor hasn't them.
bool choose(const std::string& name);

// Room that a thread keeps, so that no step asks the system for memory.
enum Slot { input_slot, weight_slot, mixture_slot, picture_slot, gradient_slot, row_slot, sum_slot, slots };
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
    std::vector<Mixture> weights;  // run by run, of the product's taps; none: all taps as they stand
    std::vector<Target> targets;
};

// Planes of one phase. With places, their sums are gathered in so many for each pixel, which are then spread: place i goes to the
// outputs i * place_step behind the targets. Without, planes put their own.
struct Layer {
    std::vector<Plane> planes;
    int places = 0;
    int64_t place_step = 0;
    std::vector<Target> targets{};
};

// Pixels of the output that are computed the same way: all of them, or one sub-pixel phase of a strided input gradient. With the
// products of axis.h a pixel is a square of neighbouring outputs, which the planes' targets tell apart.
struct Phase {
    int64_t height, width;
    int64_t out_offset, out_row, out_pixel;
    std::vector<Layer> layers;
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
    const float* weights;  // packed: [panel][tap][depth][columns of the panel]
    int64_t taps, depth;
    float* out;
    int64_t out_image;
    int64_t columns;
    Finish finish;
};

// Marks for each output what comes first, which puts it, and last.
void mark_ends(std::vector<Layer>& layers);

void multiply(const Kernels& kernels, const Product& product, const float* source);

// Calls body(next) on every thread; next() gives each of 0, 1, ... to one of them, and `count` or more when there are none left.
template <typename Body>
void share_out(int64_t count, Body body) {
    std::atomic<int64_t> taken{0};
    at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t, int64_t) { body([&] { return taken++; }); });
}

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

at::Tensor forward(const Kernels& k, const at::Tensor& x, const at::Tensor& w, Geometry geometry, Finish finish);
at::Tensor input_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width, Finish finish);
at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width);

}  // namespace smirk::direct
