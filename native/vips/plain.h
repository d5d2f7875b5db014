// Plain pictures: files of nothing but 8-bit pixels, decoded by the format's own library. libvips decodes them with the same libraries and
// to the same bytes, but setting up its operations takes several times as long as a small picture's pixels. Anything unusual is
// Status::unusable without a message: libvips then decodes the file, or explains what is wrong with it.
#pragma once
#include "library.h"

namespace smirk {

struct PlainSource {
    const uint8_t* bytes;
    size_t length;
};

// `pixels` has room for width * height * channels bytes, where the sides are those after shrinking.
struct PlainTarget {
    int32_t width, height, channels;
    uint8_t* pixels;
    size_t stride() const { return static_cast<size_t>(width) * static_cast<size_t>(channels); }
};

// libjpeg and libpng report errors with longjmp: nothing with a destructor may live in these functions.
Status decode_plain_jpeg(const PlainSource& source, int32_t shrink, const PlainTarget& target);
Status decode_plain_png(const PlainSource& source, const PlainTarget& target);
Status decode_plain_webp(const PlainSource& source, const PlainTarget& target);

// Checks the arguments of a plain decoder, then calls decode(source, target).
template <typename Decode>
Status plain(const uint8_t* bytes, int64_t length, const PlainTarget& target, Decode decode) {
    check_length(length);
    checked_bytes(target.width, target.height, target.channels);
    return decode(PlainSource{bytes, static_cast<size_t>(length)}, target);
}

}  // namespace smirk
