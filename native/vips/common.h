// What the parts of the shim share: starting libvips, the last error, references that are given back.
#pragma once
#include <vips/vips.h>

#include <exception>
#include <memory>
#include <shared_mutex>
#include <stdexcept>
#include <string>

#include "smirk_vips.h"

namespace smirk {

// Starts libvips once; throws when it can't.
void ensure_started();

// Loads libvips' own HEIF module where HEIF isn't compiled in; false where this machine has none.
bool ensure_heif();

void set_last_error(const std::string &message);

// libvips collects messages in one buffer for the whole process. Calls share this lock; who wants to know which messages are
// its own repeats the call while holding the lock alone.
std::shared_mutex &error_lock();

struct Unref {
    void operator()(void *object) const { g_object_unref(object); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

// A libvips call that returned non-zero; the text is libvips'.
struct VipsFailure : std::runtime_error {
    VipsFailure() : std::runtime_error("libvips failed") {}
};

// The picture can't be used, and why.
struct Unusable : std::runtime_error {
    using std::runtime_error::runtime_error;
};

inline void check(int status) {
    if (status != 0)
        throw VipsFailure();
}

// Runs `body`, which returns a status, and turns every exception into one.
template <typename Body>
int32_t guarded(Body &&body) {
    try {
        ensure_started();
        return body();
    } catch (const Unusable &error) {
        set_last_error(error.what());
        return SMIRK_VIPS_UNUSABLE;
    } catch (const std::exception &error) {
        set_last_error(error.what());
    } catch (...) {
        set_last_error("an exception of an unknown type");
    }
    return SMIRK_VIPS_FAILED;
}

}  // namespace smirk
