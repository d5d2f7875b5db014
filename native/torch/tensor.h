// How tensors cross the border: a tensor is a pointer to an at::Tensor that the caller owns and frees.
#pragma once
#include "prelude.h"
#include "threads.h"

#include "../shared/errors.h"

namespace smirk {

using Handle = at::Tensor*;

// The body of every export that works with tensors.
template <typename Body>
int32_t computed(Body&& body) noexcept {
    return guarded([&] {
        const Threads threads;
        return body();
    });
}

// Gives a tensor to the caller, who frees it with smirk_torch_free. Counted, so that tests can tell that none was forgotten.
Handle give(at::Tensor tensor);

// The tensor in another order of memory. Its gradient comes back in the order that the tensor had: operations on tensors of two
// different orders are slow.
at::Tensor contiguous(const at::Tensor& tensor, at::MemoryFormat format);

// Sizes or numbers of dimensions.
inline at::IntArrayRef shape(const int64_t* sizes, int32_t count) {
    require(count >= 0, "a list of ", count, " sizes: expected 0 or more");
    return {sizes, static_cast<size_t>(count)};
}

// -1 is the CPU, 0 and above a CUDA device.
inline c10::Device device(int32_t code) {
    require(code >= -1 && code <= 127, "there is no device ", code, ": expected -1 (the CPU) or a CUDA device from 0 to 127");
    return code < 0 ? c10::Device(c10::kCPU) : c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(code));
}

inline c10::ScalarType element_type(int32_t code) {
    require(code >= 0 && code < static_cast<int32_t>(c10::ScalarType::Undefined), "there is no element type ", code);
    return static_cast<c10::ScalarType>(code);
}

inline at::TensorOptions options(int32_t dtype, int32_t device_code) {
    return at::TensorOptions().dtype(element_type(dtype)).device(device(device_code));
}

inline std::vector<at::Tensor> list(const Handle* tensors, int32_t count) {
    require(count >= 0, "a list of ", count, " tensors: expected 0 or more");
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++) result.push_back(*tensors[i]);
    return result;
}

// An optional tensor: none for a null handle or an undefined tensor.
inline c10::optional<at::Tensor> maybe(Handle tensor) {
    return tensor && tensor->defined() ? c10::optional<at::Tensor>(*tensor) : c10::nullopt;
}

}  // namespace smirk
