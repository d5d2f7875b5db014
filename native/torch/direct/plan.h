// A convolution as products of a matrix of pixels and a matrix of weights, where the former is never built.
#pragma once
#include <functional>

#include "../geometry.h"
#include "kernels.h"

namespace smirk::direct {

// Chooses the kernels by name: "" is the best, "none" libtorch's own convolutions. False when this processor lacks them.
bool choose(const std::string& name);

// Room that a thread keeps from call to call.
enum Slot { input_slot, weight_slot, mixture_slot, picture_slot, gradient_slot, row_slot, sum_slot, slots };
float* scratch(Slot slot, int64_t count);

struct Size {
    int64_t images, height, width, channels;
    int64_t image() const { return height * width * channels; }
};

// An image as the loops read it: fill writes `image` numbers, in which pixel (y, x) of a plane is at first + y * row + x * pixel.
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

// One matrix product over all pixels of a phase.
struct Plane {
    int64_t first;              // where pixel (0, 0) starts to read
    std::vector<int64_t> runs;  // starts of contiguous numbers, from there
    int64_t run_length;
    std::vector<Mixture> weights;  // run by run, of the product's taps; empty for all taps as they are
    std::vector<Target> targets;
};

// Planes of one phase. With places, their sums are gathered in that many for each pixel and then spread: place i goes to the outputs
// i * place_step after the targets. Without, each plane has its own targets.
struct Layer {
    std::vector<Plane> planes;
    int places = 0;
    int64_t place_step = 0;
    std::vector<Target> targets{};
};

// Pixels of the output that are computed in the same way: all of them, or one sub-pixel phase of a strided input gradient. With
// Winograd (winograd.h) a pixel is a tile of neighbouring outputs, which the planes' targets tell apart.
struct Phase {
    int64_t height, width;
    int64_t out_offset, out_row, out_pixel;
    std::vector<Layer> layers;
    int64_t row, column;  // number of the sub-pixel phase on each axis
};

// What is done to each output at the end, while it is in a register.
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

// Marks what comes first for each output, which stores it, and what comes last.
void mark_ends(std::vector<Layer>& layers);

void multiply(const Kernels& kernels, const Product& product, const float* source);

// Calls body(next) on every thread. next() gives each of 0, 1, ... to one of them, and `count` or more when none is left.
template <typename Body>
void share_out(int64_t count, Body body) {
    std::atomic<int64_t> taken{0};
    at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t, int64_t) { body([&] { return taken++; }); });
}

// Numbers that packed weights take.
int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns);

// The packed form of a weight: `count` numbers that pack writes. A parameter's is kept until the parameter changes (a discriminator runs
// three times between two steps of its optimiser); `key` distinguishes the forms of one weight.
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
at::Tensor input_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width,
                          Finish finish);
at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height,
                           int64_t kernel_width);

}  // namespace smirk::direct
