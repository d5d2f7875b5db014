// Convolution: rows of taps are contiguous in [N, H, W, C], so a pixel's input is one run for each kernel row.
#include "plan.h"

namespace smirk::direct {

at::Tensor forward(const Kernels& k, const at::Tensor& x, const at::Tensor& w, Geometry geometry) {
    const auto source = x.contiguous(at::MemoryFormat::ChannelsLast), weight = w.contiguous(at::MemoryFormat::ChannelsLast);
    const int64_t rows = w.size(2), taps = w.size(3), channels = x.size(1), columns = w.size(0), depth = rows * taps * channels;
    const int64_t stride = geometry.stride, padding = geometry.padding;
    const int64_t height = (x.size(2) + 2 * padding - rows) / stride + 1, width = (x.size(3) + 2 * padding - taps) / stride + 1;
    auto y = at::empty({x.size(0), columns, height, width}, x.options().memory_format(at::MemoryFormat::ChannelsLast));

    float* packed = scratch(1, packed_size(k, depth, columns));
    const float* from = weight.data_ptr<float>();
    at::parallel_for(0, (columns + 2 * k.lanes - 1) / (2 * k.lanes), 1, [&](int64_t begin, int64_t end) {
        for_panels(k, columns, depth, [&](int64_t column, int64_t real, int64_t panel, int64_t offset) {
            const int64_t number = column / (2 * k.lanes);
            if (number >= begin && number < end)
                k.pack_transposed(from + column * depth, depth, static_cast<int>(real), depth, static_cast<int>(panel), packed + offset);
        });
    });

    Product product;
    product.source = {{x.size(0), x.size(2), x.size(3), channels}, padding, padding, padding, padding};
    product.in_row = stride * product.source.row();
    product.in_pixel = stride * channels;
    product.phases = {{height, width, 0, rows, taps * channels, 0, width * columns, columns, packed}};
    product.out = y.data_ptr<float>();
    product.out_image = height * width * columns;
    product.columns = columns;
    multiply(k, product, source.data_ptr<float>());
    return y;
}

}  // namespace smirk::direct
