// Decoding through libvips, in two steps: the header, then the pixels.
#include "library.h"

#include <cstring>
#include <mutex>
#include <optional>
#include <vector>

namespace smirk {

namespace {

struct Source {
    const uint8_t* bytes;
    int64_t length;
    Format format;
    int32_t shrink;
};

// Reads the header; pixels are decoded when they are asked for, in order.
Image open(const Source& source, VipsFailOn fail_on) {
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
            status = vips_webpload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, "scale",
                                          1.0 / source.shrink, nullptr);
            break;
        case Format::gif:
            status = vips_gifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case Format::tiff:
            status = vips_tiffload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
            break;
        case Format::avif:
        case Format::heic:
            status = vips_heifload_buffer(bytes, length, &image, "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", fail_on, nullptr);
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

template <typename Operation>
Image then(const Image& in, Operation&& operation) {
    VipsImage* out = nullptr;
    check(operation(in.get(), &out));
    return Image(out);
}

// A profile that says sRGB needs no conversion, which would only add rounding errors.
bool is_srgb_profile(VipsImage* image) {
    const void* profile = nullptr;
    size_t length = 0;
    if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &profile, &length) != 0) return false;
    static const char name[] = "sRGB IEC61966-2.1";
    return memmem(profile, length, name, sizeof(name) - 1) != nullptr;
}

Image three_bands(Image image) {
    if (image->Bands > 3)
        image = then(image, [](VipsImage* in, VipsImage** out) { return vips_extract_band(in, out, 0, "n", 3, nullptr); });
    if (image->Bands != 3) throw Failure(Status::unusable, joined("a picture of ", image->Bands, " channels"));
    return image;
}

Image laid_over(const Image& image, double ground) {
    std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> background(vips_array_double_newv(1, ground),
                                                                            [](VipsArrayDouble* a) { vips_area_unref(VIPS_AREA(a)); });
    return three_bands(
        then(image, [&](VipsImage* in, VipsImage** out) { return vips_flatten(in, out, "background", background.get(), nullptr); }));
}

// Six bands: a sequential picture is read once, and which ground shows it is known at its end.
Image beside(const Image& one, const Image& other) {
    VipsImage* pair[2] = {one.get(), other.get()};
    VipsImage* out = nullptr;
    check(vips_bandjoin(pair, &out, 2, nullptr));
    return Image(out);
}

// sRGB bytes in three bands; with transparency in six, laid over white and over black.
Image to_srgb(Image image) {
    const bool cmyk = image->Type == VIPS_INTERPRETATION_CMYK;
    const bool profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
    if (profile && !is_srgb_profile(image.get())) {
        VipsImage* out = nullptr;
        // Perceptual for print colours, which lie outside sRGB; relative keeps the others exact.
        const VipsIntent intent = cmyk ? VIPS_INTENT_PERCEPTUAL : VIPS_INTENT_RELATIVE;
        if (vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, "intent", intent, "depth", 8, nullptr) == 0) image.reset(out);
        // The pixels are good even where the profile can't be read: then it is ignored.
    }
    // Most pictures are sRGB bytes already: setting up operations that do nothing would take longer than their pixels.
    if (image->Type != VIPS_INTERPRETATION_sRGB)
        image = then(image, [](VipsImage* in, VipsImage** out) { return vips_colourspace(in, out, VIPS_INTERPRETATION_sRGB, nullptr); });
    if (image->BandFmt != VIPS_FORMAT_UCHAR)
        image = then(image, [](VipsImage* in, VipsImage** out) { return vips_cast_uchar(in, out, nullptr); });
    if (vips_image_hasalpha(image.get())) return beside(laid_over(image, 255.0), laid_over(image, 0.0));
    return three_bands(std::move(image));
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

void write_luminance(const uint8_t* rgb, int width, uint8_t* to) {
    for (int x = 0; x < width; x++, rgb += 3) to[x] = static_cast<uint8_t>((19595 * rgb[0] + 38470 * rgb[1] + 7471 * rgb[2] + 32768) >> 16);
}

// How far the pixels are from the ground that they lie on: what can be seen of them.
uint64_t seen_on(uint8_t ground, const uint8_t* row, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += static_cast<uint64_t>(row[i] > ground ? row[i] - ground : ground - row[i]);
    return sum;
}

// Which of two grounds a transparent picture is shown on. White is what is expected; black shows what is itself next to white.
class Grounds {
public:
    Grounds(int width, int height, int channels, uint8_t* pixels)
        : width_(width), row_(static_cast<size_t>(width) * static_cast<size_t>(channels)), channels_(channels), on_white_(pixels),
          on_black_(row_ * static_cast<size_t>(height)), apart_(static_cast<size_t>(width) * 3) {}

