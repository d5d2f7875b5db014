// Still WebP pictures without alpha or metadata, through libwebp alone; see plain_jpeg.cpp for why.
#include <webp/decode.h>

#include "smirk_vips.h"

int32_t smirk_vips_plain_webp(const uint8_t *bytes, int64_t length, int32_t width, int32_t height, uint8_t *pixels) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(bytes, static_cast<size_t>(length), &features) != VP8_STATUS_OK || features.has_alpha || features.has_animation
        || features.width != width || features.height != height)
        return SMIRK_VIPS_UNUSABLE;
    const size_t stride = static_cast<size_t>(width) * 3;
    return WebPDecodeRGBInto(bytes, static_cast<size_t>(length), pixels, stride * height, static_cast<int>(stride)) ? SMIRK_VIPS_OK : SMIRK_VIPS_UNUSABLE;
}
