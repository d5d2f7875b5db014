// Updates of all parameters in one call.
#include "common.h"
#include "direct/kernels.h"

using namespace smirk;

namespace {

struct AdamSettings {
    double rate, beta1, beta2, eps, decay;
    int64_t step;
};

void adam_cpu(const direct::Kernels& k, at::Tensor& parameter, const at::Tensor& gradient, at::Tensor& first, at::Tensor& second, const AdamSettings& s) {
    // Numbers that belong together must lie at the same place of all four.
    auto grad = gradient;
    if (grad.strides() != parameter.strides()) grad = at::empty_like(parameter).copy_(gradient);
    float* p = parameter.data_ptr<float>();
    const float* g = grad.data_ptr<float>();
    float* m = first.data_ptr<float>();
    float* v = second.data_ptr<float>();
    const direct::AdamFactors factors{static_cast<float>(s.beta1), static_cast<float>(1 - s.beta1), static_cast<float>(s.beta2), static_cast<float>(1 - s.beta2),
                              static_cast<float>(s.rate / (1 - std::pow(s.beta1, s.step))), static_cast<float>(s.eps), static_cast<float>(s.decay),
                              static_cast<float>(1 / std::sqrt(1 - std::pow(s.beta2, s.step)))};
    at::parallel_for(0, parameter.numel(), 16384, [&](int64_t begin, int64_t end) { k.adam(p + begin, g + begin, m + begin, v + begin, end - begin, factors); });
    // Written behind libtorch's back: graphs that still hold the old values have to notice.
    for (auto* changed : {&parameter, &first, &second}) changed->unsafeGetTensorImpl()->bump_version();
}

void adam_foreach(std::vector<at::Tensor>& parameters, std::vector<at::Tensor>& gradients, std::vector<at::Tensor>& first, std::vector<at::Tensor>& second,
                  const AdamSettings& s) {
    if (s.decay != 0) gradients = at::_foreach_add(gradients, parameters, s.decay);
    at::_foreach_mul_(first, s.beta1);
    at::_foreach_add_(first, gradients, 1 - s.beta1);
    at::_foreach_mul_(second, s.beta2);
    at::_foreach_addcmul_(second, gradients, gradients, 1 - s.beta2);
    auto scale = at::_foreach_sqrt(second);
    at::_foreach_div_(scale, std::sqrt(1 - std::pow(s.beta2, s.step)));
    at::_foreach_add_(scale, s.eps);
    at::_foreach_addcdiv_(parameters, first, scale, -s.rate / (1 - std::pow(s.beta1, s.step)));
}

bool plain(const at::Tensor& parameter, const at::Tensor& first, const at::Tensor& second) {
    const auto fits = [&](const at::Tensor& t) {
        return t.is_cpu() && t.scalar_type() == at::kFloat && t.is_non_overlapping_and_dense() && t.strides() == parameter.strides();
    };
    return fits(parameter) && fits(first) && fits(second);
}

}  // namespace

// One step of Adam over the gradients that the parameters hold; one without a gradient is left as it is.
SMIRK_EXPORT smirk_torch_adam(const Handle* parameters, const Handle* firsts, const Handle* seconds, int32_t count, double rate, double beta1, double beta2,
                              double eps, double decay, int64_t step) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("adam", {});
        const AdamSettings settings{rate, beta1, beta2, eps, decay, step};
        std::vector<at::Tensor> parameter, gradient, first, second;
        for (int32_t i = 0; i < count; i++) {
            if (!parameters[i]->grad().defined()) continue;
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

// targets += weight (sources - targets), as an average over time needs it.
SMIRK_EXPORT smirk_torch_lerp_many(const Handle* targets, const Handle* sources, int32_t count, double weight) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        RECORD_FUNCTION("average", {});
        for (int32_t i = 0; i < count; i++) targets[i]->lerp_(*sources[i], weight);
    });
}
