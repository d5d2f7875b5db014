// Decoding through libvips, in two steps: the header, then the pixels.
#include "rows.h"

#include <cstring>
#include <mutex>

namespace smirk {

namespace {

struct Source {
    const uint8_t* bytes;
    int64_t length;
    Format format;
    int32_t shrink;
    int32_t page;  // from 0: a frame of an animation, a page of TIFF or HEIF; all_frames for one below the other (GIF and WebP)
};

constexpr int32_t all_frames = -1;

// Reads the header; pixels are decoded when they are asked for, in order.
Image open(const Source& source, VipsFailOn fail_on) {
    const int page = std::max(source.page, 0);
    const int count = source.page == all_frames ? -1 : 1;
    VipsImage* image = nullptr;
    void* bytes = const_cast<uint8_t*>(source.bytes);
    const size_t length = static_cast<size_t>(source.length);
    int status = -1;
    switch (source.format) {
        case Format::jpeg:
            status = vips_jpegload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "shrink",
                                          source.shrink, nullptr);
            break;
        case Format::png:
            status = vips_pngload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case Format::webp:
            status = vips_webpload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "page", page,
                                          "n", count, "scale", 1.0 / source.shrink, nullptr);
            break;
        case Format::gif:
            status = vips_gifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "page", page,
                                          "n", count, nullptr);
            break;
        case Format::tiff:
            status = vips_tiffload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "page", page,
                                          nullptr);
            break;
        case Format::avif:
        case Format::heic:
            status = vips_heifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "page", page,
                                          nullptr);
            break;
        case Format::jxl:
            status = vips_jxlload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        default:
            require(false, "there is no decoder for format ", static_cast<int32_t>(source.format));
    }
    check(status);
    return Image(image);
}

// JPEG and WebP are shrunk by their decoders; other formats are decoded in strips and averaged strip by strip.
int shrink_after(const Source& source) { return source.format == Format::jpeg || source.format == Format::webp ? 1 : source.shrink; }

Image shrunk(Image image, int by) {
    if (by == 1) return image;
    image = then(image, [&](VipsImage* in, VipsImage** out) {
        return vips_extract_area(in, out, 0, 0, in->Xsize / by * by, in->Ysize / by * by, nullptr);
    });
    return then(image, [&](VipsImage* in, VipsImage** out) { return vips_shrink(in, out, by, by, nullptr); });
}

bool contains(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// libjpeg continues after damage, painting grey or noise, and only warns. Whether its warnings mean lost pixels: line by line, since stray
// bytes, which cost none, may be reported beside damage.
bool means_damage(const std::string& warnings) {
    for (size_t at = 0; at < warnings.size();) {
        const size_t end = std::min(warnings.find('\n', at), warnings.size());
        const std::string line = warnings.substr(at, end - at);
        if (contains(line, "remature end") || (contains(line, "Corrupt JPEG data") && !contains(line, "extraneous bytes"))) return true;
        at = end + 1;
    }
    return false;
}

void load_part(Format format) {
    if ((format == Format::avif || format == Format::heic) && !ensure_heif())
        throw Failure(Status::unsupported, "this machine's libvips can't read HEIF");
    if (format == Format::jxl && !ensure_jxl()) throw Failure(Status::unsupported, "this machine's libvips can't read JPEG XL");
}

// Runs `attempt` beside others; where it fails, runs it again and alone to learn why.
template <typename Attempt>
void explained(Attempt&& attempt) {
    try {
        std::shared_lock<std::shared_mutex> beside(error_lock());
        attempt(VIPS_FAIL_ON_WARNING);
        return;
    } catch (const VipsFailure&) {
    }
    std::unique_lock<std::shared_mutex> alone(error_lock());
    bool failed = false;
    vips_error_clear();
    try {
        attempt(VIPS_FAIL_ON_ERROR);
    } catch (const VipsFailure&) {
        failed = true;
    }
    const std::string said = vips_error_buffer();
    vips_error_clear();
    if (failed || means_damage(said)) throw Failure(Status::unusable, said);
}

}  // namespace

// As C# reads it: src/Smirk.Imaging/Native/NativeMethods.Vips.cs.
struct Header {
    int32_t width;  // pixels as stored, before the EXIF orientation
    int32_t height;
    int32_t frames;       // 1 for a still picture
    int32_t orientation;  // EXIF, 1 to 8; 1 where the file has none
    int32_t bands;        // channels as stored, alpha included
    int32_t bits;         // of a channel
    int32_t has_alpha;
    int32_t has_profile;  // an ICC profile is embedded
};

// A picture whose header was read and whose pixels wait. Its source's bytes stay the caller's until it is closed.
struct OpenPicture {
    Source source;
    Image image;  // taken by the first attempt to read it
    int width, height;
    std::unique_ptr<Rows> rows;  // of all frames, once one was read
};

}  // namespace smirk

using namespace smirk;

