// Batch normalisation with the leaky ReLU that follows it; training updates the running statistics in place. Single precision on the CPU in
// channels-last order has loops of its own, one pass for sums and one for the result, forward and backward. The rest goes to libtorch.
// Where several processes train one network, each with a part of the batch, the statistics are those of the whole batch: sums go through
// all processes on their way, forward and backward.
#include "activation.h"
#include "direct/kernels.h"
#include "group.h"
#include "pieces.h"

using namespace smirk;

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Of each channel: z = x scale + shift.
struct Factors {
    std::vector<float> scale, shift;
    direct::Channels with(float slope) const { return {static_cast<int64_t>(scale.size()), scale.data(), shift.data(), slope}; }
};

Factors factors_of(const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& mean, const at::Tensor& inverse) {
    const int64_t channels = weight.numel();
    Factors f{std::vector<float>(channels), std::vector<float>(channels)};
    const float *w = weight.data_ptr<float>(), *b = bias.data_ptr<float>(), *m = mean.data_ptr<float>(), *s = inverse.data_ptr<float>();
    for (int64_t c = 0; c < channels; c++) {
        f.scale[c] = w[c] * s[c];
        f.shift[c] = b[c] - m[c] * f.scale[c];
    }
    return f;
}

// Sums of x and of its square over the pixels of all processes, from deviations from the first pixel of this one's.
struct Whole {
    double count;
    std::vector<double> first, second;
};

Whole over_all(Group& group, const Pixels& all, const Moments& sums, const float* source) {
    const int64_t channels = all.channels;
    std::vector<double> numbers(2 * channels + 1);
    const double own = static_cast<double>(all.count);
    for (int64_t c = 0; c < channels; c++) {
        const double from = source[c];
        numbers[c] = sums.first[c] + own * from;
        numbers[channels + c] = sums.second[c] + 2 * from * sums.first[c] + own * from * from;
    }
    numbers[2 * channels] = own;
    group.sum(numbers);
    return {numbers.back(), {numbers.begin(), numbers.begin() + channels}, {numbers.begin() + channels, numbers.end() - 1}};
}

