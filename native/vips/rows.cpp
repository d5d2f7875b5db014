// Colours and grounds: what is done to pixels between a decoder and the caller.
#include "rows.h"

#include <cstring>
#include <optional>
#include <vector>

namespace smirk {

namespace {

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

}  // namespace

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

Rows::Rows(Image image) : image_(std::move(image)) {
    check(vips_image_pio_input(image_.get()));
    region_.reset(vips_region_new(image_.get()));
    if (!region_) throw VipsFailure();
}

void Rows::read(int first, int count, int channels, uint8_t* pixels) {
    const size_t row = static_cast<size_t>(width()) * static_cast<size_t>(channels);
    std::optional<Grounds> grounds;
    if (image_->Bands == 6) grounds.emplace(width(), count, channels, pixels);
    for (int top = 0; top < count; top += strip_height) {
        VipsRect rect = {0, first + top, width(), std::min(strip_height, count - top)};
        check(vips_region_prepare(region_.get(), &rect));
        for (int y = top; y < top + rect.height; y++) {
            const uint8_t* from = VIPS_REGION_ADDR(region_.get(), 0, first + y);
            uint8_t* to = pixels + static_cast<size_t>(y) * row;
            if (grounds)
                grounds->add(from, static_cast<size_t>(y));
            else if (channels == 1)
                write_luminance(from, width(), to);
            else
                std::memcpy(to, from, row);
        }
    }
    if (grounds) grounds->choose();
}

}  // namespace smirk
