// Arithmetic, functions of each element, comparisons, and changes in place.
#include "tensor.h"

using namespace smirk;

#define SMIRK_UNARY(name, expression)                                \
    SMIRK_EXPORT int32_t smirk_torch_##name(Handle a, Handle* out) { \
        return computed([&] { *out = give(expression); });           \
    }
#define SMIRK_BINARY(name, expression)                                         \
    SMIRK_EXPORT int32_t smirk_torch_##name(Handle a, Handle b, Handle* out) { \
        return computed([&] { *out = give(expression); });                     \
    }
#define SMIRK_SCALAR(name, expression)                                         \
    SMIRK_EXPORT int32_t smirk_torch_##name(Handle a, double b, Handle* out) { \
        return computed([&] { *out = give(expression); });                     \
    }

SMIRK_BINARY(add, a->add(*b))
SMIRK_BINARY(sub, a->sub(*b))
SMIRK_BINARY(mul, a->mul(*b))
SMIRK_BINARY(div, a->div(*b))
SMIRK_BINARY(maximum, at::maximum(*a, *b))
SMIRK_BINARY(minimum, at::minimum(*a, *b))
SMIRK_SCALAR(add_scalar, a->add(b))
SMIRK_SCALAR(mul_scalar, a->mul(b))
SMIRK_SCALAR(div_scalar, a->div(b))
SMIRK_SCALAR(rsub_scalar, at::rsub(*a, b))
SMIRK_SCALAR(rdiv_scalar, a->reciprocal().mul(b))
SMIRK_SCALAR(pow_scalar, a->pow(b))

SMIRK_UNARY(neg, a->neg())
SMIRK_UNARY(exp, a->exp())
SMIRK_UNARY(log, a->log())
SMIRK_UNARY(sqrt, a->sqrt())
SMIRK_UNARY(rsqrt, a->rsqrt())
SMIRK_UNARY(square, a->mul(*a))
SMIRK_UNARY(abs, a->abs())
SMIRK_UNARY(sign, a->sign())
SMIRK_UNARY(tanh, a->tanh())
SMIRK_UNARY(sigmoid, a->sigmoid())
SMIRK_UNARY(relu, a->relu())
SMIRK_UNARY(softplus, at::softplus(*a))
SMIRK_UNARY(floor, a->floor())
SMIRK_UNARY(round, a->round())
SMIRK_UNARY(sin, a->sin())
SMIRK_UNARY(cos, a->cos())
SMIRK_UNARY(is_finite, at::isfinite(*a))
SMIRK_UNARY(logical_not, a->logical_not())
SMIRK_SCALAR(leaky_relu, at::leaky_relu(*a, b))

SMIRK_BINARY(eq, a->eq(*b))
SMIRK_BINARY(ne, a->ne(*b))
SMIRK_BINARY(lt, a->lt(*b))
SMIRK_BINARY(le, a->le(*b))
SMIRK_BINARY(gt, a->gt(*b))
SMIRK_BINARY(ge, a->ge(*b))
SMIRK_BINARY(logical_and, a->logical_and(*b))
SMIRK_BINARY(logical_or, a->logical_or(*b))
SMIRK_SCALAR(eq_scalar, a->eq(b))
SMIRK_SCALAR(ne_scalar, a->ne(b))
SMIRK_SCALAR(lt_scalar, a->lt(b))
SMIRK_SCALAR(le_scalar, a->le(b))
SMIRK_SCALAR(gt_scalar, a->gt(b))
SMIRK_SCALAR(ge_scalar, a->ge(b))

SMIRK_EXPORT int32_t smirk_torch_clamp(Handle a, double low, double high, Handle* out) {
    return computed([&] {
        const bool floor = low > -std::numeric_limits<double>::infinity(), ceiling = high < std::numeric_limits<double>::infinity();
        *out = give(floor && ceiling ? a->clamp(low, high) : floor ? a->clamp_min(low) : ceiling ? a->clamp_max(high) : *a);
    });
}

SMIRK_EXPORT int32_t smirk_torch_where(Handle condition, Handle a, Handle b, Handle* out) {
    return computed([&] { *out = give(at::where(*condition, *a, *b)); });
}

SMIRK_EXPORT int32_t smirk_torch_lerp(Handle a, Handle b, double weight, Handle* out) {
    return computed([&] { *out = give(at::lerp(*a, *b, weight)); });
}

SMIRK_EXPORT int32_t smirk_torch_softmax(Handle a, int64_t dim, int32_t logarithm, Handle* out) {
    return computed([&] { *out = give(logarithm ? at::log_softmax(*a, dim) : at::softmax(*a, dim)); });
}

SMIRK_EXPORT int32_t smirk_torch_add_in_place(Handle a, Handle b, double alpha) {
    return computed([&] { a->add_(*b, alpha); });
}

SMIRK_EXPORT int32_t smirk_torch_mul_in_place(Handle a, Handle b) {
    return computed([&] { a->mul_(*b); });
}

SMIRK_EXPORT int32_t smirk_torch_mul_scalar_in_place(Handle a, double b) {
    return computed([&] { a->mul_(b); });
}

SMIRK_EXPORT int32_t smirk_torch_add_scalar_in_place(Handle a, double b) {
    return computed([&] { a->add_(b); });
}

SMIRK_EXPORT int32_t smirk_torch_lerp_in_place(Handle a, Handle b, double weight) {
    return computed([&] { a->lerp_(*b, weight); });
}

SMIRK_EXPORT int32_t smirk_torch_copy_in_place(Handle a, Handle source) {
    return computed([&] {
        // Broadcasting a wrong shape into a parameter would hide a mistake.
        require(a->sizes() == source->sizes(), "can't copy shape ", source->sizes(), " into ", a->sizes());
        a->copy_(*source);
    });
}

SMIRK_EXPORT int32_t smirk_torch_fill_in_place(Handle a, double value) {
    return computed([&] { a->fill_(value); });
}