struct Normalise : torch::autograd::Function<Normalise> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              const at::Tensor& running_mean, const at::Tensor& running_variance, double momentum, double eps, double slope,
                              Group* group) {
        RECORD_FUNCTION("normalise", std::vector<c10::IValue>{x});
        const auto& k = *direct::kernels();
        const auto all = pixels_of(x);
        const float* source = x.data_ptr<float>();
        auto mean = at::empty({all.channels}, x.options()), inverse = at::empty({all.channels}, x.options());

        // Deviations from the first pixel: close enough to the mean for their squares to lose nothing.
        const auto sums = summed(all, [&](int64_t first, int64_t pixels, float* to) {
            k.sum_squares(source + first * all.channels, pixels, all.channels, source, to);
        });
        const auto whole = group ? over_all(*group, all, sums, source) : Whole{static_cast<double>(all.count), {}, {}};
        const double count = whole.count;
        for (int64_t c = 0; c < all.channels; c++) {
            const auto& [first, second] = group ? std::tie(whole.first[c], whole.second[c]) : std::tie(sums.first[c], sums.second[c]);
            const double offset = first / count, variance = std::max(0.0, second / count - offset * offset);
            const double middle = group ? offset : source[c] + offset;
            mean.data_ptr<float>()[c] = static_cast<float>(middle);
            inverse.data_ptr<float>()[c] = static_cast<float>(1 / std::sqrt(variance + eps));
            float &m = running_mean.data_ptr<float>()[c], &v = running_variance.data_ptr<float>()[c];
            m = static_cast<float>(m + momentum * (middle - m));
            v = static_cast<float>(v + momentum * (variance * count / std::max(1.0, count - 1) - v));
        }
        for (const auto* changed : {&running_mean, &running_variance}) changed->unsafeGetTensorImpl()->bump_version();

        const auto f = factors_of(weight, bias, mean, inverse);
        auto y = at::empty_like(x);
        each_piece(all, [&](int64_t first, int64_t pixels) {
            const int64_t at = first * all.channels;
            k.normalise(source + at, pixels, f.with(static_cast<float>(slope)), y.data_ptr<float>() + at);
        });
        context->save_for_backward({x, weight, bias, mean, inverse});
        context->saved_data["eps"] = eps;
        context->saved_data["slope"] = slope;
        context->saved_data["group"] = reinterpret_cast<int64_t>(group);
        return y;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const double slope = context->saved_data["slope"].toDouble(), eps = context->saved_data["eps"].toDouble();
        auto* group = reinterpret_cast<Group*>(context->saved_data["group"].toInt());
        const bool again = at::GradMode::is_enabled() || !direct::kernels();
        require(!again || !group, "gradients of gradients of a batch normalisation that several processes share");
        const auto g = gradients[0].contiguous(at::MemoryFormat::ChannelsLast);
        auto result = again ? differentiable(saved, g, eps, slope) : plain(saved, g, static_cast<float>(slope), group);
        result.resize(9);
        return result;
    }

    // For gradients of gradients: libtorch's own operations.
    static variable_list differentiable(const variable_list& saved, const at::Tensor& g, double eps, double slope) {
        const auto &x = saved[0], &weight = saved[1], &bias = saved[2];
        const at::Tensor none;
        const auto z = std::get<0>(at::native_batch_norm(x.detach(), weight.detach(), bias.detach(), none, none, true, 0, eps));
        const auto before = at::leaky_relu_backward(g, z, slope, /*self_is_result=*/false);
        const auto all = at::native_batch_norm_backward(before, x, weight, none, none, saved[3], saved[4], true, eps, {true, true, true});
        return {std::get<0>(all), std::get<1>(all), std::get<2>(all)};
    }

    static variable_list plain(const variable_list& saved, const at::Tensor& g, float slope, Group* group) {
        RECORD_FUNCTION("normalise backward", std::vector<c10::IValue>{saved[0]});
        const auto& k = *direct::kernels();
        const auto &x = saved[0], &weight = saved[1], &mean = saved[3], &inverse = saved[4];
        const auto all = pixels_of(x);
        const int64_t channels = all.channels;
        const auto f = factors_of(weight, saved[2], mean, inverse);
        const float *source = x.data_ptr<float>(), *from = g.data_ptr<float>();
        const auto sums = summed(all, [&](int64_t first, int64_t pixels, float* to) {
            k.sum_gradients(source + first * channels, from + first * channels, pixels, f.with(slope), mean.data_ptr<float>(), to);
        });

        // Weight and bias get what this process adds to their gradients, which are summed later; the pictures', what all add.
        std::vector<double> whole;
        if (group) {
            whole = sums.first;
            whole.insert(whole.end(), sums.second.begin(), sums.second.end());
            whole.push_back(static_cast<double>(all.count));
            group->sum(whole);
        }
        auto of_weight = at::empty_like(weight), of_bias = at::empty_like(weight);
        std::vector<float> slant(channels), lift(channels);
        const double count = group ? whole.back() : static_cast<double>(all.count);
        for (int64_t c = 0; c < channels; c++) {
            const double s = inverse.data_ptr<float>()[c], middle = mean.data_ptr<float>()[c];
            of_weight.data_ptr<float>()[c] = static_cast<float>(sums.second[c] * s);
            of_bias.data_ptr<float>()[c] = static_cast<float>(sums.first[c]);
            const double first = group ? whole[c] : sums.first[c], second = group ? whole[channels + c] : sums.second[c];
            const double tilt = f.scale[c] * second * s * s / count;
            slant[c] = static_cast<float>(tilt);
            lift[c] = static_cast<float>(f.scale[c] * first / count - tilt * middle);
        }
        auto of_x = at::empty_like(x);
        each_piece(all, [&](int64_t first, int64_t pixels) {
            const int64_t at = first * channels;
            k.normalise_gradient(source + at, from + at, pixels, f.with(slope), slant.data(), lift.data(), of_x.data_ptr<float>() + at);
        });
        return {of_x, of_weight, of_bias};
    }
};

