#include "geometry.h"

namespace smirk {

void check_step(const char* name, int64_t value, int64_t least) {
    require(value >= least && value <= longest_step, name, " must be from ", least, " to ", longest_step, ", not ", value);
}

void check_count(const char* name, at::IntArrayRef sizes) {
    int64_t count = 1;
    for (const int64_t size : sizes) {
        require(size >= 0, name, " can't be ", sizes, ": no size may be negative");
        if (size > most_numbers / count)
            throw Failure(Status::out_of_memory,
                          joined(name, " of ", sizes, " would hold more than ", most_numbers, " numbers: out of memory"));
        count *= std::max<int64_t>(size, 1);
    }
}

void check_pictures(const char* name, at::IntArrayRef sizes) {
    require(sizes.size() == 4, name, " must be [N, C, H, W], not ", sizes);
    require(sizes[0] >= 0 && sizes[1] >= 1 && sizes[2] >= 1 && sizes[3] >= 1, name, " must have channels and pixels, not ", sizes);
    check_count(name, sizes);
}

int64_t places(const char* name, int64_t size, int64_t kernel, Geometry g) {
    const int64_t padded = size + 2 * g.padding;
    require(padded >= kernel, name, " has no output: its window of ", kernel, " doesn't fit into ", padded, " pixels (", size,
            " with a padding of ", g.padding, " on both sides)");
    return (padded - kernel) / g.stride + 1;
}

static void check_kernel(at::IntArrayRef w) {
    require(w.size() == 4 && w[0] >= 1 && w[1] >= 1 && w[2] >= 1 && w[3] >= 1,
            "the weight of a convolution must be [K, C, R, S], all at least 1, not ", w);
    check_count("a weight", w);
}

static void check_steps(Geometry g) {
    check_step("the stride of a convolution", g.stride, 1);
    check_step("the padding of a convolution", g.padding, 0);
}

Sides convolved(at::IntArrayRef x, at::IntArrayRef w, Geometry g) {
    check_pictures("the input of a convolution", x);
    check_kernel(w);
    check_steps(g);
    require(x[1] == w[1], "a convolution takes [N, C, H, W] and a weight [K, C, R, S] of the same C, not ", x, " and ", w);
    check_count("the padded input of a convolution", {x[0], x[1], x[2] + 2 * g.padding, x[3] + 2 * g.padding});
    const Sides out{places("a convolution", x[2], w[2], g), places("a convolution", x[3], w[3], g)};
    check_count("the output of a convolution", {x[0], w[0], out.height, out.width});
    return out;
}

Sides unconvolved(at::IntArrayRef x, at::IntArrayRef w, Geometry g, int64_t output_padding) {
    check_pictures("the input of a transposed convolution", x);
    check_kernel(w);
    check_steps(g);
    require(x[1] == w[0], "a transposed convolution takes [N, C, H, W] and a weight [C, K, R, S] of the same C, not ", x, " and ", w);
    require(output_padding >= 0 && output_padding < g.stride, "the output padding must be at least 0 and below the stride of ", g.stride,
            ", not ", output_padding);
    const auto grown = [&](int64_t size, int64_t kernel) {
        const int64_t whole = (size - 1) * g.stride + kernel + output_padding, out = whole - 2 * g.padding;
        require(out >= 1, "a transposed convolution of ", x, " by ", w, " has no output: a padding of ", g.padding,
                " on both sides takes away all of its ", whole, " pixels");
        return out;
    };
    const Sides out{grown(x[2], w[2]), grown(x[3], w[3])};
    check_count("the output of a transposed convolution", {x[0], w[1], out.height + 2 * g.padding, out.width + 2 * g.padding});
    return out;
}

}  // namespace smirk