// Reads the header of frame or page `page`, from 0, or with -1 of all frames of a GIF or WebP; no pixel is decoded. `shrink` (1, 2, 4, 8):
// squares of that many pixels are averaged to one while they are decoded, and what doesn't fill one at the right and the bottom is left out
// (WebP rounds). The header's sides are those after it. *picture is set on success alone, and is given back with smirk_vips_close.
SMIRK_EXPORT int32_t smirk_vips_open(const uint8_t* bytes, int64_t length, int32_t format, int32_t shrink, int32_t page,
                                     Header* header, OpenPicture** picture) {
    return guarded([&] {
        check_length(length);
        check_shrink(shrink);
        ensure_started();
        const Source source = {bytes, length, static_cast<Format>(format), shrink, page};
        load_part(source.format);
        Image image;
        explained([&](VipsFailOn fail_on) { image = open(source, fail_on); });
        header->width = image->Xsize / shrink_after(source);
        header->height = (page == all_frames ? vips_image_get_page_height(image.get()) : image->Ysize) / shrink_after(source);
        header->frames = vips_image_get_n_pages(image.get());
        header->orientation = vips_image_get_orientation(image.get());
        header->bands = image->Bands;
        header->bits = static_cast<int32_t>(vips_format_sizeof(image->BandFmt)) * 8;
        header->has_alpha = vips_image_hasalpha(image.get());
        header->has_profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
        *picture = new OpenPicture{source, std::move(image), header->width, header->height, nullptr};
    });
}

// Decodes to sRGB, 8 bits, interleaved, alpha laid over white (over black where the picture itself is nearly white), as
// stored (not turned by the orientation). `channels` is 3, or 1 for the luminance (Rec. 601) alone. `pixels` has room for the header's
// width * height * channels bytes. Once for each picture.
SMIRK_EXPORT int32_t smirk_vips_read(OpenPicture* picture, int32_t channels, uint8_t* pixels) {
    return guarded([&] {
        checked_bytes(picture->width, picture->height, channels);
        explained([&](VipsFailOn fail_on) {
            // The opened image serves the first attempt; the second one starts over.
            Image image =
                shrunk(to_srgb(picture->image ? std::move(picture->image) : open(picture->source, fail_on)), shrink_after(picture->source));
            Rows rows(std::move(image));
            if (rows.width() != picture->width || rows.height() != picture->height)
                throw Failure(Status::unusable, "the size of the pixels differs from the header's");
            rows.read(0, rows.height(), channels, pixels);
        });
    });
}

// How long each of the header's frames is shown, in milliseconds; 0 where the file doesn't say.
SMIRK_EXPORT int32_t smirk_vips_delays(OpenPicture* picture, int32_t* delays, int32_t count) {
    return guarded([&] {
        int* stored = nullptr;
        int n = 0;
        if (!picture->image || vips_image_get_array_int(picture->image.get(), "delay", &stored, &n) != 0) n = 0;
        for (int i = 0; i < count; i++) delays[i] = i < n ? stored[i] : 0;
    });
}

// Decodes one of all frames as smirk_vips_read does. The picture was opened with page -1; frames can only be asked for in rising order.
SMIRK_EXPORT int32_t smirk_vips_read_frame(OpenPicture* picture, int32_t frame, int32_t channels, uint8_t* pixels) {
    return guarded([&] {
        checked_bytes(picture->width, picture->height, channels);
        require(frame >= 0, "frame ", frame, ": expected at least 0");
        std::shared_lock<std::shared_mutex> beside(error_lock());
        try {
            if (!picture->rows) picture->rows = std::make_unique<Rows>(to_srgb(std::move(picture->image)));
            require((frame + 1) * static_cast<int64_t>(picture->height) <= picture->rows->height(), "there is no frame ", frame);
            picture->rows->read(frame * picture->height, picture->height, channels, pixels);
        } catch (const VipsFailure&) {
            throw Failure(Status::unusable, "a later frame can't be decoded");
        }
    });
}

// Copies the samples as they are stored, alpha included, in the machine's byte order: the header's width * height * bands samples of `bits`
// each, `length` bytes. Once for each picture, in place of smirk_vips_read.
SMIRK_EXPORT int32_t smirk_vips_samples(OpenPicture* picture, uint8_t* samples, int64_t length) {
    return guarded([&] {
        explained([&](VipsFailOn fail_on) {
            const Image image = picture->image ? std::move(picture->image) : open(picture->source, fail_on);
            const size_t row = VIPS_IMAGE_SIZEOF_LINE(image.get());
            require(length == static_cast<int64_t>(row) * image->Ysize, image->Ysize, " rows of ", row, " bytes don't fit ", length);
            check(vips_image_pio_input(image.get()));
            std::unique_ptr<VipsRegion, Unref> region(vips_region_new(image.get()));
            if (!region) throw VipsFailure();
            for (int top = 0; top < image->Ysize; top += strip_height) {
                VipsRect rect = {0, top, image->Xsize, std::min(strip_height, image->Ysize - top)};
                check(vips_region_prepare(region.get(), &rect));
                for (int y = top; y < top + rect.height; y++)
                    std::memcpy(samples + static_cast<size_t>(y) * row, VIPS_REGION_ADDR(region.get(), 0, y), row);
            }
        });
    });
}

SMIRK_EXPORT void smirk_vips_close(OpenPicture* picture) noexcept { delete picture; }
