// Exceptions of any C++ type become a status and a message.
#include "common.h"

#include <new>
#include <stdexcept>

namespace smirk {

static thread_local std::string last_error;

// libtorch's messages carry a C++ stack trace; CUDA's allocator says "out of memory" in a plain c10::Error of older versions.
static std::string without_trace(const c10::Error& error) { return error.what_without_backtrace(); }

static bool says(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

static int32_t classify(const c10::Error& error) {
    const auto text = without_trace(error);
    if (says(text, "out of memory") || says(text, "not enough memory") || says(text, "can't allocate memory")) return OutOfMemory;
    if (dynamic_cast<const c10::IndexError*>(&error) || says(text, "out of range")) return BadIndex;
    if (dynamic_cast<const c10::NotImplementedError*>(&error)) return NotImplemented;
    if (dynamic_cast<const c10::TypeError*>(&error) || dynamic_cast<const c10::ValueError*>(&error)) return BadArgument;
    // Shapes and types that don't fit come as TORCH_CHECK, whose type is c10::Error itself.
    return typeid(error) == typeid(c10::Error) ? BadArgument : Failed;
}

int32_t report() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        last_error = without_trace(error);
        return classify(error);
    } catch (const std::bad_alloc&) {
        last_error = "out of memory";
        return OutOfMemory;
    } catch (const std::out_of_range& error) {
        last_error = error.what();
        return BadIndex;
    } catch (const std::invalid_argument& error) {
        last_error = error.what();
        return BadArgument;
    } catch (const std::exception& error) {
        last_error = error.what();
        return says(last_error, "out of memory") ? OutOfMemory : Failed;
    } catch (...) {
        last_error = "an exception of an unknown type";
        return Unknown;
    }
}

}  // namespace smirk

extern "C" __attribute__((visibility("default"))) const char* smirk_torch_last_error() { return smirk::last_error.c_str(); }

// For tests alone: throws each kind that report() tells apart.
SMIRK_EXPORT smirk_torch_throw(int32_t kind) {
    return guarded([&] {
        switch (kind) {
            case 0: throw std::bad_alloc();
            case 1: TORCH_CHECK(false, "shapes [2, 3] and [4] don't fit");
            case 2: TORCH_CHECK_INDEX(false, "index 7 is out of bounds");
            case 3: TORCH_CHECK_NOT_IMPLEMENTED(false, "not for this type");
            case 4: throw std::runtime_error("a runtime error\nwith a second line");
            case 5: throw std::out_of_range("vector::at");
            case 6: throw std::invalid_argument("stoi");
            case 7: throw 42;
            case 8: at::ones({2, 3}).matmul(at::ones({4}));
                break;
            default: break;
        }
    });
}
