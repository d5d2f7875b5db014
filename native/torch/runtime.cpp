// Settings of the whole process, and which libtorch this is.
#include "tensor.h"

#include <dlfcn.h>
#include <torch/version.h>

using namespace smirk;

// Raised with every change of an export; src/Smirk.Torch/Bindings/NativeMethods.cs names the same number.
SMIRK_EXPORT int32_t smirk_torch_abi() noexcept { return 7; }

static void copy_text(const std::string& text, char* buffer, int32_t capacity) {
    require(static_cast<int64_t>(text.size()) < capacity, "a buffer of ", capacity, " bytes is too small for '", text, "'");
    std::memcpy(buffer, text.c_str(), text.size() + 1);
}

SMIRK_EXPORT int32_t smirk_torch_version(char* buffer, int32_t capacity) {
    return guarded([&] { copy_text(TORCH_VERSION, buffer, capacity); });
}

SMIRK_EXPORT int32_t smirk_torch_cuda_devices(int32_t* count) {
    return guarded([&] { *count = torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; });
}

// Asks the driver, which is found at run time: libtorch's C++ API has no name, and its CUDA headers need a toolkit.
SMIRK_EXPORT int32_t smirk_torch_cuda_name(int32_t index, char* buffer, int32_t capacity) {
    using DeviceGet = int (*)(int*, int);
    using DeviceName = int (*)(char*, int, int);
    return guarded([&] {
        auto name = joined("CUDA device ", index);
        if (void* driver = dlopen("libcuda.so.1", RTLD_LAZY)) {
            auto get = reinterpret_cast<DeviceGet>(dlsym(driver, "cuDeviceGet"));
            auto read = reinterpret_cast<DeviceName>(dlsym(driver, "cuDeviceGetName"));
            int handle = 0;
            char text[256] = {};
            if (get && read && get(&handle, index) == 0 && read(text, sizeof text, handle) == 0) name = text;
        }
        copy_text(name, buffer, capacity);
    });
}

SMIRK_EXPORT int32_t smirk_torch_cuda_synchronize() {
    return guarded([&] {
        if (torch::cuda::is_available()) torch::cuda::synchronize();
    });
}

SMIRK_EXPORT int32_t smirk_torch_set_threads(int32_t count) {
    return guarded([&] {
        // A thread that asks for the first time gets the number that any thread set last, even in place of its own.
        at::get_num_threads();
        at::set_num_threads(count);
    });
}

SMIRK_EXPORT int32_t smirk_torch_get_threads(int32_t* count) {
    return guarded([&] { *count = at::get_num_threads(); });
}
