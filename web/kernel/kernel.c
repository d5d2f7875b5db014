// The convolution of the page's engine, for WebAssembly SIMD. web/engine/twin.js does the same in plain JavaScript.
//
// Maps lie with their channels innermost, rows of pixels with a border of zeros around them: a tap of the kernel is an offset in floats from
// the pixel that it belongs to, and no tap has to ask whether it is still inside. Weights are packed as [block of outputs][tap][input][output
// within the block]; a block is 8 outputs, and 4 where 4 are left. A tile of pixels and a block of outputs are summed up in registers.

#include <wasm_simd128.h>

typedef struct {
    const float *in;      // first pixel
    int in_row, in_pixel; // floats from one row, and one pixel, to the next
    int inputs;           // channels that are read
    const int *taps;
    int tap_count;
    const float *weights;
    const float *bias;
    float *out;
    int out_row, out_pixel;
    int width, height; // of the output, in pixels
    int outputs;       // a multiple of 4
    float slope;       // of a leaky ReLU; 0 is ReLU, 1 none
} Convolution;

// Sums `pixels` neighbours for `vectors` · 4 outputs. Both are constants where it is called, so that all loops over them are unrolled.
__attribute__((always_inline)) static inline void tile(const Convolution *c, const float *in, const float *weights, const float *bias,
                                                       float *out, const int pixels, const int vectors)
{
    v128_t sums[8][2];
    for (int p = 0; p < pixels; p++)
        for (int v = 0; v < vectors; v++)
            sums[p][v] = wasm_v128_load(bias + 4 * v);
    for (int t = 0; t < c->tap_count; t++) {
        const float *from = in + c->taps[t];
        for (int i = 0; i < c->inputs; i++) {
            v128_t w[2];
            for (int v = 0; v < vectors; v++)
                w[v] = wasm_v128_load(weights + 4 * v);
            weights += 4 * vectors;
            for (int p = 0; p < pixels; p++) {
                const v128_t x = wasm_v128_load32_splat(from + p * c->in_pixel + i);
                for (int v = 0; v < vectors; v++)
                    sums[p][v] = wasm_f32x4_add(sums[p][v], wasm_f32x4_mul(x, w[v]));
            }
        }
    }
    const v128_t slope = wasm_f32x4_splat(c->slope);
    for (int p = 0; p < pixels; p++)
        for (int v = 0; v < vectors; v++)
            wasm_v128_store(out + p * c->out_pixel + 4 * v, wasm_f32x4_pmax(sums[p][v], wasm_f32x4_mul(slope, sums[p][v])));
}

// One block of outputs over the whole map.
__attribute__((always_inline)) static inline void block(const Convolution *c, const float *weights, const float *bias, float *out,
                                                        const int pixels, const int vectors)
{
    for (int y = 0; y < c->height; y++) {
        const float *in = c->in + y * c->in_row;
        float *to = out + y * c->out_row;
        int x = 0;
        for (; x + pixels <= c->width; x += pixels)
            tile(c, in + x * c->in_pixel, weights, bias, to + x * c->out_pixel, pixels, vectors);
        for (; x < c->width; x++)
            tile(c, in + x * c->in_pixel, weights, bias, to + x * c->out_pixel, 1, vectors);
    }
}

__attribute__((export_name("convolve"))) void convolve(const Convolution *c)
{
    int at = 0;
    for (; at + 8 <= c->outputs; at += 8)
        block(c, c->weights + at * c->tap_count * c->inputs, c->bias + at, c->out + at, 4, 2);
    if (at < c->outputs)
        block(c, c->weights + at * c->tap_count * c->inputs, c->bias + at, c->out + at, 8, 1);
}
