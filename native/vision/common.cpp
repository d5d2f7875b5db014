#include "common.h"

#include <opencv2/core.hpp>

namespace smirk_vision {

static thread_local std::string last_error;

void set_error(const char *message) noexcept
{
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

}  // namespace smirk_vision

SMIRK_VISION_API const char *smirk_vision_last_error() { return smirk_vision::last_error.c_str(); }

// Raised with every change of a signature; the binding refuses another number.
SMIRK_VISION_API int32_t smirk_vision_abi() { return 1; }

// The caller spreads pictures over the cores; OpenCV's own threads inside each call would only get in the way. 0 restores OpenCV's choice.
SMIRK_VISION_API int32_t smirk_vision_set_threads(int32_t threads)
{
    return smirk_vision::guarded([&] { cv::setNumThreads(threads == 0 ? -1 : threads); });
}

SMIRK_VISION_API const char *smirk_vision_version() { return CV_VERSION; }
