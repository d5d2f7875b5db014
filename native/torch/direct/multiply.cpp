// The loops over blocks of images, planes, panels of weights and tiles of pixels.
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
    // SMIRK_KERNELS=avx2 acts as a processor without AVX-512, for benchmarks.
    static const char* wanted = std::getenv("SMIRK_KERNELS");
    static std::atomic<const Kernels*> set{supported(wanted ? wanted : "")};
    return set;
}

// Larger panels of weights are summed in parts: a panel and its pixels have to stay in a core's second-level cache.
constexpr int64_t panel_bytes = 256 << 10;
// The least number of outputs in a block, and of pixels in a plane: enough to use a panel often, few enough for their input to stay in
// cache.
constexpr int64_t block_outputs = 192, plane_pixels = 64;

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
                    all.c.push_back(i < width ? image * p.out_image + phase.out_offset + (seamless ? line : y) * phase.out_row +
                                                    column * phase.out_pixel
                                              : -1);
                }
            }
    return all;
}

// A panel of weights.
struct Panel {
    int64_t column, real, width;
};

// Where a plane's sums go, and what is done to them at the end.
struct Destination {
    const std::vector<float*>& pixels;
    Finish finish;
};

// The weights of some runs of a plane: [runs * run_length][columns of the panel]. They are transformed each time, which is faster than to
// fetch transformed ones from memory.
const float* weights_of(const Kernels& k, const Product& p, const Plane& plane, const Panel& panel, int64_t run, int64_t runs) {
    const float* taps = p.weights + panel.column * p.taps * p.depth;
    if (plane.weights.empty()) return taps + run * plane.run_length * panel.width;
    const int64_t size = p.depth * panel.width, each = plane.run_length / p.depth;
    float* mixed = scratch(mixture_slot, runs * each * size);
    for (int64_t i = 0; i < runs * each; i++) k.mix(taps, plane.weights[run * each + i], size, mixed + i * size);
    return mixed;
}

void multiply_plane(const Kernels& k, const Product& p, const Plane& plane, const Panel& panel, const Pixels& pixels, const float* input,
                    const Destination& to) {
    const int64_t runs = plane.runs.size();
    const int64_t part = std::max<int64_t>(1, panel_bytes / (plane.run_length * 2 * k.lanes * static_cast<int64_t>(sizeof(float))));
    auto targets = plane.targets;
    for (int64_t run = 0; run < runs; run += part) {
        for (size_t i = 0; i < targets.size(); i++) targets[i].last = plane.targets[i].last && run + part >= runs;
        Tile tile;
        tile.a_step = p.source.pixel;
        tile.run = plane.runs.data() + run;
        tile.runs = std::min(part, runs - run);
        tile.run_length = plane.run_length;
        tile.b = weights_of(k, p, plane, panel, run, tile.runs);
        tile.columns = static_cast<int>(panel.real);
        tile.target = targets.data();
        tile.targets = static_cast<int>(targets.size());
        tile.bias = to.finish.bias;
        tile.slope = to.finish.slope;
        for (size_t at = 0; at < pixels.a.size();) {
            // Four groups left make two pairs: a single group has too few independent sums to hide the latency of an addition.
            const size_t left = pixels.a.size() - at;
            const int count = static_cast<int>(left == max_groups + 1 ? max_groups - 1 : std::min<size_t>(max_groups, left));
            for (int i = 0; i < count; i++) tile.a[i] = input + plane.first + pixels.a[at + i];
            for (int i = 0; i < count * k.group; i++) tile.c[i] = to.pixels[at * k.group + i];
            k.tile[count - 1][panel.width / k.lanes - 1](tile);
            at += count;
        }
        for (auto& target : targets) target.add = true;
    }
}

void multiply_layer(const Kernels& k, const Product& p, const Layer& layer, const Pixels& pixels, const float* input, float* out,
                    int64_t first_column, int64_t end_column) {
    std::vector<float*> outputs(pixels.c.size()), sums(layer.places > 0 ? pixels.c.size() : 0);
    const int64_t room = layer.places * 2 * k.lanes;
    float* gathered = scratch(sum_slot, pixels.c.size() * room);
    for (size_t i = 0; i < sums.size(); i++) sums[i] = pixels.c[i] < 0 ? nullptr : gathered + i * room;
    for_panels(k, p.columns, 0, [&](int64_t column, int64_t real, int64_t width, int64_t) {
        if (column < first_column || column >= end_column) return;
        for (size_t i = 0; i < outputs.size(); i++) outputs[i] = pixels.c[i] < 0 ? nullptr : out + pixels.c[i] + column;
        const Finish finish{p.finish.bias ? p.finish.bias + column : nullptr, p.finish.slope};
        const Destination to = layer.places > 0 ? Destination{sums, {}} : Destination{outputs, finish};
        for (const auto& plane : layer.planes) multiply_plane(k, p, plane, {column, real, width}, pixels, input, to);
        if (layer.places == 0) return;
        k.spread[width / k.lanes - 1]({gathered, outputs.data(), static_cast<int64_t>(outputs.size()), layer.place_step, layer.places,
                                       static_cast<int>(real), layer.targets.data(), static_cast<int>(layer.targets.size()), finish.bias,
                                       finish.slope});
    });
}

}  // namespace

