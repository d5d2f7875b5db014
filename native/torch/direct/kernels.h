// The inner loops of convolution, one set for each instruction set. Pictures lie as [N, H, W, C] here.
#pragma once
#include <cstdint>

namespace smirk::direct {

// Pixels in groups that lie at equal distances, times one panel of packed weights.
constexpr int max_groups = 3;

struct Tile {
    const float* a[max_groups];  // where the first pixel of each group takes its input from
    float* c[max_groups];        // where it puts its output
    int valid[max_groups];       // how many pixels of the group are real; the others are computed and not stored
    int64_t a_step, c_step;      // from one pixel of a group to the next
    int64_t runs, run_stride, run_length;  // the input of a pixel: runs of contiguous numbers
    const float* b;              // [runs * run_length][vectors * lanes]
    int columns;                 // how many of the panel's columns are real
    bool accumulate;             // add to what c holds
};

// Rows of gradients times columns of pictures, summed over pixels: a piece of the weights' gradient.
struct GradientTile {
    const float* g;       // packed: [pixels][rows], image after image
    const float* x[2];    // for each vector of columns, where the first pixel takes it from
    int64_t images, height, width;                         // pixels to sum over
    int64_t x_image, x_row, x_pixel;                       // steps in x
    float* w;             // [rows][columns]
    int64_t w_step;       // from one row to the next
    int64_t w_offset[2];  // of each vector of columns in a row
    int rows;             // real ones
    int columns[2];       // real ones of each vector
    bool accumulate;
};

struct Kernels {
    const char* name;
    int lanes;          // numbers in a vector
    int group;          // pixels in a group
    int gradient_rows;  // rows of a GradientTile
    void (*tile[max_groups][2])(const Tile&);  // by groups - 1, vectors - 1
    void (*gradient[2])(const GradientTile&);  // by vectors - 1
    // target[j][i] = source[i * step + j] for i < rows (the rest up to width is 0), j < count
    void (*pack_transposed)(const float* source, int64_t step, int rows, int64_t count, int width, float* target);
};

// The best set for this processor; null when there is none.
const Kernels* kernels();

// Each in its own source, compiled for its instruction set.
extern const Kernels& avx512_kernels;
extern const Kernels& avx2_kernels;

}  // namespace smirk::direct