    void add(const uint8_t* pairs, size_t y) {
        for (int ground = 0; ground < 2; ground++) {
            for (int x = 0; x < width_; x++) std::memcpy(&apart_[static_cast<size_t>(x) * 3], pairs + x * 6 + ground * 3, 3);
            uint8_t* to = (ground == 0 ? on_white_ : on_black_.data()) + y * row_;
            if (channels_ == 1)
                write_luminance(apart_.data(), width_, to);
            else
                std::memcpy(to, apart_.data(), row_);
            (ground == 0 ? seen_on_white_ : seen_on_black_) += seen_on(ground == 0 ? 255 : 0, to, row_);
        }
    }

    void choose() {
        if (seen_on_white_ * most_whiteness < seen_on_black_) std::memcpy(on_white_, on_black_.data(), on_black_.size());
    }

private:
    // Twelve times as far from black as from white: lighter than 235 of 255 on average.
    static constexpr uint64_t most_whiteness = 12;

    int width_;
    size_t row_;
    int channels_;
    uint8_t* on_white_;
    std::vector<uint8_t> on_black_;
    std::vector<uint8_t> apart_;
    uint64_t seen_on_white_ = 0;
    uint64_t seen_on_black_ = 0;
};

// A strip at a time on the caller's thread: no thread pool is started, and no second copy of an opaque picture is made.
void read_pixels(const Image& image, int channels, uint8_t* pixels) {
    const int strip = 64;
    const size_t row = static_cast<size_t>(image->Xsize) * static_cast<size_t>(channels);
    std::optional<Grounds> grounds;
    if (image->Bands == 6) grounds.emplace(image->Xsize, image->Ysize, channels, pixels);
    check(vips_image_pio_input(image.get()));
    std::unique_ptr<VipsRegion, Unref> region(vips_region_new(image.get()));
    if (!region) throw VipsFailure();
    for (int top = 0; top < image->Ysize; top += strip) {
        VipsRect rect = {0, top, image->Xsize, std::min(strip, image->Ysize - top)};
        check(vips_region_prepare(region.get(), &rect));
        for (int y = 0; y < rect.height; y++) {
            uint8_t* to = pixels + (static_cast<size_t>(top) + y) * row;
            if (grounds)
                grounds->add(VIPS_REGION_ADDR(region.get(), 0, top + y), static_cast<size_t>(top) + static_cast<size_t>(y));
            else if (channels == 1)
                write_luminance(VIPS_REGION_ADDR(region.get(), 0, top + y), image->Xsize, to);
            else
                std::memcpy(to, VIPS_REGION_ADDR(region.get(), 0, top + y), row);
        }
    }
    if (grounds) grounds->choose();
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
};

}  // namespace smirk

using namespace smirk;

// Reads the header; no pixel is decoded. `shrink` (1, 2, 4, 8): squares of that many pixels are averaged to one while they are decoded, and
// what doesn't fill one at the right and the bottom is left out (WebP rounds). The header's sides are those after it. *picture is set on
// success alone, and is given back with smirk_vips_close.
SMIRK_EXPORT int32_t smirk_vips_open(const uint8_t* bytes, int64_t length, int32_t format, int32_t shrink, Header* header,
                                     OpenPicture** picture) {
    return guarded([&] {
        check_length(length);
        check_shrink(shrink);
        ensure_started();
        const Source source = {bytes, length, static_cast<Format>(format), shrink};
        load_part(source.format);
        Image image;
        explained([&](VipsFailOn fail_on) { image = open(source, fail_on); });
        header->width = image->Xsize / shrink_after(source);
        header->height = image->Ysize / shrink_after(source);
        header->frames = vips_image_get_n_pages(image.get());
        header->orientation = vips_image_get_orientation(image.get());
        header->bands = image->Bands;
        header->bits = static_cast<int32_t>(vips_format_sizeof(image->BandFmt)) * 8;
        header->has_alpha = vips_image_hasalpha(image.get());
        header->has_profile = vips_image_get_typeof(image.get(), VIPS_META_ICC_NAME) != 0;
        *picture = new OpenPicture{source, std::move(image), header->width, header->height};
    });
}

// Decodes the first frame to sRGB, 8 bits, interleaved, alpha laid over white (over black where the picture itself is nearly white), as
// stored (not turned by the orientation). `channels` is 3, or 1 for the luminance (Rec. 601) alone. `pixels` has room for the header's
// width * height * channels bytes. Once for each picture.
SMIRK_EXPORT int32_t smirk_vips_read(OpenPicture* picture, int32_t channels, uint8_t* pixels) {
    return guarded([&] {
        checked_bytes(picture->width, picture->height, channels);
        explained([&](VipsFailOn fail_on) {
            // The opened image serves the first attempt; the second one starts over.
            const Image image =
                shrunk(to_srgb(picture->image ? std::move(picture->image) : open(picture->source, fail_on)), shrink_after(picture->source));
            if (image->Xsize != picture->width || image->Ysize != picture->height)
                throw Failure(Status::unusable, "the size of the pixels differs from the header's");
            read_pixels(image, channels, pixels);
        });
    });
}

SMIRK_EXPORT void smirk_vips_close(OpenPicture* picture) noexcept { delete picture; }
