/* A libjpeg that has no memory even for its decoder: what is defined in the program comes before what libsmirk_vips is linked with.
   Decodes one JPEG through libsmirk_vips and prints the status. */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <jpeglib.h>

void jpeg_CreateDecompress(j_decompress_ptr info, int version, size_t size) {
    (void)version;
    (void)size;
    info->mem = NULL;
    info->err->error_exit((j_common_ptr)info);
}

int main(int count, char** arguments) {
    static uint8_t bytes[1 << 16], pixels[1 << 16];
    FILE* file = count == 3 ? fopen(arguments[2], "rb") : NULL;
    if (!file) return 2;
    int64_t length = (int64_t)fread(bytes, 1, sizeof bytes, file);
    void* library = dlopen(arguments[1], RTLD_NOW);
    if (!library) return 3;
    int32_t (*decode)(const uint8_t*, int64_t, int32_t, int32_t, int32_t, int32_t, uint8_t*) = dlsym(library, "smirk_vips_plain_jpeg");
    printf("%d", (int)decode(bytes, length, 1, 8, 8, 3, pixels));
    return 0;
}
