// Gradients: which tensors need one, backward, gradients of gradients, switching recording off.
#include "tensor.h"

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_requires_grad(Handle tensor, int32_t* result) {
    return computed([&] { *result = tensor->requires_grad(); });
}

SMIRK_EXPORT int32_t smirk_torch_set_requires_grad(Handle tensor, int32_t value) {
    return computed([&] { tensor->requires_grad_(value != 0); });
}

// A null handle when there is none.
SMIRK_EXPORT int32_t smirk_torch_grad(Handle tensor, Handle* out) {
    return computed([&] { *out = tensor->grad().defined() ? give(tensor->grad()) : nullptr; });
}

SMIRK_EXPORT int32_t smirk_torch_set_grad(Handle tensor, Handle gradient) {
    return computed([&] {
        require(!gradient || (gradient->sizes() == tensor->sizes() && gradient->scalar_type() == tensor->scalar_type() &&
                              gradient->device() == tensor->device()),
                "the gradient of a tensor ", tensor->sizes(), " must have its shape, type and device, not ",
                gradient ? gradient->sizes() : at::IntArrayRef());
        tensor->mutable_grad() = gradient ? *gradient : at::Tensor();
    });
}

SMIRK_EXPORT int32_t smirk_torch_clear_grads(const Handle* tensors, int32_t count) {
    return computed([&] {
        require(count >= 0, "a list of ", count, " tensors: expected 0 or more");
        for (int32_t i = 0; i < count; i++) tensors[i]->mutable_grad().reset();
    });
}

SMIRK_EXPORT int32_t smirk_torch_detach(Handle tensor, Handle* out) {
    return computed([&] { *out = give(tensor->detach()); });
}

SMIRK_EXPORT int32_t smirk_torch_backward(Handle output, Handle gradient, int32_t retain_graph) {
    return computed([&] { output->backward(gradient ? *gradient : at::Tensor(), retain_graph != 0, /*create_graph=*/false); });
}

// An input that the output doesn't depend on gets a null handle when allow_unused, else it is an error.
SMIRK_EXPORT int32_t smirk_torch_gradients(Handle output, Handle gradient, const Handle* inputs, int32_t count, int32_t retain_graph,
                                           int32_t create_graph, int32_t allow_unused, Handle* out) {
    return computed([&] {
        torch::autograd::variable_list seeds;
        if (gradient) seeds.push_back(*gradient);
        auto results =
            torch::autograd::grad({*output}, list(inputs, count), seeds, retain_graph != 0, create_graph != 0, allow_unused != 0);
        for (int32_t i = 0; i < count; i++) out[i] = results[i].defined() ? give(results[i]) : nullptr;
    });
}

SMIRK_EXPORT int32_t smirk_torch_grad_enabled(int32_t* result) {
    return computed([&] { *result = at::GradMode::is_enabled(); });
}

SMIRK_EXPORT int32_t smirk_torch_set_grad_enabled(int32_t value) {
    return computed([&] { at::GradMode::set_enabled(value != 0); });
}
