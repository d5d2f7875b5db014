// The loops, written once over Vector. Each instruction set's source includes them inside a namespace of its own; otherwise the linker
// would take one set's instantiations for another's.
#define SMIRK_UNROLL _Pragma("GCC unroll 16")

#include "channels.inl"
#include "convolution.inl"

#define SMIRK_KERNELS(name)                                                                                                        \
    {                                                                                                                              \
        name, lanes, group, gradient_rows, {{tile<1, 1>, tile<1, 2>}, {tile<2, 1>, tile<2, 2>}, {tile<3, 1>, tile<3, 2>}},         \
            {spread<1>, spread<2>}, {gradient<1>, gradient<2>}, {write<1>, write<2>}, {pack_pixels<1>, pack_pixels<2>}, pack_rows, \
            pack_transposed, mix, combine, sum_squares, normalise, sum_gradients, normalise_gradient, activation_gradient, adam,   \
            adam_surprise                                                                                                          \
    }
