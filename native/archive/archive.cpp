// Archives through libarchive: one member after the other, and the plain bytes of a packed file. Nothing is unpacked onto the disk, and no
// other program is started.
#include "../shared/errors.h"

#include <archive.h>
#include <archive_entry.h>

#include <cstring>
#include <memory>

namespace smirk {

namespace {

constexpr size_t block_bytes = 256 << 10;

// .NET's ticks: 100 ns since the year 1.
constexpr int64_t ticks_a_second = 10000000;
constexpr int64_t ticks_until_1970 = 621355968000000000;
constexpr int64_t latest_second = 253402300799;

struct Close {
    void operator()(archive* handle) const { archive_read_free(handle); }
};

[[noreturn]] void fail(archive* handle) {
    const char* said = archive_error_string(handle);
    // libarchive 3.6 follows a null pointer when it is asked before it knows the format.
    const bool encrypted = archive_format(handle) != 0 && archive_read_has_encrypted_entries(handle) > 0;
    throw Failure(encrypted ? Status::unsupported : Status::unusable, said ? said : "libarchive gave no reason");
}

void check(archive* handle, int status) {
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) fail(handle);
}

int64_t ticks_of(archive_entry* entry) {
    if (!archive_entry_mtime_is_set(entry)) return 0;
    const int64_t seconds = archive_entry_mtime(entry);
    if (seconds < 0 || seconds > latest_second) return 0;
    return ticks_until_1970 + seconds * ticks_a_second + archive_entry_mtime_nsec(entry) / 100;
}

// As the archive has it, in whatever encoding; what it has as Unicode only, in UTF-8.
const char* name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname(entry);
    return name ? name : archive_entry_pathname_utf8(entry);
}

}  // namespace

// Classes of libarchive's errors don't exist: it is C.
Status classify(const std::exception&, std::string&) { return Status::failed; }

// As C# reads it: src/Smirk.Files/Archives/Library/NativeMethods.Archive.cs.
struct Member {
    int64_t size;  // -1 where the archive doesn't say
    int64_t modified;
    int32_t kind;  // 0 a file, 1 a folder, 2 anything else
    int32_t encrypted;
    const char* name;  // until the next member
};

struct Reader {
    std::unique_ptr<archive, Close> handle;
};

}  // namespace smirk

using namespace smirk;

// Raised with every change of an export; src/Smirk.Files/Archives/Library/LibraryReader.cs names the same number.
SMIRK_EXPORT int32_t smirk_archive_abi() noexcept { return 1; }

SMIRK_EXPORT const char* smirk_archive_last_error() noexcept { return last_error(); }

SMIRK_EXPORT const char* smirk_archive_version() noexcept { return archive_version_string(); }

// Opens a file. With `raw` it isn't taken for an archive but for one packed member, whose plain bytes are what smirk_archive_read gives.
// `password` may be null. *reader is set on success alone, and is given back with smirk_archive_close.
SMIRK_EXPORT int32_t smirk_archive_open(const char* path, int32_t raw, const char* password, Reader** reader) {
    return guarded([&] {
        auto opened = std::make_unique<Reader>();
        opened->handle.reset(archive_read_new());
        if (!opened->handle) throw std::bad_alloc();
        archive* handle = opened->handle.get();

        // Those that libarchive decodes itself; for some others it would start programs.
        for (const auto filter : {archive_read_support_filter_gzip, archive_read_support_filter_bzip2, archive_read_support_filter_xz,
                                  archive_read_support_filter_lzma, archive_read_support_filter_compress, archive_read_support_filter_zstd})
            filter(handle);
        if (raw) {
            check(handle, archive_read_support_format_raw(handle));
        } else {
            for (const auto format : {archive_read_support_format_zip_seekable, archive_read_support_format_7zip,
                                      archive_read_support_format_rar, archive_read_support_format_rar5})
                check(handle, format(handle));
        }
        if (password) check(handle, archive_read_add_passphrase(handle, password));
        check(handle, archive_read_open_filename(handle, path, block_bytes));
        *reader = opened.release();
    });
}

// The next member; *found is 0 after the last one.
SMIRK_EXPORT int32_t smirk_archive_next(Reader* reader, Member* member, int32_t* found) {
    return guarded([&] {
        archive_entry* entry = nullptr;
        const int status = archive_read_next_header(reader->handle.get(), &entry);
        *found = status != ARCHIVE_EOF;
        if (status == ARCHIVE_EOF) return;
        check(reader->handle.get(), status);
        member->size = archive_entry_size_is_set(entry) ? archive_entry_size(entry) : -1;
        member->modified = ticks_of(entry);
        const auto type = archive_entry_filetype(entry);
        const bool link = archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
        member->kind = link ? 2 : type == AE_IFDIR ? 1 : type == AE_IFREG || type == 0 ? 0 : 2;
        member->encrypted = archive_entry_is_encrypted(entry) != 0;
        const char* name = name_of(entry);
        member->name = name ? name : "";
    });
}

// The member's next bytes, at most `length`; *read is 0 at its end.
SMIRK_EXPORT int32_t smirk_archive_read(Reader* reader, uint8_t* bytes, int64_t length, int64_t* read) {
    return guarded([&] {
        require(length >= 0, "the number of bytes must be at least 0, not ", length);
        const auto count = archive_read_data(reader->handle.get(), bytes, static_cast<size_t>(length));
        if (count < 0) fail(reader->handle.get());
        *read = count;
    });
}

SMIRK_EXPORT void smirk_archive_close(Reader* reader) noexcept { delete reader; }
