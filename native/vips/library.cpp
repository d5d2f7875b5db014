// The start of libvips, its version, and the last error.
#include "library.h"

#include <dlfcn.h>
#include <gmodule.h>

#include <cstdlib>
#include <mutex>

namespace smirk {

namespace {

void discard_log(const gchar*, GLogLevelFlags, const gchar*, gpointer) {}

bool knows(const char* operation) { return vips_type_find("VipsOperation", operation) != 0; }

// libvips doesn't trust its JPEG XL loader, which its own fuzzing leaves out; libjxl below it is fuzzed for browsers. It is allowed where
// it is there, and nothing else of what isn't trusted.
void block_untrusted() {
    vips_block_untrusted_set(TRUE);
    if (knows("jxlload_buffer")) vips_operation_block_set("VipsForeignLoadJxl", FALSE);
}

// While it starts, libvips loads every module it finds (ImageMagick, Poppler, OpenSlide...): slow, and decoders that must never see a
// stranger's bytes. It looks below VIPSHOME, so until it has started that names a folder without any.
void start() {
    const char* was = std::getenv("VIPSHOME");
    const std::string kept = was ? was : "";
    setenv("VIPSHOME", "/nonexistent", 1);
    const int status = vips_init("smirk");
    if (was)
        setenv("VIPSHOME", kept.c_str(), 1);
    else
        unsetenv("VIPSHOME");
    if (status != 0) throw std::runtime_error(joined("libvips doesn't start: ", vips_error_buffer()));

    // Damaged files are reported by status; nobody reads these lines.
    for (const char* domain : {"VIPS", "GLib", "GLib-GObject", "GLib-GIO"})
        g_log_set_handler(domain, static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK & ~G_LOG_LEVEL_ERROR), discard_log, nullptr);
    block_untrusted();

    // Files are decoded in parallel, each by one thread, and no picture is ever asked for twice.
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
}

// A part of libvips that lies in a module of its own, such as vips-heif.so.
bool load_module(const char* name, const char* operation) {
    if (knows(operation)) return true;
    Dl_info vips;
    if (dladdr(reinterpret_cast<void*>(&vips_init), &vips) == 0) return false;
    const std::string library = vips.dli_fname;
    const auto module =
        joined(library.substr(0, library.rfind('/')), "/vips-modules-", vips_version(0), ".", vips_version(1), "/vips-", name, ".so");
    if (g_module_open(module.c_str(), G_MODULE_BIND_LAZY) == nullptr) return false;
    block_untrusted();
    return knows(operation);
}

}  // namespace

void ensure_started() {
    static std::once_flag once;
    std::call_once(once, start);
}

bool ensure_heif() {
    static const bool loaded = load_module("heif", "heifload_buffer");
    return loaded;
}

bool ensure_jxl() {
    static const bool loaded = load_module("jxl", "jxlload_buffer");
    return loaded;
}

std::shared_mutex& error_lock() {
    static std::shared_mutex lock;
    return lock;
}

// libvips is written in C and throws nothing.
Status classify(const std::exception&, std::string&) { return Status::failed; }

}  // namespace smirk

// Raised with every change of an export; src/Smirk.Imaging/Native/VipsLibrary.cs names the same number.
SMIRK_EXPORT int32_t smirk_vips_abi() noexcept { return 6; }

SMIRK_EXPORT const char* smirk_vips_last_error() noexcept { return smirk::last_error(); }

SMIRK_EXPORT const char* smirk_vips_version() noexcept { return vips_version_string(); }
