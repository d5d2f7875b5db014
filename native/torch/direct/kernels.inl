// The loops, written once over Vector: included by one source for each instruction set, inside a namespace of its own, as
// the linker would else take one set's instantiation for another's.
#define SMIRK_UNROLL _Pragma("GCC unroll 16")

// Puts a tile's sums where they go. Most are only added to what is there, in whole vectors.
template <int Rows, int Vectors>
inline void put(const Vector (&sum)[Rows][Vectors], float* const* rows, const int64_t* offset, const int* columns, const Target* target, int targets,
                const float* const* bias, float slope) {
    bool whole = true;
    SMIRK_UNROLL for (int v = 0; v < Vectors; v++) whole &= columns[v] >= lanes;
    for (int t = 0; t < targets; t++) {
        const Vector factor = Vector::all(target[t].factor);
        const bool activated = target[t].last && slope < 1;
        if (whole && target[t].add && !activated) {
            SMIRK_UNROLL for (int i = 0; i < Rows; i++) {
                if (!rows[i]) continue;
                float* at = rows[i] + target[t].offset;
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
                    Vector value = Vector::load(at + offset[v]);
                    value.add_product(sum[i][v], factor);
                    value.store(at + offset[v], lanes);
                }
            }
            continue;
        }
        SMIRK_UNROLL for (int i = 0; i < Rows; i++) {
            if (!rows[i]) continue;
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) {
                if (columns[v] <= 0) continue;
                float* at = rows[i] + target[t].offset + offset[v];
                Vector value = target[t].add ? Vector::load_some(at, columns[v]) : bias[v] ? Vector::load_some(bias[v], columns[v]) : Vector::zero();
                value.add_product(sum[i][v], factor);
                if (activated) value = value.activated(value, Vector::all(slope));
                value.store(at, columns[v]);
            }
        }
    }
}

// The vectors of a panel's columns.
template <int Vectors>
inline void split(int all, const float* bias, int64_t (&offset)[Vectors], int (&columns)[Vectors], const float* (&biases)[Vectors]) {
    for (int v = 0; v < Vectors; v++) {
        offset[v] = v * lanes;
        columns[v] = all - v * lanes;
        biases[v] = bias ? bias + v * lanes : nullptr;
    }
}

template <int Groups, int Vectors>
void tile(const Tile& t) {
    Vector sum[Groups * group][Vectors];
    SMIRK_UNROLL for (int i = 0; i < Groups * group; i++) SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = Vector::zero();
    const float* b = t.b;
    const int64_t step = t.a_step;
    for (int64_t run = 0; run < t.runs; run++) {
        const float* a[Groups];
        SMIRK_UNROLL for (int g = 0; g < Groups; g++) a[g] = t.a[g] + t.run[run];
        for (int64_t k = 0; k < t.run_length; k++) {
            Vector column[Vectors];
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) column[v] = Vector::load(b + v * lanes);
            b += Vectors * lanes;
            SMIRK_UNROLL for (int g = 0; g < Groups; g++) SMIRK_UNROLL for (int i = 0; i < group; i++) {
                const Vector pixel = Vector::all(a[g][i * step + k]);
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[g * group + i][v].add_product(pixel, column[v]);
            }
        }
    }
    int64_t offset[Vectors];
    int columns[Vectors];
    const float* bias[Vectors];
    split(t.columns, t.bias, offset, columns, bias);
    put(sum, t.c, offset, columns, t.target, t.targets, bias, t.slope);
}

template <int Vectors>
void spread(const Spread& s) {
    int64_t offset[Vectors];
    int columns[Vectors];
    const float* bias[Vectors];
    split(s.columns, s.bias, offset, columns, bias);
    const float* from = s.from;
    for (int64_t pixel = 0; pixel < s.pixels; pixel++, from += s.places * 2 * lanes) {
        if (!s.to[pixel]) continue;
        Vector sum[max_places][Vectors];
        float* rows[max_places];
        SMIRK_UNROLL for (int i = 0; i < max_places; i++) {
            rows[i] = i < s.places ? s.to[pixel] + i * s.to_step : nullptr;
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = rows[i] ? Vector::load(from + (2 * i + v) * lanes) : Vector::zero();
        }
        put(sum, rows, offset, columns, s.target, s.targets, bias, s.slope);
    }
}

