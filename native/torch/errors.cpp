// What libtorch's exceptions mean.
#include "tensor.h"

#include <new>
#include <stdexcept>

namespace smirk {

static bool says(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

static bool out_of_memory(const std::string& text) {
    return says(text, "out of memory") || says(text, "not enough memory") || says(text, "can't allocate memory");
}

static Status status_of(const c10::Error& error, const std::string& message) {
    // CUDA's allocator says so in a plain c10::Error in older versions.
    if (out_of_memory(message)) return Status::out_of_memory;
    if (dynamic_cast<const c10::IndexError*>(&error) || says(message, "out of range")) return Status::bad_index;
    if (dynamic_cast<const c10::NotImplementedError*>(&error)) return Status::not_implemented;
    if (dynamic_cast<const c10::TypeError*>(&error) || dynamic_cast<const c10::ValueError*>(&error)) return Status::bad_argument;
    // Shapes and types that don't fit come from TORCH_CHECK, which throws c10::Error itself.
    return typeid(error) == typeid(c10::Error) ? Status::bad_argument : Status::failed;
}

Status classify(const std::exception& error, std::string& message) {
    if (const auto* torch = dynamic_cast<const c10::Error*>(&error)) {
        // what() may carry a C++ stack trace.
        message = torch->what_without_backtrace();
        return status_of(*torch, message);
    }
    if (dynamic_cast<const std::out_of_range*>(&error)) return Status::bad_index;
    if (dynamic_cast<const std::invalid_argument*>(&error)) return Status::bad_argument;
    return out_of_memory(message) ? Status::out_of_memory : Status::failed;
}

// Nobody reads libtorch's stack traces, and each takes milliseconds to make.
[[maybe_unused]] static const bool without_traces = [] {
    c10::SetStackTraceFetcher([] { return std::string(); });
    return true;
}();

}  // namespace smirk

using namespace smirk;

SMIRK_EXPORT const char* smirk_torch_last_error() noexcept { return last_error(); }

// For tests alone: throws each kind that report() and classify() tell apart.
SMIRK_EXPORT int32_t smirk_torch_throw(int32_t kind) {
    return guarded([&] {
        switch (kind) {
            case 0:
                throw std::bad_alloc();
            case 1:
                TORCH_CHECK(false, "shapes [2, 3] and [4] don't fit");
            case 2:
                TORCH_CHECK_INDEX(false, "index 7 is out of bounds");
            case 3:
                TORCH_CHECK_NOT_IMPLEMENTED(false, "not for this type");
            case 4:
                throw std::runtime_error("a runtime error\nwith a second line");
            case 5:
                throw std::out_of_range("vector::at");
            case 6:
                throw std::invalid_argument("stoi");
            case 7:
                throw 42;
            case 8:
                at::ones({2, 3}).matmul(at::ones({4}));
                break;
            default:
                require(false, "there is no kind ", kind, ": expected 0 to 8");
        }
    });
}
