#include <mutex>
#include <vector>

#include "common.h"

using namespace smirk;

namespace {

// GIF and WebP animations are one tall strip to libvips; these fields say where a frame ends.
void describe_frames(VipsImage *strip, int frame_height, int frames, int delay) {
    const std::vector<int> delays(static_cast<size_t>(frames), delay);
    vips_image_set_int(strip, VIPS_META_PAGE_HEIGHT, frame_height);
    vips_image_set_int(strip, "loop", 0);
    vips_image_set_array_int(strip, "delay", delays.data(), frames);
}

int save(VipsImage *image, int32_t format, int32_t quality, int32_t lossless, void **encoded, size_t *length) {
    switch (format) {
        case SMIRK_VIPS_JPEG:
            return vips_jpegsave_buffer(image, encoded, length, "Q", quality, "optimize_coding", TRUE, "strip", TRUE, nullptr);
        case SMIRK_VIPS_PNG:
            return vips_pngsave_buffer(image, encoded, length, "compression", 6, "filter", VIPS_FOREIGN_PNG_FILTER_ALL, "strip", TRUE, nullptr);
        case SMIRK_VIPS_WEBP:
            return vips_webpsave_buffer(image, encoded, length, "Q", quality, "lossless", lossless, "strip", TRUE, nullptr);
        case SMIRK_VIPS_GIF:
            return vips_gifsave_buffer(image, encoded, length, "strip", TRUE, nullptr);
        default:
            throw std::invalid_argument("no encoder for format " + std::to_string(format));
    }
}

}  // namespace

int32_t smirk_vips_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t frames, int32_t format, int32_t quality, int32_t lossless,
                          int32_t delay, uint8_t **encoded, int64_t *length) {
    return guarded([&]() -> int32_t {
        std::shared_lock<std::shared_mutex> beside(error_lock());
        const size_t size = static_cast<size_t>(width) * static_cast<size_t>(height) * static_cast<size_t>(frames) * 3;
        Image image(vips_image_new_from_memory(pixels, size, width, height * frames, 3, VIPS_FORMAT_UCHAR));
        if (!image)
            throw std::runtime_error("libvips takes no picture of this size");
        image->Type = VIPS_INTERPRETATION_sRGB;
        if (frames > 1)
            describe_frames(image.get(), height, frames, delay);
        void *out = nullptr;
        size_t out_length = 0;
        if (save(image.get(), format, quality, lossless, &out, &out_length) != 0)
            throw std::runtime_error(vips_error_buffer());
        *encoded = static_cast<uint8_t *>(out);
        *length = static_cast<int64_t>(out_length);
        return SMIRK_VIPS_OK;
    });
}

void smirk_vips_free(uint8_t *encoded) { g_free(encoded); }
