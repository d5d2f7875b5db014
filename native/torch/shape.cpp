// Views, orders of dimensions, joining, indexing.
#include "tensor.h"

using namespace smirk;

SMIRK_EXPORT int32_t smirk_torch_reshape(Handle a, const int64_t* sizes, int32_t dims, Handle* out) {
    return computed([&] {
        // Most shapes copy pictures in channels-last order. This copy gives the gradient back in that order.
        const bool turned = a->is_contiguous(at::MemoryFormat::ChannelsLast);
        *out = give((turned ? contiguous(*a, at::MemoryFormat::Contiguous) : *a).reshape(shape(sizes, dims)));
    });
}

SMIRK_EXPORT int32_t smirk_torch_permute(Handle a, const int64_t* order, int32_t dims, Handle* out) {
    return computed([&] { *out = give(a->permute(shape(order, dims))); });
}

SMIRK_EXPORT int32_t smirk_torch_transpose(Handle a, int64_t first, int64_t second, Handle* out) {
    return computed([&] { *out = give(a->transpose(first, second)); });
}

SMIRK_EXPORT int32_t smirk_torch_expand(Handle a, const int64_t* sizes, int32_t dims, Handle* out) {
    return computed([&] {
        // libtorch 1.13 takes negative sizes, and -1 for a new dimension, where another size is 0.
        for (int32_t i = 0; i < dims; i++)
            require(sizes[i] >= 0 || (sizes[i] == -1 && i >= dims - a->dim()), "a tensor ", a->sizes(), " can't be expanded to ",
                    shape(sizes, dims));
        *out = give(a->expand(shape(sizes, dims)));
    });
}

SMIRK_EXPORT int32_t smirk_torch_narrow(Handle a, int64_t dim, int64_t start, int64_t length, Handle* out) {
    return computed([&] { *out = give(a->narrow(dim, start, length)); });
}

SMIRK_EXPORT int32_t smirk_torch_select(Handle a, int64_t dim, int64_t index, Handle* out) {
    return computed([&] { *out = give(a->select(dim, index)); });
}

SMIRK_EXPORT int32_t smirk_torch_index_select(Handle a, int64_t dim, Handle index, Handle* out) {
    return computed([&] { *out = give(a->index_select(dim, *index)); });
}

SMIRK_EXPORT int32_t smirk_torch_gather(Handle a, int64_t dim, Handle index, Handle* out) {
    return computed([&] { *out = give(a->gather(dim, *index)); });
}

SMIRK_EXPORT int32_t smirk_torch_scatter_add(Handle a, int64_t dim, Handle index, Handle source, Handle* out) {
    return computed([&] { *out = give(a->scatter_add(dim, *index, *source)); });
}

SMIRK_EXPORT int32_t smirk_torch_flip(Handle a, const int64_t* over, int32_t dims, Handle* out) {
    return computed([&] { *out = give(a->flip(shape(over, dims))); });
}

SMIRK_EXPORT int32_t smirk_torch_roll(Handle a, const int64_t* shifts, const int64_t* over, int32_t dims, Handle* out) {
    return computed([&] { *out = give(a->roll(shape(shifts, dims), shape(over, dims))); });
}

SMIRK_EXPORT int32_t smirk_torch_unsqueeze(Handle a, int64_t dim, Handle* out) {
    return computed([&] { *out = give(a->unsqueeze(dim)); });
}

SMIRK_EXPORT int32_t smirk_torch_squeeze(Handle a, int64_t dim, Handle* out) {
    return computed([&] { *out = give(a->squeeze(dim)); });
}

SMIRK_EXPORT int32_t smirk_torch_cat(const Handle* tensors, int32_t count, int64_t dim, Handle* out) {
    return computed([&] { *out = give(at::cat(list(tensors, count), dim)); });
}

SMIRK_EXPORT int32_t smirk_torch_stack(const Handle* tensors, int32_t count, int64_t dim, Handle* out) {
    return computed([&] { *out = give(at::stack(list(tensors, count), dim)); });
}
