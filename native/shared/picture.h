// Pictures as they cross the border: 8 bits a channel, interleaved, row after row without gaps.
#pragma once
#include <climits>

#include "errors.h"

namespace smirk {

// libvips knows no longer sides; OpenCV and .NET's arrays count bytes with 32 bits.
constexpr int32_t longest_side = 10'000'000;
constexpr int64_t most_bytes = INT_MAX;

// The bytes of a picture of 1 channel (luminance) or 3 (colour).
inline size_t checked_bytes(int32_t width, int32_t height, int32_t channels) {
    require(width >= 1 && width <= longest_side && height >= 1 && height <= longest_side, "a picture of ", width, "x", height,
            " pixels: both sides must be from 1 to ", longest_side);
    require(channels == 1 || channels == 3, "a picture of ", channels, " channels: expected 1 or 3");
    const int64_t bytes = static_cast<int64_t>(width) * height;
    require(bytes <= most_bytes / channels, "a picture of ", width, "x", height, " pixels and ", channels, " channels takes more than ",
            most_bytes, " bytes");
    return static_cast<size_t>(bytes * channels);
}

}  // namespace smirk
