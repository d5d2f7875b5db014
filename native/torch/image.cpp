// What is done to planes of pixels, all differentiable twice: [N, C, H, W].
#include "common.h"

using namespace smirk;

SMIRK_EXPORT smirk_torch_pixel_shuffle(Handle a, int64_t factor, Handle* out) {
    return guarded([&] { *out = give(at::pixel_shuffle(*a, factor)); });
}

SMIRK_EXPORT smirk_torch_pixel_unshuffle(Handle a, int64_t factor, Handle* out) {
    return guarded([&] { *out = give(at::pixel_unshuffle(*a, factor)); });
}

// edges: left, right, top, bottom, ... from the last dimension. mode: 0 constant, 1 reflection, 2 replication.
SMIRK_EXPORT smirk_torch_pad(Handle a, const int64_t* edges, int32_t count, int32_t mode, double value, Handle* out) {
    return guarded([&] {
        const auto sizes = shape(edges, count);
        *out = give(mode == 0 ? at::constant_pad_nd(*a, sizes, value) : mode == 1 ? at::reflection_pad2d(*a, sizes) : at::replication_pad2d(*a, sizes));
    });
}

SMIRK_EXPORT smirk_torch_avg_pool2d(Handle a, int64_t kernel, int64_t stride, int64_t padding, Handle* out) {
    return guarded([&] { *out = give(at::avg_pool2d(*a, {kernel, kernel}, {stride, stride}, {padding, padding}, false, /*count_include_pad=*/false)); });
}

SMIRK_EXPORT smirk_torch_interpolate(Handle a, int64_t height, int64_t width, int32_t bilinear, Handle* out) {
    return guarded([&] {
        const int64_t size[] = {height, width};
        *out = give(bilinear ? at::upsample_bilinear2d(*a, size, /*align_corners=*/false) : at::upsample_nearest2d(*a, size));
    });
}

SMIRK_EXPORT smirk_torch_affine_grid(Handle theta, const int64_t* sizes, int32_t dims, int32_t align_corners, Handle* out) {
    return guarded([&] { *out = give(at::affine_grid_generator(*theta, shape(sizes, dims), align_corners != 0)); });
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Sampling is linear in the picture; libtorch differentiates it once. This map and its adjoint are each other's derivative,
// so that gradients of gradients (R1 through augmentation) work. The grid gets no gradient here.
struct Sampling {
    int64_t mode, padding;
    bool align;
};

struct GridSampleAdjoint;

struct GridSample : torch::autograd::Function<GridSample> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& picture, const at::Tensor& grid, int64_t mode, int64_t padding, bool align) {
        context->save_for_backward({grid});
        context->saved_data["sampling"] = std::vector<int64_t>{mode, padding, align, picture.size(0), picture.size(1), picture.size(2), picture.size(3)};
        return at::grid_sampler(picture, grid, mode, padding, align);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients);
};

struct GridSampleAdjoint : torch::autograd::Function<GridSampleAdjoint> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& gradient, const at::Tensor& grid, std::vector<int64_t> sampling) {
        context->save_for_backward({grid});
        context->saved_data["sampling"] = sampling;
        // Only the shape of the picture matters to its gradient.
        auto like = at::zeros({1}, gradient.options()).expand({sampling[3], sampling[4], sampling[5], sampling[6]});
        return std::get<0>(at::grid_sampler_2d_backward(gradient.contiguous(), like, grid, sampling[0], sampling[1], sampling[2] != 0, {true, false}));
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        auto sampling = context->saved_data["sampling"].toIntVector();
        auto grid = context->get_saved_variables()[0];
        return {GridSample::apply(gradients[0], grid, sampling[0], sampling[1], sampling[2] != 0), at::Tensor(), at::Tensor()};
    }
};

variable_list GridSample::backward(AutogradContext* context, variable_list gradients) {
    auto grid = context->get_saved_variables()[0];
    auto result = GridSampleAdjoint::apply(gradients[0], grid, context->saved_data["sampling"].toIntVector());
    return {result, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
}

}  // namespace

// mode: 0 bilinear, 1 nearest. padding: 0 zeros, 1 border, 2 reflection. A grid that needs a gradient takes libtorch's own, once differentiable.
SMIRK_EXPORT smirk_torch_grid_sample(Handle a, Handle grid, int32_t mode, int32_t padding, int32_t align_corners, Handle* out) {
    return guarded([&] {
        *out = give(grid->requires_grad() ? at::grid_sampler(*a, *grid, mode, padding, align_corners != 0)
                                          : GridSample::apply(*a, *grid, mode, padding, align_corners != 0));
    });
}