template <int Vectors>
void gradient(const GradientTile& t) {
    Vector sum[gradient_rows][Vectors];
    SMIRK_UNROLL for (int i = 0; i < gradient_rows; i++) SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[i][v] = Vector::zero();
    const float* g = t.g;
    for (int64_t line = 0; line < t.images * t.lines; line++) {
        const float* x[Vectors];
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) x[v] = t.x + line / t.lines * t.x_image + line % t.lines * t.x_line + t.x_offset[v];
        for (int64_t i = 0; i < t.pixels; i++) {
            Vector column[Vectors];
            SMIRK_UNROLL for (int v = 0; v < Vectors; v++) column[v] = Vector::load(x[v] + i * t.x_step);
            SMIRK_UNROLL for (int row = 0; row < gradient_rows; row++) {
                const Vector pixel = Vector::all(g[row]);
                SMIRK_UNROLL for (int v = 0; v < Vectors; v++) sum[row][v].add_product(pixel, column[v]);
            }
            g += gradient_rows;
        }
    }
    float* rows[gradient_rows];
    const float* no_bias[Vectors] = {};
    for (int row = 0; row < gradient_rows; row++) rows[row] = row < t.rows ? t.w + row * t.w_step : nullptr;
    put(sum, rows, t.w_offset, t.columns, t.target, t.targets, no_bias, 1);
}

template <int Vectors>
void pack_pixels(const float* source, const int64_t* offset, int64_t step, int64_t count, float* target) {
    for (int64_t i = 0; i < count; i++, source += step, target += Vectors * lanes)
        SMIRK_UNROLL for (int v = 0; v < Vectors; v++) Vector::load(source + offset[v]).store(target + v * lanes, lanes);
}

inline void pack_rows(const float* source, int64_t step, int rows, int64_t count, float* target) {
    if (rows == gradient_rows) {
        for (int64_t i = 0; i < count; i++) __builtin_memcpy(target + i * gradient_rows, source + i * step, gradient_rows * sizeof(float));
        return;
    }
    for (int64_t i = 0; i < count; i++)
        for (int row = 0; row < gradient_rows; row++) target[i * gradient_rows + row] = row < rows ? source[i * step + row] : 0;
}

inline void pack_transposed(const float* source, int64_t step, int rows, int64_t count, int width, float* target) {
    for (int i = 0; i < width; i += lanes)
        for (int64_t j = 0; j < count; j++) Vector::gather(source + i * step + j, step, rows - i).store(target + j * width + i, lanes);
}

inline void mix(const float* source, const Mixture& mixture, int64_t real, int64_t width, float* target) {
    int64_t i = 0;
    for (; i + lanes <= real; i += lanes) {
        Vector sum = Vector::zero();
        for (int m = 0; m < mixture.count; m++) sum.add_product(Vector::all(mixture.factor[m]), Vector::load(source + mixture.offset[m] + i));
        sum.store(target + i, lanes);
    }
    for (; i < width; i += lanes) {
        const int left = static_cast<int>(real - i);
        Vector sum = Vector::zero();
        for (int m = 0; m < mixture.count && left > 0; m++)
            sum.add_product(Vector::all(mixture.factor[m]), Vector::load_some(source + mixture.offset[m] + i, left));
        sum.store(target + i, lanes);
    }
}

template <int Count>
void combine_some(const Sum& sum, int64_t step, int64_t units, int64_t count, float* target) {
    Vector factor[Count];
    SMIRK_UNROLL for (int i = 0; i < Count; i++) factor[i] = Vector::all(sum.factor[i]);
    for (int64_t unit = 0; unit < units; unit++, target += count) {
        const float* from[Count];
        SMIRK_UNROLL for (int i = 0; i < Count; i++) from[i] = sum.from[i] + unit * step;
        int64_t j = 0;
        for (; j + lanes <= count; j += lanes) {
            Vector total = Vector::zero();
            SMIRK_UNROLL for (int i = 0; i < Count; i++) total.add_product(factor[i], Vector::load(from[i] + j));
            total.store(target + j, lanes);
        }
        if (j == count) continue;
        const int left = static_cast<int>(count - j);
        Vector total = Vector::zero();
        SMIRK_UNROLL for (int i = 0; i < Count; i++) total.add_product(factor[i], Vector::load_some(from[i] + j, left));
        total.store(target + j, left);
    }
}

inline void combine(const Sum& sum, int64_t step, int64_t units, int64_t count, float* target) {
    constexpr decltype(&combine_some<1>) by_count[max_summands] = {combine_some<1>, combine_some<2>, combine_some<3>, combine_some<4>};
    by_count[sum.count - 1](sum, step, units, count, target);
}

// Two sums for each of some vectors of channels over all pixels: body(where in a pixel, pixel, real lanes, first, second) adds to them.
template <int Count, typename Body>
inline void sum_some(int64_t pixels, int64_t channels, int64_t c, float* sums, Body body) {
    Vector first[Count], second[Count];
    SMIRK_UNROLL for (int k = 0; k < Count; k++) first[k] = second[k] = Vector::zero();
    const int real = static_cast<int>(channels - c - (Count - 1) * lanes);
    for (int64_t i = 0; i < pixels; i++) SMIRK_UNROLL for (int k = 0; k < Count; k++) body(c + k * lanes, i, k + 1 < Count ? lanes : real, first[k], second[k]);
    SMIRK_UNROLL for (int k = 0; k < Count; k++) {
        first[k].store(sums + c + k * lanes, k + 1 < Count ? lanes : real);
        second[k].store(sums + channels + c + k * lanes, k + 1 < Count ? lanes : real);
    }
}

