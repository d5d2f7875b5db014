// Plain JPEGs: 8 bits, 1 or 3 channels, without profile and orientation.
#include "plain.h"

#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

namespace smirk {

namespace {

// A progressive file may repeat its scans without end; honest files have about ten.
constexpr int most_scans = 100;

struct Errors {
    jpeg_error_mgr base;
    jmp_buf leave;
};

[[noreturn]] void leave(j_common_ptr info) { longjmp(reinterpret_cast<Errors*>(info->err)->leave, 1); }

// Warnings have level -1: damage that libjpeg would paint over.
void refuse_warnings(j_common_ptr info, int level) {
    if (level < 0) leave(info);
}

void say_nothing(j_common_ptr) {}

void limit_scans(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans) leave(info);
}

}  // namespace

Status decode_plain_jpeg(const PlainSource& source, int32_t shrink, const PlainTarget& target) {
    jpeg_decompress_struct info = {};
    Errors errors;
    jpeg_progress_mgr progress = {};
    progress.progress_monitor = limit_scans;
    info.err = jpeg_std_error(&errors.base);
    errors.base.error_exit = leave;
    errors.base.emit_message = refuse_warnings;
    errors.base.output_message = say_nothing;
    // Before anything is allocated: there may be no memory for that, either.
    if (setjmp(errors.leave)) {
        jpeg_destroy_decompress(&info);
        return Status::unusable;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, source.bytes, static_cast<unsigned long>(source.length));
    jpeg_read_header(&info, TRUE);
    info.progress = &progress;
    info.out_color_space = target.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    info.scale_num = 1;
    info.scale_denom = static_cast<unsigned>(shrink);
    jpeg_start_decompress(&info);
    if (info.output_components != target.channels || static_cast<int>(info.image_width) / shrink != target.width ||
        static_cast<int>(info.image_height) / shrink != target.height)
        leave(reinterpret_cast<j_common_ptr>(&info));

    // The last row and column may cover less of the picture than the others. They are left out, as libvips does.
    const size_t stride = target.stride();
    JSAMPARRAY row = info.mem->alloc_sarray(reinterpret_cast<j_common_ptr>(&info), JPOOL_IMAGE,
                                            info.output_width * static_cast<unsigned>(target.channels), 1);
    while (info.output_scanline < info.output_height) {
        const size_t y = info.output_scanline;
        jpeg_read_scanlines(&info, row, 1);
        if (y < static_cast<size_t>(target.height)) std::memcpy(target.pixels + y * stride, row[0], stride);
    }
    jpeg_finish_decompress(&info);
    jpeg_destroy_decompress(&info);
    return Status::ok;
}

}  // namespace smirk

using namespace smirk;

// `shrink` (1, 2, 4, 8): squares of that many pixels are averaged to one. `width` and `height` are the picture's divided by it, rounded
// down. `channels` is 3, or 1 for the luminance (Rec. 601).
SMIRK_EXPORT int32_t smirk_vips_plain_jpeg(const uint8_t* bytes, int64_t length, int32_t shrink, int32_t width, int32_t height,
                                           int32_t channels, uint8_t* pixels) {
    return guarded([&] {
        check_shrink(shrink);
        return plain(bytes, length, {width, height, channels, pixels},
                     [&](const PlainSource& source, const PlainTarget& target) { return decode_plain_jpeg(source, shrink, target); });
    });
}