bool choose(const std::string& name) {
    const Kernels* set = supported(name);
    if (!set && name != "none") return false;
    chosen() = set;
    return true;
}

static void mark_ends(const std::vector<std::vector<Target>*>& lists) {
    std::vector<int64_t> begun, done;
    const auto seen = [](std::vector<int64_t>& offsets, int64_t offset) {
        const bool found = std::find(offsets.begin(), offsets.end(), offset) != offsets.end();
        offsets.push_back(offset);
        return found;
    };
    for (auto* list : lists)
        for (auto& target : *list) target.add = seen(begun, target.offset);
    for (auto list = lists.rbegin(); list != lists.rend(); ++list)
        for (auto& target : **list) target.last = !seen(done, target.offset);
}

void mark_ends(std::vector<Layer>& layers) {
    std::vector<std::vector<Target>*> outputs;
    for (auto& layer : layers) {
        std::vector<std::vector<Target>*> sums;
        for (auto& plane : layer.planes) (layer.places > 0 ? sums : outputs).push_back(&plane.targets);
        mark_ends(sums);
        if (layer.places > 0) outputs.push_back(&layer.targets);
    }
    mark_ends(outputs);
}

const Kernels* kernels() { return chosen(); }

int64_t packed_size(const Kernels& k, int64_t depth, int64_t columns) { return depth * ((columns + k.lanes - 1) / k.lanes) * k.lanes; }

void multiply(const Kernels& k, const Product& p, const float* source) {
    const Size& size = p.source.size;
    int64_t outputs = 0, pixels = 0, longest = 0;
    for (const auto& phase : p.phases) {
        int64_t targets = 1;
        for (const auto& layer : phase.layers)
            for (const auto& plane : layer.planes) {
                longest = std::max(longest, plane.run_length);
                targets = std::max(targets, static_cast<int64_t>(plane.targets.size() * std::max<size_t>(1, layer.targets.size())));
            }
        pixels = std::max(pixels, phase.height * phase.width);
        outputs += phase.height * phase.width * targets;
    }
    const int64_t threads = at::get_num_threads(),
                  enough = std::max((block_outputs + outputs - 1) / outputs, (plane_pixels + pixels - 1) / pixels);
    // The same number of blocks for each thread, and blocks of equal size: with few blocks, one more or less is a large share of the work.
    const int64_t fewest = (size.images + enough - 1) / enough, blocks = std::min(size.images, (fewest + threads - 1) / threads * threads);
    const int64_t block = (size.images + blocks - 1) / blocks;
    // With fewer blocks than threads, several threads share a block and take some of its panels each.
    const int64_t panels = (p.columns + 2 * k.lanes - 1) / (2 * k.lanes);
    const int64_t shares = std::clamp<int64_t>((threads + blocks - 1) / blocks, 1, panels);
    const int64_t share = (panels + shares - 1) / shares * 2 * k.lanes;
    // Pixels that only fill a group read beyond the last one.
    const int64_t slack = k.group * p.source.pixel + longest + 2 * k.lanes;
    share_out(blocks * shares, [&](auto next) {
        float* input = scratch(input_slot, block * p.source.image + slack);
        std::memset(input + block * p.source.image, 0, slack * sizeof(float));
        int64_t filled = -1;
        for (int64_t item; (item = next()) < blocks * shares;) {
            const int64_t number = item / shares, first = number * size.images / blocks,
                          images = (number + 1) * size.images / blocks - first;
            const int64_t column = item % shares * share;
            if (filled != first) {
                for (int64_t i = 0; i < images; i++) p.source.fill(source + (first + i) * size.image(), input + i * p.source.image);
                filled = first;
            }
            for (const auto& phase : p.phases) {
                const auto pixels = pixels_of(k, p, phase, images);
                for (const auto& layer : phase.layers)
                    multiply_layer(k, p, layer, pixels, input, p.out + first * p.out_image, column, column + share);
            }
        }
    });
}

}  // namespace smirk::direct
