// The C ABI of libsmirk_vips.so. Every function returns a status; results come through out pointers, the message of the last
// failure on this thread from smirk_vips_last_error().
#pragma once
#include <cstdint>

#define SMIRK_EXPORT extern "C" __attribute__((visibility("default")))

enum smirk_vips_status : int32_t {
    SMIRK_VIPS_OK = 0,
    SMIRK_VIPS_UNUSABLE = 1,     // the picture can't be decoded: damaged, cut short, of a kind that isn't handled
    SMIRK_VIPS_UNSUPPORTED = 2,  // this machine's libvips has no part for the format
    SMIRK_VIPS_FAILED = 3,       // anything else: a wrong argument, no memory
};

// The numbers are shared with PictureFormat in C#.
enum smirk_vips_format : int32_t {
    SMIRK_VIPS_JPEG = 1,
    SMIRK_VIPS_PNG = 2,
    SMIRK_VIPS_WEBP = 3,
    SMIRK_VIPS_GIF = 4,
    SMIRK_VIPS_TIFF = 5,
    SMIRK_VIPS_AVIF = 7,
    SMIRK_VIPS_HEIC = 8,
};

struct smirk_vips_header {
    int32_t width;        // pixels, as stored (before the EXIF orientation)
    int32_t height;
    int32_t frames;       // 1 for a still picture
    int32_t orientation;  // EXIF, 1 to 8; 1 where the file says nothing
    int32_t bands;        // channels as stored, alpha included
    int32_t bits;         // per channel
    int32_t has_alpha;
    int32_t has_profile;  // an ICC profile is embedded
};

SMIRK_EXPORT int32_t smirk_vips_abi();
SMIRK_EXPORT const char *smirk_vips_last_error();
SMIRK_EXPORT const char *smirk_vips_version();

// A picture whose header was read and whose pixels wait. It looks into `bytes` until it is closed.
struct smirk_vips_picture;

// Reads the header; no pixel is decoded. `shrink` (1, 2, 4, 8): squares of that many pixels are averaged to one as they are decoded,
// what doesn't fill one at the right and below is left out (WebP: sizes are rounded). Sizes in the header are those after it.
// *picture is given back with smirk_vips_close; it is set on success alone.
SMIRK_EXPORT int32_t smirk_vips_open(const uint8_t *bytes, int64_t length, int32_t format, int32_t shrink, smirk_vips_header *header,
                                     smirk_vips_picture **picture);

// Decodes the first frame to sRGB, 8 bits, interleaved, alpha laid over white, as stored (not turned by the orientation).
// `channels` is 3, or 1 for its luminance (Rec. 601) alone. `pixels` has room for width * height * channels bytes of the header. Once per picture.
SMIRK_EXPORT int32_t smirk_vips_read(smirk_vips_picture *picture, int32_t channels, uint8_t *pixels);
SMIRK_EXPORT void smirk_vips_close(smirk_vips_picture *picture);

// Decodes a JPEG of 8 bits and 1 or 3 channels, without profile and orientation, to interleaved RGB or luminance. `shrink` and `channels` as above; `width` and
// `height` are the picture's divided by it, rounded down. SMIRK_VIPS_UNUSABLE, without a message, where anything is unusual: libvips
// then decodes or explains it.
SMIRK_EXPORT int32_t smirk_vips_plain_jpeg(const uint8_t *bytes, int64_t length, int32_t shrink, int32_t width, int32_t height, int32_t channels,
                                           uint8_t *pixels);

// The same for PNGs of 8 bits that aren't interlaced, and for still WebPs; both without alpha, profile and orientation.
SMIRK_EXPORT int32_t smirk_vips_plain_png(const uint8_t *bytes, int64_t length, int32_t width, int32_t height, uint8_t *pixels);
SMIRK_EXPORT int32_t smirk_vips_plain_webp(const uint8_t *bytes, int64_t length, int32_t width, int32_t height, uint8_t *pixels);

// Encodes `frames` pictures of width * height interleaved RGB, one below the other; more than one for GIF and WebP only.
// `quality` 1 to 100 for JPEG and WebP; `delay` in milliseconds. *encoded is given back with smirk_vips_free.
SMIRK_EXPORT int32_t smirk_vips_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t frames, int32_t format, int32_t quality,
                                       int32_t lossless, int32_t delay, uint8_t **encoded, int64_t *length);
SMIRK_EXPORT void smirk_vips_free(uint8_t *encoded);
