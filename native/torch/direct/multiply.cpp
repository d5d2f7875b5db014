// The product's loops over blocks of images, panels of weights and tiles of pixels.
#include "plan.h"

namespace smirk::direct {

namespace {

const Kernels* supported(const std::string& wanted) {
#if defined(__x86_64__)
    if (wanted != "avx2" && __builtin_cpu_supports("avx512f")) return &avx512_kernels;
    if (wanted != "avx512" && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2_kernels;
#endif
    return nullptr;
}

std::atomic<const Kernels*>& chosen() {
    static std::atomic<const Kernels*> set{supported("")};
    return set;
}

}  // namespace

bool choose(const std::string& name) {
    const Kernels* set = name == "none" ? nullptr : supported(name);
    if (!set && name != "none") return false;
    chosen() = set;
    return true;
}

const Kernels* kernels() {
    return chosen();
}

float* scratch(int slot, int64_t count) {
    static thread_local std::vector<at::Tensor> kept(4);
    auto& buffer = kept[slot];
    if (!buffer.defined() || buffer.numel() < count) buffer = at::empty({count}, at::kFloat);
    return buffer.data_ptr<float>();
}

void Padded::fill(const float* source, float* target) const {
    const int64_t inner = size.width * size.channels, before = left * size.channels, after = right * size.channels;
    std::memset(target, 0, top * row() * sizeof(float));
    target += top * row();
    for (int64_t y = 0; y < size.height; y++, target += row(), source += inner) {
        std::memset(target, 0, before * sizeof(float));
        std::memcpy(target + before, source, inner * sizeof(float));
        std::memset(target + before + inner, 0, after * sizeof(float));
    }
    std::memset(target, 0, bottom * row() * sizeof(float));
}

int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns) { return depth * ((columns + k.lanes - 1) / k.lanes) * k.lanes; }

namespace {

// Panels of weights larger than this are summed in parts: with the pixels they have to stay in a core's second-level cache.
constexpr int64_t panel_bytes = 256 << 10;
// Output pixels in a block: enough to use a panel often, few enough for its input to stay in cache.
constexpr int64_t block_pixels = 192;

struct Group {
    int64_t a, c;
    int valid;
};

// The groups of a phase in a block of images, offsets from the scratch and from the output's first image.
std::vector<Group> groups(const Kernels& k, const Product& p, const Phase& phase, int64_t images) {
    std::vector<Group> all;
    for (int64_t image = 0; image < images; image++)
        for (int64_t y = 0; y < phase.height; y++)
            for (int64_t x = 0; x < phase.width; x += k.group)
                all.push_back({image * p.source.image() + phase.first + y * p.in_row + x * p.in_pixel,
                               image * p.out_image + phase.out_offset + y * phase.out_row + x * phase.out_pixel,
                               static_cast<int>(std::min<int64_t>(k.group, phase.width - x))});
    return all;
}

void multiply_phase(const Kernels& k, const Product& p, const Phase& phase, const std::vector<Group>& all, const float* input, float* out, int64_t first_column,
                    int64_t end_column) {
    const int64_t depth = phase.runs * phase.run_length;
    const int64_t part = std::max<int64_t>(1, panel_bytes / (phase.run_length * 2 * k.lanes * static_cast<int64_t>(sizeof(float))));
    for (int64_t run = 0; run < phase.runs; run += part) {
        for_panels(k, p.columns, depth, [&](int64_t column, int64_t real, int64_t width, int64_t offset) {
            if (column < first_column || column >= end_column) return;
            Tile tile;
            tile.a_step = p.in_pixel;
            tile.c_step = phase.out_pixel;
            tile.runs = std::min(part, phase.runs - run);
            tile.run_stride = p.source.row();
            tile.run_length = phase.run_length;
            tile.b = phase.weights + offset + run * phase.run_length * width;
            tile.columns = static_cast<int>(real);
            tile.accumulate = run > 0;
            for (size_t at = 0; at < all.size();) {
                // Four left are two pairs: a single group keeps too few sums going to hide the latency of an addition.
                const size_t left = all.size() - at;
                const int count = static_cast<int>(left == max_groups + 1 ? max_groups - 1 : std::min<size_t>(max_groups, left));
                for (int i = 0; i < count; i++, at++) {
                    tile.a[i] = input + all[at].a + run * tile.run_stride;
                    tile.c[i] = out + all[at].c + column;
                    tile.valid[i] = all[at].valid;
                }
                k.tile[count - 1][width / k.lanes - 1](tile);
            }
        });
    }
}

}  // namespace

void multiply(const Kernels& k, const Product& p, const float* source) {
    const Size& size = p.source.size;
    int64_t pixels = 0, longest = 0;
    for (const auto& phase : p.phases) {
        pixels += phase.height * phase.width;
        longest = std::max(longest, phase.run_length);
    }
    const int64_t block = std::clamp<int64_t>((block_pixels + pixels - 1) / pixels, 1, size.images);
    const int64_t blocks = (size.images + block - 1) / block;
    // With fewer blocks than threads, several threads share one and take some of its panels each.
    const int64_t panels = (p.columns + 2 * k.lanes - 1) / (2 * k.lanes);
    const int64_t shares = std::clamp<int64_t>((2 * at::get_num_threads() + blocks - 1) / blocks, 1, panels);
    const int64_t share = (panels + shares - 1) / shares * 2 * k.lanes;
    // Pixels that make a group full read beyond the last one.
    const int64_t slack = k.group * p.in_pixel + longest + 2 * k.lanes;
    at::parallel_for(0, blocks * shares, 1, [&](int64_t begin, int64_t end) {
        float* input = scratch(0, block * p.source.image() + slack);
        std::memset(input + block * p.source.image(), 0, slack * sizeof(float));
        int64_t filled = -1;
        for (int64_t item = begin; item < end; item++) {
            const int64_t first = item / shares * block, images = std::min(block, size.images - first), column = item % shares * share;
            if (filled != first) {
                for (int64_t i = 0; i < images; i++) p.source.fill(source + (first + i) * size.height * size.width * size.channels, input + i * p.source.image());
                filled = first;
            }
            for (const auto& phase : p.phases)
                multiply_phase(k, p, phase, groups(k, p, phase, images), input, p.out + first * p.out_image, column, column + share);
        }
    });
}

}  // namespace smirk::direct