// Whole cache lines at a time.
template <typename Body>
inline void sum_all(int64_t pixels, int64_t channels, float* sums, Body body) {
    int64_t c = 0;
    for (; c + 4 * lanes <= channels; c += 4 * lanes) sum_some<4>(pixels, channels, c, sums, body);
    for (; c < channels; c += lanes) sum_some<1>(pixels, channels, c, sums, body);
}

inline void sum_squares(const float* x, int64_t pixels, int64_t channels, const float* origin, float* sums) {
    sum_all(pixels, channels, sums, [=](int64_t c, int64_t i, int real, Vector& first, Vector& second) {
        const Vector d = Vector::load_some(x + i * channels + c, real) - Vector::load_some(origin + c, real);
        first = first + d;
        second.add_product(d, d);
    });
}

// The value before the activation.
inline Vector before(Vector x, const Channels& channels, int64_t c, int real) {
    Vector z = Vector::load_some(channels.shift + c, real);
    z.add_product(x, Vector::load_some(channels.scale + c, real));
    return z;
}

inline void normalise(const float* x, int64_t pixels, const Channels& channels, float* y) {
    const Vector slope = Vector::all(channels.slope);
    for (int64_t i = 0; i < pixels; i++, x += channels.count, y += channels.count)
        for (int64_t c = 0; c < channels.count; c += lanes) {
            const int real = static_cast<int>(channels.count - c);
            const Vector z = before(Vector::load_some(x + c, real), channels, c, real);
            z.activated(z, slope).store(y + c, real);
        }
}

inline void sum_gradients(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* mean, float* sums) {
    const Vector slope = Vector::all(channels.slope);
    sum_all(pixels, channels.count, sums, [&](int64_t c, int64_t i, int real, Vector& first, Vector& second) {
        const int64_t at = i * channels.count + c;
        const Vector value = Vector::load_some(x + at, real);
        const Vector d = Vector::load_some(g + at, real).activated(before(value, channels, c, real), slope);
        first = first + d;
        second.add_product(d, value - Vector::load_some(mean + c, real));
    });
}

inline void normalise_gradient(const float* x, const float* g, int64_t pixels, const Channels& channels, const float* slant, const float* lift, float* of_x) {
    const Vector slope = Vector::all(channels.slope);
    for (int64_t i = 0; i < pixels; i++, x += channels.count, g += channels.count, of_x += channels.count)
        for (int64_t c = 0; c < channels.count; c += lanes) {
            const int real = static_cast<int>(channels.count - c);
            const Vector value = Vector::load_some(x + c, real);
            const Vector d = Vector::load_some(g + c, real).activated(before(value, channels, c, real), slope);
            const Vector result = d * Vector::load_some(channels.scale + c, real) - value * Vector::load_some(slant + c, real) - Vector::load_some(lift + c, real);
            result.store(of_x + c, real);
        }
}

inline void adam(float* p, const float* g, float* m, float* v, int64_t count, const AdamFactors& f) {
    const Vector keep1 = Vector::all(f.keep1), take1 = Vector::all(f.take1), keep2 = Vector::all(f.keep2), take2 = Vector::all(f.take2);
    const Vector rate = Vector::all(f.rate), eps = Vector::all(f.eps), decay = Vector::all(f.decay), unbias = Vector::all(f.unbias);
    for (int64_t i = 0; i < count; i += lanes) {
        const int real = count - i < lanes ? static_cast<int>(count - i) : lanes;
        const Vector parameter = Vector::load_some(p + i, real), d = Vector::load_some(g + i, real) + decay * parameter;
        const Vector first = keep1 * Vector::load_some(m + i, real) + take1 * d, second = keep2 * Vector::load_some(v + i, real) + take2 * d * d;
        first.store(m + i, real);
        second.store(v + i, real);
        (parameter - rate * first / (second.root() * unbias + eps)).store(p + i, real);
    }
}

#define SMIRK_KERNELS(name)                                                                                                    \
    {name, lanes, group, gradient_rows, {{tile<1, 1>, tile<1, 2>}, {tile<2, 1>, tile<2, 2>}, {tile<3, 1>, tile<3, 2>}},        \
     {spread<1>, spread<2>}, {gradient<1>, gradient<2>}, {pack_pixels<1>, pack_pixels<2>}, pack_rows, pack_transposed, mix, combine,               \
     sum_squares, normalise, sum_gradients, normalise_gradient, adam}
