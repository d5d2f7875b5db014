// Updates of all parameters in one call.
#include "common.h"

using namespace smirk;

namespace {

struct AdamSettings {
    double rate, beta1, beta2, eps, decay;
    int64_t step;
};

void adam_cpu(at::Tensor& parameter, const at::Tensor& gradient, at::Tensor& first, at::Tensor& second, const AdamSettings& s) {
    const auto grad = gradient.contiguous();
    float* p = parameter.data_ptr<float>();
    const float* g = grad.data_ptr<float>();
    float* m = first.data_ptr<float>();
    float* v = second.data_ptr<float>();
    const float b1 = static_cast<float>(s.beta1), b2 = static_cast<float>(s.beta2), c1 = static_cast<float>(1 - s.beta1), c2 = static_cast<float>(1 - s.beta2);
    const float rate = static_cast<float>(s.rate / (1 - std::pow(s.beta1, s.step))), eps = static_cast<float>(s.eps), decay = static_cast<float>(s.decay);
    const float unbias = static_cast<float>(1 / std::sqrt(1 - std::pow(s.beta2, s.step)));
    at::parallel_for(0, parameter.numel(), 16384, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
            const float d = g[i] + decay * p[i];
            m[i] = b1 * m[i] + c1 * d;
            v[i] = b2 * v[i] + c2 * d * d;
            p[i] -= rate * m[i] / (std::sqrt(v[i]) * unbias + eps);
        }
    });
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

bool plain(const at::Tensor& tensor) { return tensor.is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_contiguous(); }

}  // namespace

// One step of Adam over the gradients that the parameters hold; one without a gradient is left as it is.
SMIRK_EXPORT smirk_torch_adam(const Handle* parameters, const Handle* firsts, const Handle* seconds, int32_t count, double rate, double beta1, double beta2,
                              double eps, double decay, int64_t step) {
    return guarded([&] {
        at::NoGradGuard no_grad;
        const AdamSettings settings{rate, beta1, beta2, eps, decay, step};
        std::vector<at::Tensor> parameter, gradient, first, second;
        for (int32_t i = 0; i < count; i++) {
            if (!parameters[i]->grad().defined()) continue;
            if (plain(*parameters[i]) && plain(*firsts[i]) && plain(*seconds[i])) {
                adam_cpu(*parameters[i], parameters[i]->grad(), *firsts[i], *seconds[i], settings);
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
        for (int32_t i = 0; i < count; i++) targets[i]->lerp_(*sources[i], weight);
    });
}
