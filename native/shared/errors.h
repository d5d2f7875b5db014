// The error convention of all shims: an export returns a status and gives its results through out pointers; the message of
// the last failure is kept for each thread. No exception leaves a library.
#pragma once
#include <cstdint>
#include <sstream>
#include <stdexcept>
#include <string>
#include <type_traits>

#define SMIRK_EXPORT extern "C" __attribute__((visibility("default")))

namespace smirk {

// Mirrored by src/Native/NativeStatus.cs.
enum class Status : int32_t {
    ok = 0,
    out_of_memory = 1,
    bad_argument = 2,
    bad_index = 3,
    not_implemented = 4,
    failed = 5,
    unknown = 6,      // an exception that isn't a std::exception
    unusable = 7,     // a picture that can't be decoded: damaged, cut short, of a kind that isn't handled
    unsupported = 8,  // a format that this machine's libraries can't read
};

// A failure that names its status.
struct Failure : std::runtime_error {
    Failure(Status status, const std::string& message) : std::runtime_error(message), status(status) {}
    const Status status;
};

template <typename... Parts>
std::string joined(const Parts&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    return text.str();
}

// Refuses an argument. The message holds the actual value and what was expected.
template <typename... Parts>
void require(bool holds, const Parts&... message) {
    if (!holds) throw Failure(Status::bad_argument, joined(message...));
}

// Each shim defines what the exceptions of its library mean; it may replace the message, which is error.what().
Status classify(const std::exception& error, std::string& message);

// The status of the exception in flight, whose message is kept for this thread.
Status report() noexcept;

// The message of this thread's last failure.
const char* last_error() noexcept;

// The body of every export. The body returns nothing, or a Status.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Body>>) {
            body();
            return static_cast<int32_t>(Status::ok);
        } else {
            return static_cast<int32_t>(body());
        }
    } catch (...) {
        return static_cast<int32_t>(report());
    }
}

}  // namespace smirk
