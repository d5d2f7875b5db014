// What the parts of this shim share: starting libvips, references that are given back, the lock on its error messages.
#pragma once
#include <vips/vips.h>

#include <memory>
#include <shared_mutex>

#include "../shared/picture.h"

namespace smirk {

// The numbers are those of PictureFormat in C#.
enum class Format : int32_t { jpeg = 1, png = 2, webp = 3, gif = 4, tiff = 5, avif = 7, heic = 8, jxl = 9 };

// Starts libvips once; throws when it doesn't start.
void ensure_started();

// Loads libvips' own HEIF module where HEIF isn't compiled in; false where this machine has none.
bool ensure_heif();

// The same for JPEG XL.
bool ensure_jxl();

// libvips collects messages in one buffer for the whole process. Calls share this lock; to learn which messages are its own, a call is
// repeated while it holds the lock alone.
std::shared_mutex& error_lock();

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// A libvips call that returned non-zero; libvips' buffer holds the reason.
struct VipsFailure : std::runtime_error {
    VipsFailure() : std::runtime_error("libvips failed") {}
};

inline void check(int status) {
    if (status != 0) throw VipsFailure();
}

inline void check_length(int64_t length) { require(length >= 1, "a file of ", length, " bytes: expected at least 1"); }

inline void check_shrink(int32_t shrink) {
    require(shrink == 1 || shrink == 2 || shrink == 4 || shrink == 8, "a picture can be shrunk by 1, 2, 4 or 8, not by ", shrink);
}

}  // namespace smirk
