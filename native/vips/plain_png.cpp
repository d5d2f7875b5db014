// Plain PNGs: 8 bits, not interlaced, without alpha, profile and orientation.
#include "plain.h"

#include <csetjmp>
#include <cstring>

#include <png.h>

namespace smirk {

namespace {

struct Input {
    const uint8_t* bytes;
    size_t length;
    size_t at;
};

void read(png_structp png, png_bytep to, size_t count) {
    auto* input = static_cast<Input*>(png_get_io_ptr(png));
    if (count > input->length - input->at) png_error(png, "cut short");
    std::memcpy(to, input->bytes + input->at, count);
    input->at += count;
}

// For warnings too: libpng may only warn of damage, and go on.
[[noreturn]] void leave(png_structp png, png_const_charp) { png_longjmp(png, 1); }

}  // namespace

Status decode_plain_png(const PlainSource& source, const PlainTarget& target) {
    Input input = {source.bytes, source.length, 0};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, leave);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, nullptr);
        return Status::unusable;
    }
    png_set_read_fn(png, &input, read);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_read_update_info(png, info);
    const size_t stride = target.stride();
    if (png_get_interlace_type(png, info) != PNG_INTERLACE_NONE || static_cast<int32_t>(png_get_image_width(png, info)) != target.width ||
        static_cast<int32_t>(png_get_image_height(png, info)) != target.height || png_get_bit_depth(png, info) != 8 ||
        png_get_rowbytes(png, info) != stride)
        png_error(png, "not plain");
    for (int32_t y = 0; y < target.height; y++) png_read_row(png, target.pixels + y * stride, nullptr);
    png_read_end(png, nullptr);
    png_destroy_read_struct(&png, &info, nullptr);
    return Status::ok;
}

}  // namespace smirk

using namespace smirk;

SMIRK_EXPORT int32_t smirk_vips_plain_png(const uint8_t* bytes, int64_t length, int32_t width, int32_t height, uint8_t* pixels) {
    return guarded([&] { return plain(bytes, length, {width, height, 3, pixels}, decode_plain_png); });
}
