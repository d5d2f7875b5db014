// Operations on planes of pixels [N, C, H, W], all twice differentiable.
#include "geometry.h"

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_pixel_shuffle(Handle a, int64_t factor, Handle* out) {
    return computed([&] {
        check_pictures("the input of a pixel shuffle", a->sizes());
        check_step("the factor of a pixel shuffle", factor, 1);
        require(a->size(1) % (factor * factor) == 0, "a pixel shuffle by ", factor, " takes a multiple of ", factor * factor,
                " channels, not ", a->sizes());
        *out = give(at::pixel_shuffle(*a, factor));
    });
}

SMIRK_EXPORT int32_t smirk_torch_pixel_unshuffle(Handle a, int64_t factor, Handle* out) {
    return computed([&] {
        check_pictures("the input of a pixel unshuffle", a->sizes());
        check_step("the factor of a pixel unshuffle", factor, 1);
        require(a->size(2) % factor == 0 && a->size(3) % factor == 0, "a pixel unshuffle by ", factor,
                " takes sides that are multiples of ", factor, ", not ", a->sizes());
        *out = give(at::pixel_unshuffle(*a, factor));
    });
}

// edges: left, right, top, bottom, ... from the last dimension on. mode: 0 constant (negative edges cut), 1 reflection, 2 replication.
SMIRK_EXPORT int32_t smirk_torch_pad(Handle a, const int64_t* edges, int32_t count, int32_t mode, double value, Handle* out) {
    return computed([&] {
        const auto sizes = shape(edges, count);
        require(mode >= 0 && mode <= 2, "there is no padding mode ", mode, ": expected 0, 1 or 2");
        require(mode == 0 ? count % 2 == 0 && count <= 2 * a->dim() : count == 4, "padding takes two edges for each dimension of ",
                a->sizes(), mode == 0 ? "" : ", here 4", ", not ", count);
        if (mode != 0) check_pictures("the input of reflection or replication", a->sizes());
        auto padded = a->sizes().vec();
        for (int32_t i = 0; i < count; i++) {
            check_step("an edge of padding", edges[i], mode == 0 ? -longest_step : 0);
            auto& size = padded[padded.size() - 1 - i / 2];
            require(mode != 1 || edges[i] < a->size(-1 - i / 2), "reflection needs a picture larger than its padding: ", sizes, " on ",
                    a->sizes());
            size += edges[i];
        }
        check_count("a padded tensor", padded);
        *out = give(mode == 0   ? at::constant_pad_nd(*a, sizes, value)
                    : mode == 1 ? at::reflection_pad2d(*a, sizes)
                                : at::replication_pad2d(*a, sizes));
    });
}

SMIRK_EXPORT int32_t smirk_torch_avg_pool2d(Handle a, int64_t kernel, int64_t stride, int64_t padding, Handle* out) {
    return computed([&] {
        check_pictures("the input of average pooling", a->sizes());
        check_step("the window of average pooling", kernel, 1);
        check_step("the stride of average pooling", stride, 1);
        check_step("the padding of average pooling", padding, 0);
        require(padding <= kernel / 2, "the padding of average pooling must be at most half its window of ", kernel, ", not ", padding);
        for (const int64_t size : {a->size(2), a->size(3)}) places("average pooling", size, kernel, {stride, padding});
        *out = give(at::avg_pool2d(*a, {kernel, kernel}, {stride, stride}, {padding, padding}, false, /*count_include_pad=*/false));
    });
}

SMIRK_EXPORT int32_t smirk_torch_interpolate(Handle a, int64_t height, int64_t width, int32_t bilinear, Handle* out) {
    return computed([&] {
        check_pictures("the input of interpolation", a->sizes());
        check_step("the height of interpolation", height, 1);
        check_step("the width of interpolation", width, 1);
        check_count("the output of interpolation", {a->size(0), a->size(1), height, width});
        const int64_t size[] = {height, width};
        *out = give(bilinear ? at::upsample_bilinear2d(*a, size, /*align_corners=*/false) : at::upsample_nearest2d(*a, size));
    });
}

SMIRK_EXPORT int32_t smirk_torch_affine_grid(Handle theta, const int64_t* sizes, int32_t dims, int32_t align_corners, Handle* out) {
    return computed([&] {
        const auto pictures = shape(sizes, dims);
        check_pictures("the pictures of a grid", pictures);
        check_step("the height of a grid", pictures[2], 1);
        check_step("the width of a grid", pictures[3], 1);
        const int64_t maps[] = {pictures[0], 2, 3};
        require(theta->sizes() == at::IntArrayRef(maps), "a grid for ", pictures, " takes maps of ", at::IntArrayRef(maps), ", not ",
                theta->sizes());
        *out = give(at::affine_grid_generator(*theta, pictures, align_corners != 0));
    });
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Sampling is linear in the picture, but libtorch differentiates it only once. This map and its adjoint are each other's derivatives,
// so that gradients of gradients (R1 through augmentation) work. The grid gets no gradient here.
struct GridSampleAdjoint;

struct GridSample : torch::autograd::Function<GridSample> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& picture, const at::Tensor& grid, int64_t mode, int64_t padding,
                              bool align) {
        context->save_for_backward({grid});
        context->saved_data["sampling"] =
            std::vector<int64_t>{mode, padding, align, picture.size(0), picture.size(1), picture.size(2), picture.size(3)};
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
        return std::get<0>(
            at::grid_sampler_2d_backward(gradient.contiguous(), like, grid, sampling[0], sampling[1], sampling[2] != 0, {true, false}));
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

// mode: 0 bilinear, 1 nearest. padding: 0 zeros, 1 border, 2 reflection. A grid that needs a gradient goes through libtorch's own sampling,
// which is differentiable once.
SMIRK_EXPORT int32_t smirk_torch_grid_sample(Handle a, Handle grid, int32_t mode, int32_t padding, int32_t align_corners, Handle* out) {
    return computed([&] {
        check_pictures("the pictures to sample", a->sizes());
        require(grid->dim() == 4 && grid->size(0) == a->size(0) && grid->size(1) >= 1 && grid->size(2) >= 1 && grid->size(3) == 2,
                "sampling ", a->sizes(), " takes a grid [", a->size(0), ", OH, OW, 2], not ", grid->sizes());
        require(mode == 0 || mode == 1, "there is no sampling mode ", mode, ": expected 0 or 1");
        require(padding >= 0 && padding <= 2, "there is no padding ", padding, " for sampling: expected 0, 1 or 2");
        *out = give(grid->requires_grad() ? at::grid_sampler(*a, *grid, mode, padding, align_corners != 0)
                                          : GridSample::apply(*a, *grid, mode, padding, align_corners != 0));
    });
}
