// Matrix products, distances, decompositions.
#include "tensor.h"

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_matmul(Handle a, Handle b, Handle* out) {
    return computed([&] { *out = give(a->matmul(*b)); });
}

SMIRK_EXPORT int32_t smirk_torch_bmm(Handle a, Handle b, Handle* out) {
    return computed([&] { *out = give(a->bmm(*b)); });
}

// c + a b
SMIRK_EXPORT int32_t smirk_torch_addmm(Handle c, Handle a, Handle b, Handle* out) {
    return computed([&] { *out = give(at::addmm(*c, *a, *b)); });
}

SMIRK_EXPORT int32_t smirk_torch_cdist(Handle a, Handle b, double p, Handle* out) {
    return computed([&] { *out = give(at::cdist(*a, *b, p)); });
}

SMIRK_EXPORT int32_t smirk_torch_eigh(Handle a, Handle* values, Handle* vectors) {
    return computed([&] {
        auto result = at::linalg_eigh(*a);
        *values = give(std::get<0>(result));
        *vectors = give(std::get<1>(result));
    });
}

SMIRK_EXPORT int32_t smirk_torch_svd(Handle a, Handle* u, Handle* s, Handle* vh) {
    return computed([&] {
        auto result = at::linalg_svd(*a, /*full_matrices=*/false);
        *u = give(std::get<0>(result));
        *s = give(std::get<1>(result));
        *vh = give(std::get<2>(result));
    });
}
