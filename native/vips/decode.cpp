#include <cstring>
#include <mutex>

#include "common.h"

namespace smirk {
namespace {

struct Source {
    const uint8_t *bytes;
    int64_t length;
    int32_t format;
    int32_t shrink;
};

// Lazy: reads the header, decodes pixels as they are asked for, in order.
Image open(const Source &source, VipsFailOn fail_on) {
    VipsImage *image = nullptr;
    void *bytes = const_cast<uint8_t *>(source.bytes);
    const size_t length = static_cast<size_t>(source.length);
    int status = -1;
    switch (source.format) {
        case SMIRK_VIPS_JPEG:
            status = vips_jpegload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "shrink", source.shrink, nullptr);
            break;
        case SMIRK_VIPS_PNG:
            status = vips_pngload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case SMIRK_VIPS_WEBP:
            status = vips_webpload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "scale", 1.0 / source.shrink, nullptr);
            break;
        case SMIRK_VIPS_GIF:
            status = vips_gifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case SMIRK_VIPS_TIFF:
            status = vips_tiffload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case SMIRK_VIPS_AVIF:
        case SMIRK_VIPS_HEIC:
            status = vips_heifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        default:
            throw std::invalid_argument("no decoder for format " + std::to_string(source.format));
    }
    check(status);
    return Image(image);
}

template <typename Operation>
Image then(const Image &in, Operation &&operation) {
    VipsImage *out = nullptr;
    check(operation(in.get(), &out));
    return Image(out);
}

// A profile that says sRGB needs no conversion; running it would only add rounding errors.
bool is_srgb_profile(VipsImage *image) {
    const void *profile = nullptr;
    size_t length = 0;
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length) != 0)
        return false;
    static const char name[] = "sRGB IEC61966-2.1";
    return memmem(profile, length, name, sizeof(name) - 1) != nullptr;
}

Image to_srgb(Image image) {
    const bool cmyk = image->Type == VIPS_INTERPRETATION_CMYK;
    const bool profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
    if (profile && !is_srgb_profile(image.get())) {
        VipsImage *out = nullptr;
        // Perceptual for print colours, which lie outside sRGB; relative keeps the others exact.
        const VipsIntent intent = cmyk ? VIPS_INTENT_PERCEPTUAL : VIPS_INTENT_RELATIVE;
        if (vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, "intent", intent, "depth", 8, nullptr) == 0)
            image.reset(out);
        // A profile that can't be read is the file's fault, not the picture's: go on as if it weren't there.
    }
    // Most pictures are sRGB bytes already. Setting up operations that do nothing would cost more than their pixels do.
    if (image->Type != VIPS_INTERPRETATION_sRGB)
        image = then(image, [](VipsImage *in, VipsImage **out) { return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, nullptr); });
    if (image->BandFmt != VIPS_FORMAT_UCHAR)
        image = then(image, [](VipsImage *in, VipsImage **out) { return vips_cast_uchar(in, out, nullptr); });
    if (vips_image_hasalpha(image.get())) {
        std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble *)> white(vips_array_double_newv(1, 255.0),
                                                                            [](VipsArrayDouble *a) { vips_area_unref(VIPS_AREA(a)); });
        image = then(image, [&](VipsImage *in, VipsImage **out) { return vips_flatten(in, out, "background", white.get(), nullptr); });
    }
    if (image->Bands > 3)
        image = then(image, [](VipsImage *in, VipsImage **out) { return vips_extract_band(in, out, 0, "n", 3, nullptr); });
    if (image->Bands != 3)
        throw Unusable("a picture of " + std::to_string(image->Bands) + " channels");
    return image;
}

// JPEG and WebP are shrunk by their decoders; the others come in strips that are averaged as they pass by.
int shrink_after(const Source &source) { return source.format == SMIRK_VIPS_JPEG || source.format == SMIRK_VIPS_WEBP ? 1 : source.shrink; }

Image shrunk(Image image, int by) {
    if (by == 1)
        return image;
    image = then(image, [&](VipsImage *in, VipsImage **out) { return vips_extract_area(in, out, 0, 0, in->Xsize / by * by, in->Ysize / by * by, nullptr); });
    return then(image, [&](VipsImage *in, VipsImage **out) { return vips_shrink(in, out, by, by, nullptr); });
}

void write_luminance(const uint8_t *rgb, int width, uint8_t *to) {
    for (int x = 0; x < width; x++, rgb += 3)
        to[x] = static_cast<uint8_t>((19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2] + 32768) >> 16);
}

