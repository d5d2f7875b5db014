// Sums, means, extremes, sorting.
#include "tensor.h"

using namespace smirk;

// No dimension means all of them.
#define SMIRK_REDUCE(name, whole, some)                                                                                \
    SMIRK_EXPORT int32_t smirk_torch_##name(Handle a, const int64_t* dims, int32_t count, int32_t keep, Handle* out) { \
        return computed([&] {                                                                                          \
            const auto over = shape(dims, count);                                                                      \
            *out = give(count == 0 ? whole : some);                                                                    \
        });                                                                                                            \
    }

static std::vector<int64_t> all_dims(const at::Tensor& tensor) {
    std::vector<int64_t> dims(tensor.dim());
    for (int64_t i = 0; i < tensor.dim(); i++) dims[i] = i;
    return dims;
}

SMIRK_REDUCE(sum, keep ? a->sum(all_dims(*a), true) : a->sum(), a->sum(over, keep != 0))
SMIRK_REDUCE(mean, keep ? a->mean(all_dims(*a), true) : a->mean(), a->mean(over, keep != 0))
SMIRK_REDUCE(amax, a->amax(all_dims(*a), keep != 0), a->amax(over, keep != 0))
SMIRK_REDUCE(amin, a->amin(all_dims(*a), keep != 0), a->amin(over, keep != 0))

// unbiased divides by n - 1 (torch's default), else by n.
SMIRK_EXPORT int32_t smirk_torch_var(Handle a, const int64_t* dims, int32_t count, int32_t unbiased, int32_t keep, Handle* out) {
    return computed([&] {
        const auto every = all_dims(*a);
        *out = give(a->var(count == 0 ? at::IntArrayRef(every) : shape(dims, count), unbiased != 0, keep != 0));
    });
}

SMIRK_EXPORT int32_t smirk_torch_argmax(Handle a, int64_t dim, int32_t keep, Handle* out) {
    return computed([&] { *out = give(a->argmax(dim, keep != 0)); });
}

SMIRK_EXPORT int32_t smirk_torch_argmin(Handle a, int64_t dim, int32_t keep, Handle* out) {
    return computed([&] { *out = give(a->argmin(dim, keep != 0)); });
}

SMIRK_EXPORT int32_t smirk_torch_cumsum(Handle a, int64_t dim, Handle* out) {
    return computed([&] { *out = give(a->cumsum(dim)); });
}

static void give_both(std::tuple<at::Tensor, at::Tensor> both, Handle* values, Handle* indices) {
    *values = give(std::move(std::get<0>(both)));
    *indices = give(std::move(std::get<1>(both)));
}

SMIRK_EXPORT int32_t smirk_torch_sort(Handle a, int64_t dim, int32_t descending, Handle* values, Handle* indices) {
    return computed([&] { give_both(a->sort(/*stable=*/true, dim, descending != 0), values, indices); });
}

SMIRK_EXPORT int32_t smirk_torch_topk(Handle a, int64_t k, int64_t dim, int32_t largest, Handle* values, Handle* indices) {
    return computed([&] { give_both(a->topk(k, dim, largest != 0), values, indices); });
}

SMIRK_EXPORT int32_t smirk_torch_kth(Handle a, int64_t k, int64_t dim, int32_t keep, Handle* values, Handle* indices) {
    return computed([&] { give_both(a->kthvalue(k, dim, keep != 0), values, indices); });
}
