// Pixels of an opened picture: brought to sRGB, and read row by row.
#pragma once
#include "library.h"

namespace smirk {

// Rows that are decoded at once.
constexpr int strip_height = 64;

template <typename Operation>
Image then(const Image& in, Operation&& operation) {
    VipsImage* out = nullptr;
    check(operation(in.get(), &out));
    return Image(out);
}

// sRGB bytes in three bands; with transparency in six, laid over white and over black.
Image to_srgb(Image image);

// The rows of a picture, or of frames one below the other, a strip at a time on the caller's thread: no thread pool is started, and no
// second copy of an opaque picture is made. Rows can only be asked for in order.
class Rows {
public:
    explicit Rows(Image image);

    int width() const { return image_->Xsize; }
    int height() const { return image_->Ysize; }

    // Writes `count` rows from row `first` on, in 3 channels or in 1, the luminance (Rec. 601). Where they are transparent, the ground is
    // chosen for these rows.
    void read(int first, int count, int channels, uint8_t* pixels);

private:
    Image image_;
    std::unique_ptr<VipsRegion, Unref> region_;
};

}  // namespace smirk
