// What every export of libsmirk_vision shares: the status convention and the error buffer.
#pragma once

#include <cstdint>
#include <exception>
#include <string>

#define SMIRK_VISION_API extern "C" __attribute__((visibility("default")))

namespace smirk_vision {

constexpr int32_t kOk = 0;
constexpr int32_t kFailed = 1;

// Keeps the message for smirk_vision_last_error() on this thread.
void set_error(const char *message) noexcept;

// Runs the body; no exception leaves the library.
template <typename Body>
int32_t guarded(Body &&body) noexcept
{
    try {
        body();
        return kOk;
    } catch (const std::exception &error) {
        set_error(error.what());
    } catch (...) {
        set_error("unknown error");
    }
    return kFailed;
}

}  // namespace smirk_vision
