// Encoding through libvips, without metadata.
#include "library.h"

#include <mutex>
#include <vector>

using namespace smirk;

namespace {

// To libvips a GIF or WebP animation is one tall strip; these fields say where a frame ends.
void describe_frames(VipsImage* strip, int frame_height, int frames, int delay) {
    const std::vector<int> delays(static_cast<size_t>(frames), delay);
    vips_image_set_int(strip, VIPS_META_PAGE_HEIGHT, frame_height);
    vips_image_set_int(strip, "loop", 0);
    vips_image_set_array_int(strip, "delay", delays.data(), frames);
}

int save(VipsImage* image, Format format, int32_t quality, int32_t lossless, void** encoded, size_t* length) {
    switch (format) {
        case Format::jpeg:
            return vips_jpegsave_buffer(image, encoded, length, "Q", quality, "optimize_coding", TRUE, "strip", TRUE, nullptr);
        case Format::png:
            return vips_pngsave_buffer(image, encoded, length, "compression", 6, "filter", VIPS_FOREIGN_PNG_FILTER_ALL, "strip", TRUE,
                                       nullptr);
        case Format::webp:
            return vips_webpsave_buffer(image, encoded, length, "Q", quality, "lossless", lossless, "strip", TRUE, nullptr);
        case Format::gif:
            return vips_gifsave_buffer(image, encoded, length, "strip", TRUE, nullptr);
        default:
            throw Failure(Status::bad_argument, joined("there is no encoder for format ", static_cast<int32_t>(format)));
    }
}

void check_frames(int32_t width, int32_t height, int32_t frames, Format format, int32_t delay) {
    const size_t bytes = checked_bytes(width, height, 3);
    require(frames >= 1 && bytes <= static_cast<size_t>(most_bytes) / static_cast<size_t>(frames), frames, " frames of ", width, "x",
            height, " pixels: expected 1 or more, in at most ", most_bytes, " bytes together");
    require(frames == 1 || format == Format::gif || format == Format::webp, "format ", static_cast<int32_t>(format),
            " has no animations: expected 1 frame, not ", frames);
    require(frames == 1 || delay >= 1, "the delay between frames must be at least 1 ms, not ", delay);
}

}  // namespace

// Encodes `frames` pictures of width * height interleaved RGB, one below the other; more than one for GIF and WebP only. `quality` is 1 to
// 100 for JPEG and WebP, `delay` is in milliseconds. *encoded is given back with smirk_vips_free.
SMIRK_EXPORT int32_t smirk_vips_encode(const uint8_t* pixels, int32_t width, int32_t height, int32_t frames, int32_t format,
                                       int32_t quality, int32_t lossless, int32_t delay, uint8_t** encoded, int64_t* length) {
    return guarded([&] {
        const auto as = static_cast<Format>(format);
        check_frames(width, height, frames, as, delay);
        require((as != Format::jpeg && as != Format::webp) || (quality >= 1 && quality <= 100), "quality must be from 1 to 100, not ",
                quality);
        ensure_started();
        std::shared_lock<std::shared_mutex> beside(error_lock());
        const size_t size = static_cast<size_t>(width) * static_cast<size_t>(height) * static_cast<size_t>(frames) * 3;
        Image image(vips_image_new_from_memory(pixels, size, width, height * frames, 3, VIPS_FORMAT_UCHAR));
        require(image != nullptr, "libvips takes no picture of ", width, "x", height, " pixels and ", frames, " frames");
        image->Type = VIPS_INTERPRETATION_sRGB;
        if (frames > 1) describe_frames(image.get(), height, frames, delay);
        void* out = nullptr;
        size_t out_length = 0;
        if (save(image.get(), as, quality, lossless, &out, &out_length) != 0) throw std::runtime_error(vips_error_buffer());
        *encoded = static_cast<uint8_t*>(out);
        *length = static_cast<int64_t>(out_length);
    });
}

SMIRK_EXPORT void smirk_vips_free(uint8_t* encoded) noexcept { g_free(encoded); }
