#include <dlfcn.h>
#include <gmodule.h>

#include <cstdlib>
#include <mutex>

#include "common.h"

namespace smirk {
namespace {

thread_local std::string last_error;

void discard_log(const gchar *, GLogLevelFlags, const gchar *, gpointer) {}

// libvips loads every module it finds (ImageMagick, Poppler, OpenSlide...) while it starts: slow, and decoders that must
// never see a stranger's bytes. It looks below VIPSHOME, so that names a folder without any until it has started.
void start() {
    const char *was = std::getenv("VIPSHOME");
    const std::string kept = was ? was : "";
    setenv("VIPSHOME", "/nonexistent", 1);
    const int status = vips_init("smirk");
    if (was)
        setenv("VIPSHOME", kept.c_str(), 1);
    else
        unsetenv("VIPSHOME");
    if (status != 0)
        throw std::runtime_error(std::string("libvips doesn't start: ") + vips_error_buffer());

    // Damaged files are reported by status; nobody reads these lines.
    for (const char *domain : {"VIPS", "GLib", "GLib-GObject", "GLib-GIO"})
        g_log_set_handler(domain, static_cast<GLogLevelFlags>(G_LOG_LEVEL_MASK & ~G_LOG_LEVEL_ERROR), discard_log, nullptr);
    vips_block_untrusted_set(TRUE);

    // Files are decoded in parallel, each by one thread; no picture is ever asked for twice.
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    vips_cache_set_max_mem(0);
    vips_cache_set_max_files(0);
}

bool has_heif() { return vips_type_find("VipsOperation", "heifload_buffer") != 0; }

bool load_heif() {
    if (has_heif())
        return true;
    Dl_info vips;
    if (dladdr(reinterpret_cast<void *>(&vips_init), &vips) == 0)
        return false;
    const std::string library = vips.dli_fname;
    const std::string module = library.substr(0, library.rfind('/')) + "/vips-modules-" + std::to_string(vips_version(0)) + "." +
                               std::to_string(vips_version(1)) + "/vips-heif.so";
    if (g_module_open(module.c_str(), G_MODULE_BIND_LAZY) == nullptr)
        return false;
    vips_block_untrusted_set(TRUE);
    return has_heif();
}

}  // namespace

void ensure_started() {
    static std::once_flag once;
    std::call_once(once, start);
}

bool ensure_heif() {
    static const bool loaded = load_heif();
    return loaded;
}

void set_last_error(const std::string &message) { last_error = message; }

std::shared_mutex &error_lock() {
    static std::shared_mutex lock;
    return lock;
}

}  // namespace smirk

int32_t smirk_vips_abi() { return 4; }

const char *smirk_vips_last_error() { return smirk::last_error.c_str(); }

const char *smirk_vips_version() { return vips_version_string(); }
