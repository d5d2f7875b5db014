// The inner loops of convolution, one set for each instruction set. Pictures lie as [N, H, W, C] here.
#pragma once
// No other header, as whatever inline function it has would be compiled for one instruction set and might be used by all.
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
    const float* g;       // packed: [pixels][rows]
    const float* x;       // packed: [pixels][vectors * lanes]
    int64_t pixels;       // to sum over
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
    // target[i][v] = the vector at source + offset[v] + i * step, for i < count
    void (*pack_pixels[2])(const float* source, const int64_t* offset, int64_t step, int64_t count, float* target);  // by vectors - 1
    // target[i][row] = source[i * step + row] for row < rows, else 0, up to gradient_rows
    void (*pack_rows)(const float* source, int64_t step, int rows, int64_t count, float* target);
    // target[j][i] = source[i * step + j] for i < rows (the rest up to width is 0), j < count
    void (*pack_transposed)(const float* source, int64_t step, int rows, int64_t count, int width, float* target);
};

// The set in use: the best for this processor unless another was chosen; null when there is none.
const Kernels* kernels();

// Each in its own source, compiled for its instruction set.
extern const Kernels& avx512_kernels;
extern const Kernels& avx2_kernels;

}  // namespace smirk::direct
