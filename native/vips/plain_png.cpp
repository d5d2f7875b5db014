// PNGs that hold nothing but 8-bit pixels without alpha, through libpng alone; see plain_jpeg.cpp for why.
#include <csetjmp>
#include <cstring>

#include <png.h>

#include "smirk_vips.h"

namespace {

struct Input {
    const uint8_t *bytes;
    size_t length;
    size_t at;
};

void read(png_structp png, png_bytep to, size_t count) {
    auto *input = static_cast<Input *>(png_get_io_ptr(png));
    if (count > input->length - input->at)
        png_error(png, "cut short");
    std::memcpy(to, input->bytes + input->at, count);
    input->at += count;
}

// Also for warnings: what libpng only warns of may be damage that it went on from.
[[noreturn]] void leave(png_structp png, png_const_charp) { png_longjmp(png, 1); }

}  // namespace

int32_t smirk_vips_plain_png(const uint8_t *bytes, int64_t length, int32_t width, int32_t height, uint8_t *pixels) {
    // No object with a destructor lives in here: libpng reports errors by jumping out.
    Input input = {bytes, static_cast<size_t>(length), 0};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, leave, leave);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!info || setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, nullptr);
        return SMIRK_VIPS_UNUSABLE;
    }
    png_set_read_fn(png, &input, read);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_read_update_info(png, info);
    const size_t stride = static_cast<size_t>(width) * 3;
    if (png_get_interlace_type(png, info) != PNG_INTERLACE_NONE || static_cast<int32_t>(png_get_image_width(png, info)) != width
        || static_cast<int32_t>(png_get_image_height(png, info)) != height || png_get_bit_depth(png, info) != 8 || png_get_rowbytes(png, info) != stride)
        png_error(png, "not plain");
    for (int32_t y = 0; y < height; y++)
        png_read_row(png, pixels + y * stride, nullptr);
    png_read_end(png, nullptr);
    png_destroy_read_struct(&png, &info, nullptr);
    return SMIRK_VIPS_OK;
}
