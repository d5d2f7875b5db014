// Updates of all parameters in one call.
#include "direct/kernels.h"
#include "tensor.h"

using namespace smirk;

namespace {

struct AdamSettings {
    double rate, beta1, beta2, eps, decay;
    int64_t step;
    bool clip;
};

// Parameters that one thread works on at a time.
constexpr int64_t part = 16384;

// What a step is divided by: how much larger the gradients of a tensor are than is usual of them, by their root mean square; at least 1. In
// parts of fixed size, so that the number of threads changes nothing.
float clip_cpu(const direct::Kernels& k, const float* p, const float* g, const float* v, int64_t count,
               const direct::AdamFactors& factors) {
    std::vector<float> sums(static_cast<size_t>((count + part - 1) / part));
    at::parallel_for(0, static_cast<int64_t>(sums.size()), 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const int64_t first = i * part;
            sums[static_cast<size_t>(i)] = k.adam_surprise(p + first, g + first, v + first, std::min(part, count - first), factors);
        }
    });
    double whole = 0;
    for (const float sum : sums) whole += sum;
    return static_cast<float>(std::sqrt(std::max(1.0, whole / static_cast<double>(count))));
}

void adam_cpu(const direct::Kernels& k, at::Tensor& parameter, const at::Tensor& gradient, at::Tensor& first, at::Tensor& second,
              const AdamSettings& s) {
    if (parameter.numel() == 0) return;
    // All four must have their numbers in the same order.
    auto grad = gradient;
    if (grad.strides() != parameter.strides()) grad = at::empty_like(parameter).copy_(gradient);
    float* p = parameter.data_ptr<float>();
    const float* g = grad.data_ptr<float>();
    float* m = first.data_ptr<float>();
    float* v = second.data_ptr<float>();
    direct::AdamFactors factors{static_cast<float>(s.beta1),
                                static_cast<float>(1 - s.beta1),
                                static_cast<float>(s.beta2),
                                static_cast<float>(1 - s.beta2),
                                static_cast<float>(s.rate / (1 - std::pow(s.beta1, s.step))),
                                static_cast<float>(s.eps),
                                static_cast<float>(s.decay),
                                static_cast<float>(1 / std::sqrt(1 - std::pow(s.beta2, s.step)))};
    if (s.clip) factors.rate /= clip_cpu(k, p, g, v, parameter.numel(), factors);
    at::parallel_for(0, parameter.numel(), part,
                     [&](int64_t begin, int64_t end) { k.adam(p + begin, g + begin, m + begin, v + begin, end - begin, factors); });
    // libtorch didn't see the change: graphs that hold the old values have to notice it.
    for (auto* changed : {&parameter, &first, &second}) changed->unsafeGetTensorImpl()->bump_version();
}

void adam_foreach(std::vector<at::Tensor>& parameters, std::vector<at::Tensor>& gradients, std::vector<at::Tensor>& first,
                  std::vector<at::Tensor>& second, const AdamSettings& s) {
    if (s.decay != 0) gradients = at::_foreach_add(gradients, parameters, s.decay);
    at::_foreach_mul_(first, s.beta1);
    at::_foreach_add_(first, gradients, 1 - s.beta1);
    at::_foreach_mul_(second, s.beta2);
    at::_foreach_addcmul_(second, gradients, gradients, 1 - s.beta2);
    auto scale = at::_foreach_sqrt(second);
    at::_foreach_div_(scale, std::sqrt(1 - std::pow(s.beta2, s.step)));
    std::vector<at::Tensor> surprise;  // as clip_cpu has it
    for (size_t i = 0; s.clip && i < scale.size(); i++)
        surprise.push_back(gradients[i].square().div_(scale[i].square().add_(s.eps * s.eps)).mean().clamp_min_(1).sqrt_());
    at::_foreach_add_(scale, s.eps);
    for (size_t i = 0; i < surprise.size(); i++) scale[i].mul_(surprise[i]);
    at::_foreach_addcdiv_(parameters, first, scale, -s.rate / (1 - std::pow(s.beta1, s.step)));
}

bool plain(const at::Tensor& parameter, const at::Tensor& first, const at::Tensor& second) {
    const auto fits = [&](const at::Tensor& t) {
        return t.is_cpu() && t.scalar_type() == at::kFloat && t.is_non_overlapping_and_dense() && t.strides() == parameter.strides();
    };
    return fits(parameter) && fits(first) && fits(second);
}

}  // namespace

// One step of Adam with the gradients that the parameters hold; a parameter without one stays as it is. `clip` makes a tensor's step as
// much smaller as its gradients are larger than usual (update clipping: Shazeer and Stern 2018; with Adam Wortsman et al. 2023,
// "StableAdamW").
SMIRK_EXPORT int32_t smirk_torch_adam(const Handle* parameters, const Handle* firsts, const Handle* seconds, int32_t count, double rate,
                                      double beta1, double beta2, double eps, double decay, int64_t step, int32_t clip) {
    return computed([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("adam", {});
        require(count >= 0 && step >= 1, "Adam takes 0 or more parameters and a step from 1 on, not ", count, " and ", step);
        const AdamSettings settings{rate, beta1, beta2, eps, decay, step, clip != 0};
        std::vector<at::Tensor> parameter, gradient, first, second;
        for (int32_t i = 0; i < count; i++) {
            const auto& sizes = parameters[i]->sizes();
            if (!parameters[i]->grad().defined()) continue;
            require(firsts[i]->sizes() == sizes && seconds[i]->sizes() == sizes && parameters[i]->grad().sizes() == sizes,
                    "Adam takes a gradient and averages of the parameter's shape ", sizes, ", not ", parameters[i]->grad().sizes(), ", ",
                    firsts[i]->sizes(), " and ", seconds[i]->sizes());
            if (const auto* kernels = direct::kernels(); kernels && plain(*parameters[i], *firsts[i], *seconds[i])) {
                adam_cpu(*kernels, *parameters[i], parameters[i]->grad(), *firsts[i], *seconds[i], settings);
                continue;
            }
            parameter.push_back(*parameters[i]);
            gradient.push_back(parameters[i]->grad());
            first.push_back(*firsts[i]);
            second.push_back(*seconds[i]);
        }
        if (!parameter.empty()) adam_foreach(parameter, gradient, first, second, settings);
    });
}

// targets += weight (sources - targets): a moving average.
SMIRK_EXPORT int32_t smirk_torch_lerp_many(const Handle* targets, const Handle* sources, int32_t count, double weight) {
    return computed([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("average", {});
        for (int32_t i = 0; i < count; i++) {
            require(targets[i]->sizes() == sources[i]->sizes(), "can't average a tensor ", sources[i]->sizes(), " into ",
                    targets[i]->sizes());
            targets[i]->lerp_(*sources[i], weight);
        }
    });
}