// The same of libtorch's operations, on any device, where several processes share the batch.
struct SharedNormalise : torch::autograd::Function<SharedNormalise> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                              const at::Tensor& running_mean, const at::Tensor& running_variance, double momentum, double eps, double slope,
                              Group* group) {
        const int64_t channels = x.size(1);
        auto sums = of_all(*group, x, at::cat({over_pixels(x.to(at::kDouble)), over_pixels(x.to(at::kDouble).square())}));
        const double count = sums[2 * channels].item<double>();
        const auto mean = sums.narrow(0, 0, channels) / count;
        const auto variance = (sums.narrow(0, channels, channels) / count - mean.square()).clamp_min(0);
        running_mean.lerp_(mean.to(x.scalar_type()), momentum);
        running_variance.lerp_((variance * (count / std::max(1.0, count - 1))).to(x.scalar_type()), momentum);
        const auto inverse = (variance + eps).rsqrt();
        const auto normal = (x - along(x, mean.to(x.scalar_type()))) * along(x, inverse.to(x.scalar_type()));
        const auto z = normal * along(x, weight) + along(x, bias);
        context->save_for_backward({normal, z, weight, inverse.to(x.scalar_type())});
        context->saved_data["slope"] = slope;
        context->saved_data["group"] = reinterpret_cast<int64_t>(group);
        return slope == 1 ? z.clone() : at::leaky_relu(z, slope);
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        require(!at::GradMode::is_enabled(), "gradients of gradients of a batch normalisation that several processes share");
        const auto saved = context->get_saved_variables();
        const auto &normal = saved[0], &weight = saved[2];
        const double slope = context->saved_data["slope"].toDouble();
        auto& group = *reinterpret_cast<Group*>(context->saved_data["group"].toInt());
        const auto g = slope == 1 ? gradients[0] : at::leaky_relu_backward(gradients[0], saved[1], slope, false);
        const int64_t channels = weight.numel();
        const auto own = at::cat({over_pixels(g), over_pixels(g * normal)});
        const auto sums = of_all(group, g, own.to(at::kDouble));
        const auto means = (sums.narrow(0, 0, 2 * channels) / sums[2 * channels]).to(g.scalar_type());
        const auto of_x = along(g, weight * saved[3]) *
                          (g - along(g, means.narrow(0, 0, channels)) - normal * along(g, means.narrow(0, channels, channels)));
        variable_list result{of_x, own.narrow(0, channels, channels), own.narrow(0, 0, channels)};
        result.resize(9);
        return result;
    }

   private:
    static at::Tensor over_pixels(const at::Tensor& x) { return x.transpose(0, 1).flatten(1).sum(1); }

    static at::Tensor along(const at::Tensor& x, const at::Tensor& channels) {
        std::vector<int64_t> sizes(x.dim(), 1);
        sizes[1] = -1;
        return channels.view(sizes);
    }

    // Sums of all processes, and behind them how many pixels were summed.
    static at::Tensor of_all(Group& group, const at::Tensor& x, const at::Tensor& sums) {
        const auto count = at::full({1}, static_cast<double>(x.numel() / x.size(1)), at::kDouble);
        auto numbers = at::cat({sums.to(at::kCPU, at::kDouble), count});
        group.sum(numbers);
        return numbers.to(x.device());
    }
};

// Whether the loops take it; the rest goes to libtorch.
bool fits(const at::Tensor& x, Handle weight, Handle bias, Handle mean, Handle variance) {
    const auto plain = [&](Handle t) {
        return t && t->is_cpu() && t->scalar_type() == at::kFloat && t->is_contiguous() && t->numel() == x.size(1);
    };
    return direct::kernels() && lies_by_pixels(x) && plain(weight) && plain(bias) && plain(mean) && plain(variance);
}

}  // namespace

// slope: that of the leaky ReLU that follows; 0 is ReLU, 1 none. group: the processes that share the batch, or null.
SMIRK_EXPORT int32_t smirk_torch_batch_norm(Handle x, Handle weight, Handle bias, Handle mean, Handle variance, int32_t training,
                                            double momentum, double eps, double slope, Group* group, Handle* out) {
    return computed([&] {
        check_slope(slope);
        require(x->dim() >= 2 && x->size(1) >= 1, "batch normalisation takes [N, C, ...], not ", x->sizes());
        require(eps >= 0 && momentum >= 0 && momentum <= 1,
                "batch normalisation takes an eps of at least 0 and a momentum from 0 to 1, not ", eps, " and ", momentum);
        require(training || (mean && variance), "batch normalisation without training needs a running mean and variance");
        for (const Handle t : {weight, bias, mean, variance})
            require(!t || (t->dim() == 1 && t->size(0) == x->size(1)), "batch normalisation of ", x->size(1), " channels takes vectors [",
                    x->size(1), "], not ", t ? t->sizes() : at::IntArrayRef());
        if (training && fits(*x, weight, bias, mean, variance)) {
            *out = give(Normalise::apply(*x, *weight, *bias, *mean, *variance, momentum, eps, slope, group));
            return;
        }
        if (training && group) {
            require(weight && bias && mean && variance,
                    "a batch normalisation that several processes share needs a weight, a bias and "
                    "running statistics");
            *out = give(SharedNormalise::apply(*x, *weight, *bias, *mean, *variance, momentum, eps, slope, group));
            return;
        }
        *out = give(activated(
            at::batch_norm(*x, maybe(weight), maybe(bias), maybe(mean), maybe(variance), training != 0, momentum, eps, true), slope));
    });
}
