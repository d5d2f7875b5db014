// The process-wide settings: threads, what libtorch this is.
#include "common.h"

#include <dlfcn.h>
#include <torch/version.h>

// Counted up with every change of an export; src/Smirk.Torch/Bindings/NativeMethods.cs names the same number.
extern "C" __attribute__((visibility("default"))) int32_t smirk_torch_abi() { return 5; }

static int32_t copy_text(const std::string& text, char* buffer, int32_t capacity) {
    return guarded([&] {
        TORCH_CHECK(static_cast<int32_t>(text.size()) < capacity, "buffer too small for '", text, "'");
        std::memcpy(buffer, text.c_str(), text.size() + 1);
    });
}

SMIRK_EXPORT smirk_torch_version(char* buffer, int32_t capacity) { return copy_text(TORCH_VERSION, buffer, capacity); }

SMIRK_EXPORT smirk_torch_cuda_devices(int32_t* count) {
    return guarded([&] { *count = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
}

// Through the driver, found at run time: libtorch's C++ API has no name, and its CUDA headers ask for a toolkit.
SMIRK_EXPORT smirk_torch_cuda_name(int32_t index, char* buffer, int32_t capacity) {
    using DeviceGet = int (*)(int*, int);
    using DeviceName = int (*)(char*, int, int);
    std::string name = "CUDA device " + std::to_string(index);
    if (void* driver = dlopen("libcuda.so.1", RTLD_LAZY)) {
        auto get = reinterpret_cast<DeviceGet>(dlsym(driver, "cuDeviceGet"));
        auto read = reinterpret_cast<DeviceName>(dlsym(driver, "cuDeviceGetName"));
        int handle = 0;
        char text[256] = {};
        if (get && read && get(&handle, index) == 0 && read(text, sizeof text, handle) == 0) name = text;
    }
    return copy_text(name, buffer, capacity);
}

SMIRK_EXPORT smirk_torch_cuda_synchronize() {
    return guarded([&] {
        if (torch::cuda::is_available()) torch::cuda::synchronize();
    });
}

SMIRK_EXPORT smirk_torch_set_threads(int32_t count) {
    return guarded([&] {
        at::set_num_threads(count);
        // Debian's OpenBLAS keeps a pool of its own; absent where another BLAS is in use.
        if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
    });
}

SMIRK_EXPORT smirk_torch_get_threads(int32_t* count) {
    return guarded([&] { *count = at::get_num_threads(); });
}
