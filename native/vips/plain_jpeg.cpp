// JPEGs that hold nothing but pixels, through libjpeg alone. libvips decodes them with the same library and to the same bytes, but
// setting up its operations takes several times as long as a small picture's pixels. Whatever isn't plain goes to libvips.
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include "smirk_vips.h"

namespace {

// A progressive file may repeat its scans without end; honest ones have about ten.
const int most_scans = 100;

struct Failure {
    jpeg_error_mgr base;
    jmp_buf leave;
};

[[noreturn]] void leave(j_common_ptr info) { longjmp(reinterpret_cast<Failure *>(info->err)->leave, 1); }

// Warnings have level -1: damage that libjpeg would paint over.
void refuse_warnings(j_common_ptr info, int level) {
    if (level < 0)
        leave(info);
}

void say_nothing(j_common_ptr) {}

void limit_scans(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans)
        leave(info);
}

}  // namespace

int32_t smirk_vips_plain_jpeg(const uint8_t *bytes, int64_t length, int32_t shrink, int32_t width, int32_t height, int32_t channels, uint8_t *pixels) {
    // No object with a destructor lives in here: libjpeg reports errors by jumping out.
    jpeg_decompress_struct info;
    Failure failure;
    jpeg_progress_mgr progress = {};
    progress.progress_monitor = limit_scans;
    info.err = jpeg_std_error(&failure.base);
    failure.base.error_exit = leave;
    failure.base.emit_message = refuse_warnings;
    failure.base.output_message = say_nothing;
    jpeg_create_decompress(&info);
    if (setjmp(failure.leave)) {
        jpeg_destroy_decompress(&info);
        return SMIRK_VIPS_UNUSABLE;
    }
    jpeg_mem_src(&info, bytes, static_cast<unsigned long>(length));
    jpeg_read_header(&info, TRUE);
    info.progress = &progress;
    info.out_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    info.scale_num = 1;
    info.scale_denom = static_cast<unsigned>(shrink);
    jpeg_start_decompress(&info);
    if (info.output_components != channels || static_cast<int>(info.image_width) / shrink != width || static_cast<int>(info.image_height) / shrink != height)
        leave(reinterpret_cast<j_common_ptr>(&info));

    // The last row and column may cover less of the picture than the others; they are left out, as libvips does.
    const size_t stride = static_cast<size_t>(width) * static_cast<size_t>(channels);
    JSAMPARRAY row = info.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&info), JPOOL_IMAGE, info.output_width * static_cast<unsigned>(channels), 1);
    while (info.output_scanline < info.output_height) {
        const size_t y = info.output_scanline;
        jpeg_read_scanlines(&info, row, 1);
        if (y < static_cast<size_t>(height))
            std::memcpy(pixels + y * stride, row[0], stride);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return SMIRK_VIPS_OK;
}
