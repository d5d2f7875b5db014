// The products' loops over blocks of images, planes, panels of weights and tiles of pixels.
#include "plan.h"

namespace smirk::direct {

namespace {

const Kernels* supported(const std::string& wanted) {
    if (wanted == "none") return nullptr;
#if defined(__x86_64__)
    if (wanted != "avx2" && __builtin_cpu_supports("avx512f")) return &avx512_kernels;
    if (wanted != "avx512" && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2_kernels;
#endif
    return nullptr;
}

std::atomic<const Kernels*>& chosen() {
    // SMIRK_KERNELS=avx2 stands for a processor without AVX-512, for measurements.
    static const char* wanted = std::getenv("SMIRK_KERNELS");
    static std::atomic<const Kernels*> set{supported(wanted ? wanted : "")};
    return set;
}

// Panels of weights larger than this are summed in parts: with the pixels they have to stay in a core's second-level cache.
constexpr int64_t panel_bytes = 256 << 10;
// Outputs in a block: enough to use a panel often, few enough for its input to stay in cache.
constexpr int64_t block_pixels = 192;

// The pixels of a phase in a block of images, in groups at equal distances. Offsets are from the scratch and the output's first image.
struct Pixels {
    std::vector<int64_t> a;  // of each group
    std::vector<int64_t> c;  // of each pixel, group by group; -1 for one that only fills its group
};

Pixels pixels_of(const Kernels& k, const Product& p, const Phase& phase, int64_t images) {
    Pixels all;
    // Where rows follow each other without a gap, groups may cross from one to the next.
    const bool seamless = p.source.row == phase.width * p.source.pixel;
    const int64_t rows = seamless ? 1 : phase.height, width = seamless ? phase.height * phase.width : phase.width;
    for (int64_t image = 0; image < images; image++)
        for (int64_t y = 0; y < rows; y++)
            for (int64_t x = 0; x < width; x += k.group) {
                all.a.push_back(image * p.source.image + y * p.source.row + x * p.source.pixel);
                for (int64_t i = x; i < x + k.group; i++) {
                    const int64_t line = y + i / phase.width, column = i % phase.width;
                    all.c.push_back(i < width ? image * p.out_image + phase.out_offset + (seamless ? line : y) * phase.out_row + column * phase.out_pixel : -1);
                }
            }
    return all;
}

void multiply_plane(const Kernels& k, const Product& p, const Plane& plane, const Pixels& pixels, const float* input, float* out, int64_t first_column,
                    int64_t end_column) {
    const int64_t runs = plane.runs.size(), depth = runs * plane.run_length;
    const int64_t part = std::max<int64_t>(1, panel_bytes / (plane.run_length * 2 * k.lanes * static_cast<int64_t>(sizeof(float))));
    auto targets = plane.targets;
    for (int64_t run = 0; run < runs; run += part) {
        for (size_t i = 0; i < targets.size(); i++) targets[i].last = plane.targets[i].last && run + part >= runs;
        for_panels(k, p.columns, depth, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
            if (column < first_column || column >= end_column) return;
            Tile tile;
            tile.a_step = p.source.pixel;
            tile.run = plane.runs.data() + run;
            tile.runs = std::min(part, runs - run);
            tile.run_length = plane.run_length;
            tile.b = plane.weights + offset + run * plane.run_length * width;
            tile.columns = static_cast<int>(real);
            tile.target = targets.data();
            tile.targets = static_cast<int>(targets.size());
            tile.bias = p.finish.bias ? p.finish.bias + column : nullptr;
            tile.slope = p.finish.slope;
            for (size_t at = 0; at < pixels.a.size();) {
                // Four left are two pairs: a single group keeps too few sums going to hide the latency of an addition.
                const size_t left = pixels.a.size() - at;
                const int count = static_cast<int>(left == max_groups + 1 ? max_groups - 1 : std::min<size_t>(max_groups, left));
                for (int i = 0; i < count; i++) {
                    tile.a[i] = input + plane.first + pixels.a[at + i];
                    for (int j = 0; j < k.group; j++) {
                        const int64_t c = pixels.c[(at + i) * k.group + j];
                        tile.c[i * k.group + j] = c < 0 ? nullptr : out + c + column;
                    }
                }
                k.tile[count - 1][width / k.lanes - 1](tile);
                at += count;
            }
        });
        for (auto& target : targets) target.add = true;
    }
}

}  // namespace

bool choose(const std::string& name) {
    const Kernels* set = supported(name);
    if (!set && name != "none") return false;
    chosen() = set;
    return true;
}

void mark_ends(std::vector<Plane>& planes) {
    std::vector<int64_t> begun, done;
    const auto seen = [](std::vector<int64_t>& offsets, int64_t offset) {
        const bool found = std::find(offsets.begin(), offsets.end(), offset) != offsets.end();
        offsets.push_back(offset);
        return found;
    };
    for (auto& plane : planes)
        for (auto& target : plane.targets) target.add = seen(begun, target.offset);
    for (auto plane = planes.rbegin(); plane != planes.rend(); ++plane)
        for (auto& target : plane->targets) target.last = !seen(done, target.offset);
}

const Kernels* kernels() { return chosen(); }

int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns) { return depth * ((columns + k.lanes - 1) / k.lanes) * k.lanes; }

void multiply(const Kernels& k, const Product& p, const float* source) {
    const Size& size = p.source.size;
    int64_t outputs = 0, longest = 0;
    for (const auto& phase : p.phases) {
        int64_t targets = 1;
        for (const auto& plane : phase.planes) {
            longest = std::max(longest, plane.run_length);
            targets = std::max(targets, static_cast<int64_t>(plane.targets.size()));
        }
        outputs += phase.height * phase.width * targets;
    }
    const int64_t block = std::clamp<int64_t>((block_pixels + outputs - 1) / outputs, 1, size.images);
    const int64_t blocks = (size.images + block - 1) / block;
    // With fewer blocks than threads, several threads share one and take some of its panels each.
    const int64_t panels = (p.columns + 2 * k.lanes - 1) / (2 * k.lanes);
    const int64_t shares = std::clamp<int64_t>((2 * at::get_num_threads() + blocks - 1) / blocks, 1, panels);
    const int64_t share = (panels + shares - 1) / shares * 2 * k.lanes;
    // Pixels that make a group full read beyond the last one.
    const int64_t slack = k.group * p.source.pixel + longest + 2 * k.lanes;
    share_out(blocks * shares, [&](auto next) {
        float* input = scratch(input_slot, block * p.source.image + slack);
        std::memset(input + block * p.source.image, 0, slack * sizeof(float));
        int64_t filled = -1;
        for (int64_t item; (item = next()) < blocks * shares;) {
            const int64_t first = item / shares * block, images = std::min(block, size.images - first), column = item % shares * share;
            if (filled != first) {
                for (int64_t i = 0; i < images; i++) p.source.fill(source + (first + i) * size.image(), input + i * p.source.image);
                filled = first;
            }
            for (const auto& phase : p.phases) {
                const auto pixels = pixels_of(k, p, phase, images);
                for (const auto& plane : phase.planes) multiply_plane(k, p, plane, pixels, input, p.out + first * p.out_image, column, column + share);
            }
        }
    });
}

}  // namespace smirk::direct
