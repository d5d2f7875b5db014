// What a convolution reads and writes, as a product of a matrix of pixels and one of weights, without building the former.
#pragma once
#include "../convolution.h"
#include "kernels.h"

namespace smirk::direct {

// Room that a thread keeps, so that no step asks the system for memory.
float* scratch(int slot, int64_t count);

struct Size {
    int64_t images, height, width, channels;
};

// The source with zeros around it: [images, height + top + bottom, width + left + right, channels].
struct Padded {
    Size size;
    int64_t top, left, bottom, right;
    int64_t rows() const { return size.height + top + bottom; }
    int64_t row() const { return (size.width + left + right) * size.channels; }
    int64_t image() const { return rows() * row(); }
    void fill(const float* source, float* target) const;  // one image
};

// Output pixels that take the same taps: all of them, or one sub-pixel phase of a strided input gradient.
struct Phase {
    int64_t height, width;                       // output pixels
    int64_t first;                               // where pixel (0, 0) starts to read, in the padded source
    int64_t runs, run_length;                    // rows of taps, and numbers in each
    int64_t out_offset, out_row, out_pixel;      // where they go
    const float* weights;                        // packed
};

struct Product {
    Padded source;
    int64_t in_row, in_pixel;  // steps in the padded source from one output pixel to the next
    std::vector<Phase> phases;
    float* out;
    int64_t out_image;
    int64_t columns;
};

// Numbers that packed weights of a phase take.
int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns);

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

// Which kernels to use by name: "" the best, "none" libtorch's own convolutions. False when this processor hasn't them.
bool choose(const std::string& name);

void multiply(const Kernels& kernels, const Product& product, const float* source);

at::Tensor forward(const Kernels& k, const at::Tensor& x, const at::Tensor& w, Geometry geometry);
at::Tensor input_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width);
at::Tensor weight_gradient(const Kernels& k, const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width);

}  // namespace smirk::direct
