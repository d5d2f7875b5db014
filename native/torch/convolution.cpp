// The three maps as differentiable functions, and their exports.
#include "convolution.h"

#include "activation.h"
#include "direct/plan.h"
#include "pieces.h"

namespace smirk {

// The direct loops take single precision on the CPU; null leaves the rest to libtorch. The input's gradient stands in for libtorch's
// transposed convolution, which is slow on the CPU.
static const direct::Kernels* direct_for(const at::Tensor& a, const at::Tensor& b) {
    const bool fits =
        a.is_cpu() && b.is_cpu() && a.scalar_type() == at::kFloat && b.scalar_type() == at::kFloat && a.numel() > 0 && b.numel() > 0;
    return fits ? direct::kernels() : nullptr;
}

static direct::Finish finish_of(const at::Tensor& bias, double slope) {
    return {bias.defined() ? bias.data_ptr<float>() : nullptr, static_cast<float>(slope)};
}

// The name in a profile (profile.cpp); it is only made while one is being taken.
static std::string described(const char* map, const at::Tensor& a, const at::Tensor& b) {
    return c10::str("convolution ", map, " ", a.sizes(), " ", b.sizes());
}

static at::Tensor compute_forward(const at::Tensor& x, const at::Tensor& w, const at::Tensor& bias, Geometry g, double slope) {
    RECORD_FUNCTION(described("forward", x, w), {});
    if (auto kernels = direct_for(x, w)) return direct::forward(*kernels, x, w, g, finish_of(bias, slope));
    return activated(at::conv2d(x, w, bias, g.stride, g.padding), slope);
}

static at::Tensor compute_input(const at::Tensor& g, const at::Tensor& w, const at::Tensor& bias, Geometry geometry, double slope,
                                int64_t height, int64_t width) {
    RECORD_FUNCTION(described("input", g, w), {});
    const bool gaps = w.size(2) < geometry.stride || w.size(3) < geometry.stride;
    auto kernels = direct_for(g, w);
    if (kernels && !gaps) return direct::input_gradient(*kernels, g, w, geometry, height, width, finish_of(bias, slope));
    at::Tensor x;
    if (kernels) {
        x = direct::input_gradient(*kernels, g, w, geometry, height, width, {});
    } else {
        auto like = at::empty({1}, g.options()).expand({g.size(0), w.size(1), height, width});
        x = std::get<0>(
            at::convolution_backward(g, like, w, c10::nullopt, geometry.stride, geometry.padding, 1, false, 0, 1, {true, false, false}));
    }
    return activated(bias.defined() ? x.add(bias.view({1, -1, 1, 1})) : x, slope);
}

static at::Tensor compute_weight(const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width) {
    RECORD_FUNCTION(described("weight", g, x), {});
    if (auto kernels = direct_for(g, x)) return direct::weight_gradient(*kernels, g, x, geometry, kernel_height, kernel_width);
    auto like = at::empty({1}, g.options()).expand({g.size(1), x.size(1), kernel_height, kernel_width});
    // With AVX2 and no AVX-512, the oneDNN of libtorch 1.13 writes past its memory for pictures in channels-last order and a 1x1 kernel
    // with a stride.
    const bool harmful = g.is_cpu() && kernel_height == 1 && kernel_width == 1 && geometry.stride > 1;
    const auto gradient = harmful ? g.contiguous() : g, source = harmful ? x.contiguous() : x;
    return std::get<1>(at::convolution_backward(gradient, source, like, c10::nullopt, geometry.stride, geometry.padding, 1, false, 0, 1,
                                                {false, true, false}));
}

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

Geometry geometry_of(AutogradContext* context) { return {context->saved_data["stride"].toInt(), context->saved_data["padding"].toInt()}; }

void keep(AutogradContext* context, variable_list tensors, int64_t stride, int64_t padding, double slope = 1) {
    context->save_for_backward(std::move(tensors));
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    context->saved_data["slope"] = slope;
}

// libtorch takes no undefined tensor as a function's input, and doesn't count an absent one.
using Bias = c10::optional<at::Tensor>;

bool wants_bias(AutogradContext* context) { return context->saved_data["bias"].toBool() && context->needs_input_grad(2); }

// The gradients before the activation: of what is activated, and of the bias where it is wanted.
struct Before {
    at::Tensor gradient, of_bias;
};

// From the gradient after it. y is the activation's output; the second derivative of a leaky ReLU is 0, so y counts as a constant.
Before before_activation(AutogradContext* context, const at::Tensor& after, const at::Tensor& y) {
    const double slope = context->saved_data["slope"].toDouble();
    const auto of_bias = [&](const at::Tensor& g) { return wants_bias(context) ? g.sum({0, 2, 3}) : at::Tensor(); };
    if (slope == 1) return {after, of_bias(after)};

    // Operations on tensors of two different orders of memory are slow.
    const auto g = after.contiguous(y.suggest_memory_format());
    const auto* k = direct::kernels();
    if (!k || at::GradMode::is_enabled() || !wants_bias(context) || !lies_by_pixels(g) || !lies_by_pixels(y)) {
        const auto gradient = at::leaky_relu_backward(g, y.detach(), slope, /*self_is_result=*/true);
        return {gradient, of_bias(gradient)};
    }

    // Both in one pass.
    RECORD_FUNCTION("activation backward", std::vector<c10::IValue>{y});
    const auto all = pixels_of(y);
    auto gradient = at::empty_like(y), bias = at::empty({all.channels}, y.options());
    const float *from = g.data_ptr<float>(), *result = y.data_ptr<float>();
    const auto sums = summed(all, [&](int64_t first, int64_t pixels, float* to) {
        const int64_t at = first * all.channels;
        k->activation_gradient(result + at, from + at, pixels, all.channels, static_cast<float>(slope), gradient.data_ptr<float>() + at,
                               to);
    });
    std::copy(sums.first.begin(), sums.first.end(), bias.data_ptr<float>());
    return {gradient, bias};
}

struct Forward : torch::autograd::Function<Forward> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& w, const Bias& bias, int64_t stride,
                              int64_t padding, double slope) {
        auto y = compute_forward(x, w, bias.value_or(at::Tensor()), {stride, padding}, slope);
        keep(context, slope == 1 ? variable_list{x, w} : variable_list{x, w, y}, stride, padding, slope);
        context->saved_data["bias"] = bias.has_value();
        return y;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &x = saved[0], &w = saved[1];
        const auto [g, of_bias] = before_activation(context, gradients[0], saved.back());
        at::Tensor of_x, of_w;
        if (context->needs_input_grad(0)) of_x = input_gradient(g, w, geometry_of(context), x.size(2), x.size(3));
        if (context->needs_input_grad(1)) of_w = weight_gradient(g, x, geometry_of(context), w.size(2), w.size(3));
        return {of_x, of_w, of_bias, at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

struct InputGradient : torch::autograd::Function<InputGradient> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& g, const at::Tensor& w, const Bias& bias, int64_t stride,
                              int64_t padding, double slope, int64_t height, int64_t width) {
        auto x = compute_input(g, w, bias.value_or(at::Tensor()), {stride, padding}, slope, height, width);
        keep(context, slope == 1 ? variable_list{g, w} : variable_list{g, w, x}, stride, padding, slope);
        context->saved_data["bias"] = bias.has_value();
        return x;
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &g = saved[0], &w = saved[1];
        const auto [gx, of_bias] = before_activation(context, gradients[0], saved.back());
        at::Tensor of_g, of_w;
        if (context->needs_input_grad(0)) of_g = convolve(gx, w, geometry_of(context));
        if (context->needs_input_grad(1)) of_w = weight_gradient(g, gx, geometry_of(context), w.size(2), w.size(3));
        return {of_g, of_w, of_bias, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

struct WeightGradient : torch::autograd::Function<WeightGradient> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& g, const at::Tensor& x, int64_t stride, int64_t padding,
                              int64_t height, int64_t width) {
        keep(context, {g, x}, stride, padding);
        return compute_weight(g, x, {stride, padding}, height, width);
    }
    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const auto &g = saved[0], &x = saved[1], &gw = gradients[0];
        at::Tensor of_g, of_x;
        if (context->needs_input_grad(0)) of_g = convolve(x, gw, geometry_of(context));
        if (context->needs_input_grad(1)) of_x = input_gradient(g, gw, geometry_of(context), x.size(2), x.size(3));
        return {of_g, of_x, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

}  // namespace

static Bias bias_of(const at::Tensor& bias) { return bias.defined() ? Bias(bias) : c10::nullopt; }

at::Tensor convolve(const at::Tensor& x, const at::Tensor& w, Geometry g, const at::Tensor& bias, double slope) {
    return Forward::apply(x, w, bias_of(bias), g.stride, g.padding, slope);
}

at::Tensor input_gradient(const at::Tensor& g, const at::Tensor& w, Geometry geometry, int64_t height, int64_t width,
                          const at::Tensor& bias, double slope) {
    return InputGradient::apply(g, w, bias_of(bias), geometry.stride, geometry.padding, slope, height, width);
}

at::Tensor weight_gradient(const at::Tensor& g, const at::Tensor& x, Geometry geometry, int64_t kernel_height, int64_t kernel_width) {
    return WeightGradient::apply(g, x, geometry.stride, geometry.padding, kernel_height, kernel_width);
}

static at::Tensor checked_bias(Handle bias, const at::Tensor& x, int64_t channels) {
    if (!bias) return {};
    require(bias->dim() == 1 && bias->size(0) == channels, "the bias of ", channels, " channels must be [", channels, "], not ",
            bias->sizes());
    require(bias->scalar_type() == x.scalar_type() && bias->device() == x.device(),
            "the bias of a convolution must be of the input's type and device, ", x.scalar_type(), " on ", x.device(), ", not ",
            bias->scalar_type(), " on ", bias->device());
    return bias->contiguous();
}

// The sizes of a weight [K, C, R, S] that isn't there yet.
static Sides convolved(const at::Tensor& x, int64_t outputs, int64_t kernel_height, int64_t kernel_width, Geometry geometry) {
    const int64_t w[] = {outputs, x.size(1), kernel_height, kernel_width};
    return convolved(x.sizes(), w, geometry);
}

}  // namespace smirk

using namespace smirk;

// slope: that of the leaky ReLU that follows, 1 for none.
SMIRK_EXPORT int32_t smirk_torch_conv2d(Handle x, Handle weight, Handle bias, int64_t stride, int64_t padding, double slope, Handle* out) {
    return computed([&] {
        const Geometry geometry{stride, padding};
        convolved(x->sizes(), weight->sizes(), geometry);
        check_slope(slope);
        *out = give(convolve(*x, *weight, geometry, checked_bias(bias, *x, weight->size(0)), slope));
    });
}

// weight [C, K, R, S] as PyTorch's ConvTranspose2d holds it: C of the input, K of the output.
SMIRK_EXPORT int32_t smirk_torch_conv_transpose2d(Handle x, Handle weight, Handle bias, int64_t stride, int64_t padding,
                                                  int64_t output_padding, double slope, Handle* out) {
    return computed([&] {
        const Geometry geometry{stride, padding};
        const auto [height, width] = unconvolved(x->sizes(), weight->sizes(), geometry, output_padding);
        check_slope(slope);
        *out = give(input_gradient(*x, *weight, geometry, height, width, checked_bias(bias, *x, weight->size(1)), slope));
    });
}

// For tests and benchmarks: "avx512", "avx2", "none" (libtorch's own convolutions), or "" for the best. *found is 0 when this processor
// lacks it.
SMIRK_EXPORT int32_t smirk_torch_choose_kernels(const char* name, int32_t* found) {
    return computed([&] {
        require(name, "no kernels are named");
        *found = direct::choose(name);
    });
}

// For tests and benchmarks: one of the maps by itself, without autograd. 0 is forward (x, w), 1 the input's gradient (g, w), 2 the weights'
// gradient (g, x). height and width are the input's for 1 and the kernel's for 2.
SMIRK_EXPORT int32_t smirk_torch_convolution_map(int32_t map, Handle a, Handle b, int64_t stride, int64_t padding, int64_t height,
                                                 int64_t width, Handle* out) {
    return computed([&] {
        at::NoGradGuard no_grad;
        const Geometry geometry{stride, padding};
        require(map >= 0 && map <= 2, "there is no map ", map, " of a convolution: expected 0, 1 or 2");
        if (map == 0) {
            convolved(a->sizes(), b->sizes(), geometry);
            *out = give(compute_forward(*a, *b, {}, geometry, 1));
            return;
        }
        check_pictures("the gradient of a convolution's output", a->sizes());
        check_pictures(map == 1 ? "a weight" : "the input of a convolution", b->sizes());
        const int64_t input[] = {a->size(0), b->size(1), height, width};
        const auto expected = map == 1 ? convolved(input, b->sizes(), geometry) : convolved(*b, a->size(1), height, width, geometry);
        require(sides_of(*a) == expected && a->size(map == 1 ? 1 : 0) == b->size(0), "a gradient of ", a->sizes(), " doesn't go with ",
                b->sizes(), ": expected ", expected, " pixels");
        *out = give(map == 1 ? compute_input(*a, *b, {}, geometry, 1, height, width) : compute_weight(*a, *b, geometry, height, width));
    });
}
