// Tensors: made, described, copied in and out, freed.
#include "geometry.h"

namespace smirk {

static std::atomic<int64_t> live{0};

namespace {

struct Contiguous : torch::autograd::Function<Contiguous> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, at::MemoryFormat format) {
        context->saved_data["order"] = static_cast<int64_t>(x.suggest_memory_format());
        return x.contiguous(format);
    }
    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        return {gradients[0].contiguous(static_cast<at::MemoryFormat>(context->saved_data["order"].toInt())), at::Tensor()};
    }
};

}  // namespace

Handle give(at::Tensor tensor) {
    auto handle = new at::Tensor(std::move(tensor));
    live.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

at::Tensor contiguous(const at::Tensor& tensor, at::MemoryFormat format) {
    return tensor.is_contiguous(format) ? tensor : Contiguous::apply(tensor, format);
}

}  // namespace smirk

using namespace smirk;

SMIRK_EXPORT void smirk_torch_free(Handle tensor) noexcept {
    if (!tensor) return;
    delete tensor;
    live.fetch_sub(1, std::memory_order_relaxed);
}

// How many tensors the caller holds.
SMIRK_EXPORT int64_t smirk_torch_live() noexcept { return live.load(std::memory_order_relaxed); }

SMIRK_EXPORT int32_t smirk_torch_full(const int64_t* sizes, int32_t dims, double value, int32_t dtype, int32_t where, Handle* out) {
    return computed([&] {
        check_count("a tensor", shape(sizes, dims));
        *out = give(at::full(shape(sizes, dims), value, options(dtype, where)));
    });
}

SMIRK_EXPORT int32_t smirk_torch_empty(const int64_t* sizes, int32_t dims, int32_t dtype, int32_t where, Handle* out) {
    return computed([&] {
        check_count("a tensor", shape(sizes, dims));
        *out = give(at::empty(shape(sizes, dims), options(dtype, where)));
    });
}

// Zeros of the same shape, type, place and order in memory.
SMIRK_EXPORT int32_t smirk_torch_zeros_like(Handle tensor, Handle* out) {
    return computed([&] { *out = give(at::zeros_like(*tensor)); });
}

SMIRK_EXPORT int32_t smirk_torch_arange(double start, double end, double step, int32_t dtype, int32_t where, Handle* out) {
    return computed([&] { *out = give(at::arange(start, end, step, options(dtype, where))); });
}

SMIRK_EXPORT int32_t smirk_torch_from_bytes(const void* bytes, int64_t length, const int64_t* sizes, int32_t dims, int32_t dtype,
                                            Handle* out) {
    return computed([&] {
        check_count("a tensor", shape(sizes, dims));
        auto tensor = at::empty(shape(sizes, dims), options(dtype, -1));
        require(static_cast<int64_t>(tensor.nbytes()) == length, "shape ", tensor.sizes(), " of ", tensor.dtype(), " takes ",
                tensor.nbytes(), " bytes, but ", length, " were given");
        if (length > 0) std::memcpy(tensor.data_ptr(), bytes, length);
        *out = give(std::move(tensor));
    });
}

SMIRK_EXPORT int32_t smirk_torch_copy_bytes(Handle tensor, void* bytes, int64_t length) {
    return computed([&] {
        auto source = tensor->detach().to(at::kCPU).contiguous();
        require(static_cast<int64_t>(source.nbytes()) == length, "shape ", source.sizes(), " of ", source.dtype(), " holds ",
                source.nbytes(), " bytes, but room for ", length, " was given");
        if (length > 0) std::memcpy(bytes, source.data_ptr(), length);
    });
}

// Writes the tensor's shape (at most 8 dimensions), type and place.
SMIRK_EXPORT int32_t smirk_torch_describe(Handle tensor, int64_t* sizes, int32_t* dims, int32_t* dtype, int32_t* where) {
    return computed([&] {
        require(tensor->dim() <= 8, "tensors of at most 8 dimensions are supported, not ", tensor->dim());
        *dims = static_cast<int32_t>(tensor->dim());
        for (int64_t i = 0; i < tensor->dim(); i++) sizes[i] = tensor->size(i);
        *dtype = static_cast<int32_t>(tensor->scalar_type());
        *where = tensor->is_cuda() ? static_cast<int32_t>(tensor->get_device()) : -1;
    });
}

SMIRK_EXPORT int32_t smirk_torch_item(Handle tensor, double* value) {
    return computed([&] { *value = tensor->item().to<double>(); });
}

SMIRK_EXPORT int32_t smirk_torch_item_integer(Handle tensor, int64_t* value) {
    return computed([&] { *value = tensor->item().to<int64_t>(); });
}

SMIRK_EXPORT int32_t smirk_torch_to_device(Handle tensor, int32_t where, int32_t non_blocking, Handle* out) {
    return computed([&] { *out = give(tensor->to(device(where), non_blocking != 0)); });
}

SMIRK_EXPORT int32_t smirk_torch_to_dtype(Handle tensor, int32_t dtype, Handle* out) {
    return computed([&] { *out = give(tensor->to(element_type(dtype))); });
}

// format: 0 keeps row order (NCHW), 1 is channels-last.
SMIRK_EXPORT int32_t smirk_torch_contiguous(Handle tensor, int32_t format, Handle* out) {
    return computed([&] { *out = give(contiguous(*tensor, format ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous)); });
}

SMIRK_EXPORT int32_t smirk_torch_is_contiguous(Handle tensor, int32_t format, int32_t* result) {
    return computed([&] { *result = tensor->is_contiguous(format ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous); });
}

SMIRK_EXPORT int32_t smirk_torch_clone(Handle tensor, Handle* out) {
    return computed([&] { *out = give(tensor->clone()); });
}
