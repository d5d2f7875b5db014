// The version of OpenCV, its threads, and the last error.
#include "../shared/errors.h"

#include <opencv2/core.hpp>

namespace smirk {

Status classify(const std::exception& error, std::string& message) {
    const auto* of_opencv = dynamic_cast<const cv::Exception*>(&error);
    if (!of_opencv) return Status::failed;
    // what() carries OpenCV's version and source lines.
    message = of_opencv->func.empty() ? of_opencv->err : joined(of_opencv->func, ": ", of_opencv->err);
    switch (of_opencv->code) {
        case cv::Error::StsNoMem:
            return Status::out_of_memory;
        case cv::Error::StsAssert:
        case cv::Error::StsBadArg:
        case cv::Error::StsBadSize:
        case cv::Error::StsOutOfRange:
        case cv::Error::StsUnmatchedSizes:
            return Status::bad_argument;
        case cv::Error::StsNotImplemented:
            return Status::not_implemented;
        default:
            return Status::failed;
    }
}

}  // namespace smirk

using namespace smirk;

// Raised with every change of an export; src/Smirk.Imaging/Vision/VisionNative.cs names the same number.
SMIRK_EXPORT int32_t smirk_vision_abi() noexcept { return 2; }

SMIRK_EXPORT const char* smirk_vision_last_error() noexcept { return last_error(); }

SMIRK_EXPORT const char* smirk_vision_version() noexcept { return CV_VERSION; }

// The caller spreads pictures over the cores; OpenCV's own threads inside each call would only get in the way. 0 restores OpenCV's choice.
SMIRK_EXPORT int32_t smirk_vision_set_threads(int32_t threads) {
    return guarded([&] {
        require(threads >= 0, "the number of threads must be at least 0, not ", threads);
        cv::setNumThreads(threads == 0 ? -1 : threads);
    });
}
