// Plain WebPs: still pictures without alpha and metadata.
#include "plain.h"

#include <webp/decode.h>

namespace smirk {

Status decode_plain_webp(const PlainSource& source, const PlainTarget& target) {
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(source.bytes, source.length, &features) != VP8_STATUS_OK || features.has_alpha || features.has_animation ||
        features.width != target.width || features.height != target.height)
        return Status::unusable;
    const size_t stride = target.stride();
    const auto* decoded = WebPDecodeRGBInto(source.bytes, source.length, target.pixels, stride * static_cast<size_t>(target.height),
                                            static_cast<int>(stride));
    return decoded ? Status::ok : Status::unusable;
}

}  // namespace smirk

using namespace smirk;

SMIRK_EXPORT int32_t smirk_vips_plain_webp(const uint8_t* bytes, int64_t length, int32_t width, int32_t height, uint8_t* pixels) {
    return guarded([&] { return plain(bytes, length, {width, height, 3, pixels}, decode_plain_webp); });
}