// On the caller's thread, a strip at a time: no thread pool is started and no second copy of the picture is made.
void read_pixels(const Image &image, int channels, uint8_t *pixels) {
    const int strip = 64;
    const size_t row = static_cast<size_t>(image->Xsize) * static_cast<size_t>(channels);
    check(vips_image_pio_input(image.get()));
    std::unique_ptr<VipsRegion, Unref> region(vips_region_new(image.get()));
    if (!region)
        throw VipsFailure();
    for (int top = 0; top < image->Ysize; top += strip) {
        VipsRect rect = {0, top, image->Xsize, std::min(strip, image->Ysize - top)};
        check(vips_region_prepare(region.get(), &rect));
        for (int y = 0; y < rect.height; y++) {
            uint8_t *to = pixels + (static_cast<size_t>(top) + y) * row;
            if (channels == 1)
                write_luminance(VIPS_REGION_ADDR(region.get(), 0, top + y), image->Xsize, to);
            else
                std::memcpy(to, VIPS_REGION_ADDR(region.get(), 0, top + y), row);
        }
    }
}

bool contains(const std::string &text, const char *part) { return text.find(part) != std::string::npos; }

// libjpeg goes on after damage, painting grey or noise, and only warns. Which of its warnings mean lost pixels.
bool means_damage(const std::string &warnings) {
    return contains(warnings, "remature end") || (contains(warnings, "Corrupt JPEG data") && !contains(warnings, "extraneous bytes"));
}

int32_t load_part(int32_t format) {
    if ((format == SMIRK_VIPS_AVIF || format == SMIRK_VIPS_HEIC) && !ensure_heif()) {
        set_last_error("this machine's libvips has no part for HEIF");
        return SMIRK_VIPS_UNSUPPORTED;
    }
    return SMIRK_VIPS_OK;
}

// Runs `attempt` beside others; where it fails, again and alone, to learn why.
template <typename Attempt>
int32_t explained(Attempt &&attempt) {
    try {
        std::shared_lock<std::shared_mutex> beside(error_lock());
        attempt(VIPS_FAIL_ON_WARNING);
        return SMIRK_VIPS_OK;
    } catch (const VipsFailure &) {
    }
    std::unique_lock<std::shared_mutex> alone(error_lock());
    std::string said;
    bool failed = false;
    vips_error_clear();
    try {
        attempt(VIPS_FAIL_ON_ERROR);
    } catch (const VipsFailure &) {
        failed = true;
    }
    said = vips_error_buffer();
    vips_error_clear();
    if (!failed && !means_damage(said))
        return SMIRK_VIPS_OK;
    set_last_error(said);
    return SMIRK_VIPS_UNUSABLE;
}

}  // namespace
}  // namespace smirk

using namespace smirk;

struct smirk_vips_picture {
    Source source;
    Image image;  // taken by the first attempt to read it
    int width;
    int height;
};

int32_t smirk_vips_open(const uint8_t *bytes, int64_t length, int32_t format, int32_t shrink, smirk_vips_header *header, smirk_vips_picture **picture) {
    return guarded([&]() -> int32_t {
        if (const int32_t missing = load_part(format))
            return missing;
        const Source source = {bytes, length, format, shrink};
        Image image;
        const int32_t status = explained([&](VipsFailOn fail_on) { image = open(source, fail_on); });
        if (status != SMIRK_VIPS_OK)
            return status;
        header->width = image->Xsize / shrink_after(source);
        header->height = image->Ysize / shrink_after(source);
        header->frames = vips_image_get_n_pages(image.get());
        header->orientation = vips_image_get_orientation(image.get());
        header->bands = image->Bands;
        header->bits = static_cast<int32_t>(vips_format_sizeof(image->BandFmt)) * 8;
        header->has_alpha = vips_image_hasalpha(image.get());
        header->has_profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
        *picture = new smirk_vips_picture{source, std::move(image), header->width, header->height};
        return SMIRK_VIPS_OK;
    });
}

int32_t smirk_vips_read(smirk_vips_picture *picture, int32_t channels, uint8_t *pixels) {
    return guarded([&]() -> int32_t {
        return explained([&](VipsFailOn fail_on) {
            // The opened one serves the first attempt; a second one starts over.
            const Image image = shrunk(to_srgb(picture->image ? std::move(picture->image) : open(picture->source, fail_on)), shrink_after(picture->source));
            if (image->Xsize != picture->width || image->Ysize != picture->height)
                throw Unusable("the size of the pixels differs from the header's");
            read_pixels(image, channels, pixels);
        });
    });
}

void smirk_vips_close(smirk_vips_picture *picture) { delete picture; }
