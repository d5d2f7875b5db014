// The inner loops of convolution, batch normalisation and Adam, one set for each instruction set. Pictures are [N, H, W, C] here.
#pragma once
// No other header: its inline functions would be compiled for one instruction set, and the linker might use them everywhere.
#include <cstdint>

namespace smirk::direct {

constexpr int max_groups = 3;    // groups of pixels in a tile
constexpr int max_pixels = 12;   // pixels in a tile
constexpr int max_places = 4;    // of a Spread
constexpr int max_taps = 9;      // that a weight is mixed of
constexpr int max_summands = 4;  // of a Sum: outputs that a product reaches, inputs that it takes (with the points of toom_cook.h)

// Where a sum goes: factor times it is stored, or added, `offset` numbers further on. The bias is added with what is stored first, the
// activation done after what is added last.
struct Target {
    int64_t offset;
    float factor;
    bool add, last;
};

// A tile of a matrix product: pixels, in groups at equal distances, times one panel of packed weights.
struct Tile {
    const float* a[max_groups];  // where the first pixel of each group takes its input from
    int64_t a_step;              // from one pixel of a group to the next
    const int64_t* run;          // where each of a pixel's runs of contiguous numbers starts
    int64_t runs, run_length;
    const float* b;        // [runs * run_length][vectors * lanes]
    float* c[max_pixels];  // where each pixel's output goes; null for those that only fill a group
    int columns;           // how many of the panel's columns are real
    const Target* target;
    int targets;
    const float* bias;  // of each column; null for none
    float slope;        // of the activation below 0, at most 1; 1 for none
};

// Sums of pixels that were gathered place by place and are now spread over outputs: each place has outputs of its own, one for each target.
struct Spread {
    const float* from;        // [pixels][places][two vectors]
    float* const* to;         // where the first place of each pixel goes; null for those that only fill a group
    int64_t pixels, to_step;  // from one place's output to the next
    int places, columns;
    const Target* target;
    int targets;
    const float* bias;
    float slope;
};

// Rows of gradients times columns of pictures, summed over pixels: a piece of the weights' gradient.
struct GradientTile {
    const float* g;  // packed: [pixels][rows]
    const float* x;
    int64_t x_offset[2];            // of each vector of columns
    int64_t x_step;                 // from one pixel to the next
    int64_t x_line;                 // from one line of pixels to the next
    int64_t x_image;                // from one image to the next
    int64_t images, lines, pixels;  // to sum over: pixels of each line of each image
    float* sums;                    // of each row one or two whole vectors
    int64_t step;                   // from one row's to the next
    const Target* target;
    int targets;
};

// Sums of the weights' gradient that were gathered tap by tap and are now stored where they belong, or added there.
struct TapSums {
    const float* from;  // [rows][taps][two vectors]
    int64_t rows, taps;
    float* w;             // of the first row
    int64_t w_step;       // from one row to the next
    const int64_t* tap;   // where each starts in a row
    int64_t w_offset[2];  // of each vector of columns in a tap
    int columns[2];       // real ones of each vector
    bool add;
};

// A transformed weight: the sum of some taps, each with a factor.
struct Mixture {
    int tap[max_taps];
    float factor[max_taps];
    int count;
};

// Some numbers with a factor each, added up.
struct Sum {
    const float* from[max_summands];
    float factor[max_summands];
    int count = 0;
    void add(const float* source, float by) { from[count] = source, factor[count++] = by; }
};

// Batch normalisation of [pixels][channels]: z = x * scale + shift, followed by a leaky ReLU. One value for each channel.
struct Channels {
    int64_t count;
    const float *scale, *shift;
    float slope;
};

// Adam's factors: beta1, 1 - beta1, beta2, 1 - beta2; the learning rate; unbias is 1 / sqrt(1 - beta2^step).
struct AdamFactors {
    float keep1, take1, keep2, take2, rate, eps, decay, unbias;
};

struct Kernels {
    const char* name;
    int lanes;                                 // numbers in a vector
    int group;                                 // pixels in a group
    int gradient_rows;                         // rows of a GradientTile
    void (*tile[max_groups][2])(const Tile&);  // by groups - 1, vectors - 1
    void (*spread[2])(const Spread&);          // by vectors - 1
    void (*gradient[2])(const GradientTile&);  // by vectors - 1
    void (*write[2])(const TapSums&);          // by vectors - 1
    // target[i][v] = the vector at source + offset[v] + i * step, for i < count
    void (*pack_pixels[2])(const float* source, const int64_t* offset, int64_t step, int64_t count, float* target);  // by vectors - 1
    // target[i][row] = source[i * step + row] for row < rows, else 0, up to gradient_rows
    void (*pack_rows)(const float* source, int64_t step, int rows, int64_t count, float* target);
    // target[j][i] = source[i * step + j] for i < rows (the rest up to width is 0), j < count
    void (*pack_transposed)(const float* source, int64_t step, int rows, int64_t count, int width, float* target);
    // target[i] = the mixture of taps[tap * size + i] for i < size, a multiple of lanes
    void (*mix)(const float* taps, const Mixture& mixture, int64_t size, float* target);
    // target[i][j] = the sum of [i * step + j] for i < units, j < count; of one number or more
    void (*combine)(const Sum& sum, int64_t step, int64_t units, int64_t count, float* target);
    // sums[0][c] = the sum of x - origin[c] over all pixels, sums[1][c] of its square
    void (*sum_squares)(const float* x, int64_t pixels, int64_t channels, const float* origin, float* sums);
    // y = the activation of z
    void (*normalise)(const float* x, int64_t pixels, const Channels& channels, float* y);
    // sums[0][c] = the sum of the gradient before the activation, sums[1][c] of that times x - mean[c]
    void (*sum_gradients)(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* mean, float* sums);
    // of_x = scale * the gradient before the activation - x * slant[c] - lift[c]
    void (*normalise_gradient)(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* slant,
                               const float* lift, float* of_x);
    // of_z = the gradient before the activation that gave y; sums[0][c] = its sum over all pixels, sums[1][c] = 0
    void (*activation_gradient)(const float* y, const float* g, int64_t pixels, int64_t channels, float slope, float* of_z, float* sums);
    // One step for parameters p with gradients g and averages m and v.
    void (*adam)(float* p, const float* g, float* m, float* v, int64_t count, const AdamFactors& factors);
    // The sum of what that step's gradients squared are, by what is usual: by their averages v, which have them in already.
    float (*adam_surprise)(const float* p, const float* g, const float* v, int64_t count, const AdamFactors& factors);
};

// The set in use: the best for this processor unless another was chosen; null for none.
const Kernels* kernels();

// Each in its own source, compiled for its instruction set.
extern const Kernels& avx512_kernels;
extern const Kernels& avx2_kernels;

}  // namespace smirk::direct
