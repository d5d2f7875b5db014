#!/usr/bin/env bash
# Makes the pictures in this folder: one pattern of four colours (TL 200,40,40; TR 40,160,60; BL 40,60,200; BR 230,210,60; 64×64)
# in encodings that Smirk reads but does not write. Needs libvips-tools with HEIF; the tests need only the results.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
    printf 'P3\n64 64\n255\n'
    for y in $(seq 0 63); do
        for x in $(seq 0 63); do
            if [ "$y" -lt 32 ]; then
                if [ "$x" -lt 32 ]; then echo 200 40 40; else echo 40 160 60; fi
            elif [ "$x" -lt 32 ]; then echo 40 60 200; else echo 230 210 60; fi
        done
    done
} >"$work/base.ppm"
vips copy "$work/base.ppm" "$work/base.v"

vips icc_transform "$work/base.v" "$work/cmyk.v" cmyk --input-profile srgb
vips jpegsave "$work/cmyk.v" cmyk.jpg --Q 95 --strip
vips tiffsave "$work/cmyk.v" cmyk.tif --compression lzw --strip
vips jpegsave "$work/base.v" progressive.jpg --Q 95 --interlace --strip
vips colourspace "$work/base.v" "$work/grey.v" b-w
vips jpegsave "$work/grey.v" grey.jpg --Q 95 --strip
vips icc_transform "$work/base.v" "$work/p3.v" p3 --input-profile srgb --intent relative
vips jpegsave "$work/p3.v" p3.jpg --Q 95
vips pngsave "$work/p3.v" p3.png
vips icc_transform "$work/base.v" "$work/p3-16.v" p3 --input-profile srgb --intent relative --depth 16
vips pngsave "$work/p3-16.v" p3-16bit.png
vips pngsave "$work/base.v" interlaced.png --interlace --strip
vips pngsave "$work/base.v" palette.png --palette --strip
vips tiffsave "$work/base.v" plain.tif --compression none --strip
vips tiffsave "$work/base.v" tiled.tif --compression deflate --tile --tile-width 16 --tile-height 16 --strip
vips colourspace "$work/base.v" "$work/sixteen.v" rgb16
vips tiffsave "$work/sixteen.v" sixteen.tif --compression lzw --strip
vips colourspace "$work/base.v" "$work/lab.v" lab
vips tiffsave "$work/lab.v" lab.tif --compression deflate --strip
vips colourspace "$work/base.v" "$work/scrgb.v" scrgb
vips tiffsave "$work/scrgb.v" float.tif --compression deflate --strip
vips heifsave "$work/base.v" picture.avif --Q 90 --compression av1 --strip
vips heifsave "$work/base.v" picture.heic --Q 90 --compression hevc --strip
ls -l
