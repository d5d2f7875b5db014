// The ABI's ground rules: a tensor is a pointer to an at::Tensor that the caller owns, every export returns a status.
#pragma once
#include "prelude.h"

#define SMIRK_EXPORT extern "C" __attribute__((visibility("default"))) int32_t

namespace smirk {

using Handle = at::Tensor*;

// Mirrored by src/Smirk.Torch/Errors/NativeStatus.cs.
enum Status : int32_t {
    Ok = 0,
    OutOfMemory = 1,
    BadArgument = 2,
    BadIndex = 3,
    NotImplemented = 4,
    Failed = 5,
    Unknown = 6,
};

// Turns the exception in flight into a status and keeps its message for smirk_torch_last_error.
int32_t report() noexcept;

template <typename Body>
int32_t guarded(Body&& body) noexcept {
    try {
        body();
        return Ok;
    } catch (...) {
        return report();
    }
}

// Gives a tensor to the caller, who frees it by smirk_torch_free; counted, so that tests can tell that none was forgotten.
Handle give(at::Tensor tensor);

// The tensor in another order of memory. Its gradient comes back in the order that the tensor had: operations on two orders at once go through
// them number by number.
at::Tensor contiguous(const at::Tensor& tensor, at::MemoryFormat format);

// Slopes of a leaky ReLU below 0; 1 is none.
inline void check_slope(double slope) { TORCH_CHECK(slope >= 0 && slope <= 1, "the slope of a leaky ReLU must be from 0 to 1 (1 for none), not ", slope); }
inline at::Tensor activated(const at::Tensor& y, double slope) { return slope == 1 ? y : at::leaky_relu(y, slope); }

inline at::IntArrayRef shape(const int64_t* sizes, int32_t count) { return {sizes, static_cast<size_t>(count)}; }

// -1 is the CPU, 0 and up a CUDA device.
inline c10::Device device(int32_t code) {
    return code < 0 ? c10::Device(c10::kCPU) : c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(code));
}

inline at::TensorOptions options(int32_t dtype, int32_t device_code) {
    return at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype)).device(device(device_code));
}

inline std::vector<at::Tensor> list(const Handle* tensors, int32_t count) {
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (int32_t i = 0; i < count; i++) result.push_back(*tensors[i]);
    return result;
}

// An optional tensor: a null handle or one of an undefined tensor is none.
inline c10::optional<at::Tensor> maybe(Handle tensor) {
    return tensor && tensor->defined() ? c10::optional<at::Tensor>(*tensor) : c10::nullopt;
}

}  // namespace smirk

using smirk::give;
using smirk::guarded;
using smirk::Handle;
